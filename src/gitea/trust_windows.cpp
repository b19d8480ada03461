// SPDX-License-Identifier: MIT
#include <winsock2.h>
// It must come first.
#include <windows.h>
// wincrypt.h and OpenSSL have names in common: OpenSSL's header comes last.
#include <wincrypt.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gitea/trust.hpp"

namespace gitea {
namespace {

std::string pem_of(const CERT_CONTEXT& certificate) {
  constexpr DWORD format = CRYPT_STRING_BASE64HEADER | CRYPT_STRING_NOCR;
  DWORD size = 0;
  CryptBinaryToStringA(certificate.pbCertEncoded, certificate.cbCertEncoded, format, nullptr,
                       &size);
  std::string text(size, '\0');
  CryptBinaryToStringA(certificate.pbCertEncoded, certificate.cbCertEncoded, format, text.data(),
                       &size);
  text.resize(size);  // without the NUL
  return text;
}

std::string store_text(const wchar_t* name) {
  const HCERTSTORE store = CertOpenSystemStoreW(0, name);
  std::string text;
  if (store == nullptr) return text;
  const CERT_CONTEXT* certificate = nullptr;
  while ((certificate = CertEnumCertificatesInStore(store, certificate)) != nullptr) {
    text += pem_of(*certificate) + "\n";
  }
  CertCloseStore(store, 0);
  return text;
}

}  // namespace

std::vector<std::string> bundle_places() {
  const char* const named = std::getenv("SSL_CERT_FILE");
  if (named == nullptr || *named == '\0') return {};
  return {named};
}

std::string system_bundle() {
  for (const std::string& place : bundle_places()) {
    std::error_code failed;
    if (std::filesystem::exists(place, failed)) return place;
  }
  return {};
}

std::string system_authorities() {
  const std::string bundle = system_bundle();
  if (bundle.empty()) return store_text(L"ROOT") + store_text(L"CA");
  const std::ifstream file(bundle, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

}  // namespace gitea
