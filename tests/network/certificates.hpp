// SPDX-License-Identifier: MIT
// Certificates that are created while the test runs: the repository contains no key.
#pragma once

#include <memory>
#include <string>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY
struct x509_st;      // and X509

namespace network {

/// PEM texts.
struct Certificate {
  std::string text;
  std::string key;
};

/// The subject of a certificate, and when it is valid.
struct Subject {
  std::string names = "IP:127.0.0.1,DNS:localhost";  ///< subjectAltName, as OpenSSL writes it
  int from_day = -1;                                 ///< relative to today
  int to_day = 2;
};

/// A self-signed certificate.
Certificate self_signed(const Subject& subject = {});

/// A certificate authority.
class Authority {
 public:
  Authority();
  const std::string& text() const { return text_; }  ///< its certificate in PEM
  Certificate issue(const Subject& subject = {}) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::shared_ptr<x509_st> certificate_;
  std::string text_;
};

}  // namespace network
