// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace gitea {

/// The places where distributions keep their bundle of authorities, SSL_CERT_FILE first.
std::vector<std::string> bundle_places();

/// The first of them that can be read; "" where there is none.
std::string system_bundle();

/// Whether there is at least one certificate in this PEM text.
bool has_certificate(const std::string& pem);

/// What it holds, and `pem` after it; PEM text.
std::string system_bundle_with(const std::string& pem);

}  // namespace gitea
