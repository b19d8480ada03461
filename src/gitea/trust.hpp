// SPDX-License-Identifier: MIT
#pragma once

#include <openssl/types.h>

#include <string>
#include <vector>

namespace gitea {

/// Where distributions keep their bundle of certificate authorities; SSL_CERT_FILE comes first. On Windows
/// that one only.
std::vector<std::string> bundle_places();

/// The first of these files that can be read; "" if none can.
std::string system_bundle();

/// The certificate authorities that the system trusts, as PEM: that file, or those of the system's store.
std::string system_authorities();

/// Whether this PEM text contains at least one certificate.
bool has_certificate(const std::string& pem);

/// The system's certificate authorities and those of `pem`, for set_ca_cert_store(), which takes
/// ownership of the reference. Null if `pem` is not PEM or there is no certificate. Parsed once in
/// a process: the 140 certificates of a distribution take longer than a handshake.
X509_STORE* authorities(const std::string& pem);

}  // namespace gitea
