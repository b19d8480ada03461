// SPDX-License-Identifier: MIT
#include "gitea/trust.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

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

bool has_certificate(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> first(
      PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), X509_free);
  ERR_clear_error();  // what is left would be taken for the next connection's
  return first != nullptr;
}

std::string system_bundle_with(const std::string& pem) {
  const std::ifstream file(system_bundle());
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str() + "\n" + pem;
}

}  // namespace gitea
