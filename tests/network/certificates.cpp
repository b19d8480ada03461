// SPDX-License-Identifier: MIT
#include "network/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <stdexcept>

namespace network {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Signed = std::shared_ptr<X509>;

void check(bool worked) {
  if (!worked) throw std::runtime_error("OpenSSL did not make the certificate");
}

Key new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::shared_ptr<X509_EXTENSION> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free);
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

/// A certificate for `key` that is not signed yet.
Signed unsigned_certificate(const Key& key, const std::string& name, const Subject& subject) {
  Signed certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
  X509_time_adj_ex(X509_getm_notBefore(certificate.get()), subject.from_day, 0, nullptr);
  X509_time_adj_ex(X509_getm_notAfter(certificate.get()), subject.to_day, 0, nullptr);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  check(X509_set_pubkey(certificate.get(), key.get()) == 1);
  return certificate;
}

void sign(const Signed& certificate, const Signed& issuer, const Key& key) {
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
  check(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
}

template <typename Write>
std::string pem(const Write& write) {
  const std::shared_ptr<BIO> memory(BIO_new(BIO_s_mem()), BIO_free);
  check(write(memory.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string pem_of(const Signed& certificate) {
  return pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
}

std::string pem_of(const Key& key) {
  return pem([&](BIO* out) {
    return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

}  // namespace

Certificate self_signed(const Subject& subject) {
  const Key key = new_key();
  const Signed certificate = unsigned_certificate(key, "git.example.org", subject);
  add_extension(certificate.get(), certificate.get(), NID_subject_alt_name, subject.names);
  sign(certificate, certificate, key);
  return {pem_of(certificate), pem_of(key)};
}

Authority::Authority() : key_(new_key()) {
  static std::atomic<int> number = 0;
  certificate_ = unsigned_certificate(key_, "Authority " + std::to_string(++number), {});
  add_extension(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign");
  sign(certificate_, certificate_, key_);
  text_ = pem_of(certificate_);
}

Certificate Authority::issue(const Subject& subject) const {
  const Key key = new_key();
  const Signed certificate = unsigned_certificate(key, "git.example.org", subject);
  add_extension(certificate.get(), certificate_.get(), NID_subject_alt_name, subject.names);
  sign(certificate, certificate_, key_);
  return {pem_of(certificate), pem_of(key)};
}

}  // namespace network
