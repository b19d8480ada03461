// SPDX-License-Identifier: MIT
#include "gitea/trust.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <map>
#include <memory>
#include <mutex>

namespace gitea {
namespace {

using Text = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Store = std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)>;

Text text_of(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
}

void free_all(STACK_OF(X509_INFO) * infos) { sk_X509_INFO_pop_free(infos, X509_INFO_free); }

/// Null if the text is not PEM or contains no certificate.
Store parsed(const std::string& pem) {
  Store store(X509_STORE_new(), X509_STORE_free);
  const std::unique_ptr<STACK_OF(X509_INFO), decltype(&free_all)> infos(
      PEM_X509_INFO_read_bio(text_of(pem).get(), nullptr, nullptr, nullptr), free_all);
  bool any = false;
  for (int i = 0; infos && i < sk_X509_INFO_num(infos.get()); ++i) {
    const X509_INFO* info = sk_X509_INFO_value(infos.get(), i);
    if (info->x509 != nullptr && X509_STORE_add_cert(store.get(), info->x509) == 1) any = true;
    if (info->crl != nullptr) X509_STORE_add_crl(store.get(), info->crl);
  }
  ERR_clear_error();  // otherwise the next connection would report these errors as its own
  if (!any) store.reset();
  return store;
}

}  // namespace

bool has_certificate(const std::string& pem) {
  const std::unique_ptr<X509, decltype(&X509_free)> first(
      PEM_read_bio_X509(text_of(pem).get(), nullptr, nullptr, nullptr), X509_free);
  ERR_clear_error();  // otherwise the next connection would report these errors as its own
  return first != nullptr;
}

X509_STORE* authorities(const std::string& pem) {
  static std::mutex mutex;
  static std::map<std::string, Store> known;
  const std::lock_guard lock(mutex);
  Store& store = known.try_emplace(pem, nullptr, X509_STORE_free).first->second;
  if (!store) store = parsed(system_authorities() + "\n" + pem);
  if (store) X509_STORE_up_ref(store.get());
  return store.get();
}

}  // namespace gitea
