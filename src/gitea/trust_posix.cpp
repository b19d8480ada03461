// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gitea/trust.hpp"

namespace gitea {

std::vector<std::string> bundle_places() {
  std::vector<std::string> places;
  if (const char* named = std::getenv("SSL_CERT_FILE"); named != nullptr && *named != '\0') {
    places.emplace_back(named);
  }
  places.insert(places.end(),
                {
                    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Alpine, Arch
                    "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora, RHEL
                    "/etc/ssl/ca-bundle.pem",              // SUSE
                    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                    "/etc/ssl/cert.pem",  // Alpine, BSD
                });
  return places;
}

std::string system_bundle() {
  for (const std::string& place : bundle_places()) {
    if (access(place.c_str(), R_OK) == 0) return place;
  }
  return {};
}

std::string system_authorities() {
  const std::ifstream file(system_bundle());
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

}  // namespace gitea
