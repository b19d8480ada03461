// SPDX-License-Identifier: MIT
#pragma once

#include <openssl/types.h>

#include <string>
#include <vector>

namespace gitea {

/// The places where distributions keep their bundle of authorities, SSL_CERT_FILE first.
std::vector<std::string> bundle_places();

/// The first of them that can be read; "" where there is none.
std::string system_bundle();

/// Whether there is at least one certificate in this PEM text.
bool has_certificate(const std::string& pem);

/// The system's authorities and those of `pem`, for set_ca_cert_store(), which takes the reference; null
/// where that is not PEM, or holds no certificate. Read once in a process: the 140 of a distribution
/// cost more time than a handshake.
X509_STORE* authorities(const std::string& pem);

}  // namespace gitea
