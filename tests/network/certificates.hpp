// SPDX-License-Identifier: MIT
// Certificates, made while the test runs: no key lies in the repository.
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

/// Who a certificate is for, and when it is valid.
struct Subject {
  std::string names = "IP:127.0.0.1,DNS:localhost";  ///< subjectAltName, as OpenSSL writes it
  int from_day = -1;                                 ///< counted from today
  int to_day = 2;
};

/// A certificate that signed itself.
Certificate self_signed(const Subject& subject = {});

/// An authority of its own.
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
