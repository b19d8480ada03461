// SPDX-License-Identifier: MIT
#include "tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <stdexcept>

#include "connection.hpp"

namespace sandbox {

namespace {

int version_number(const std::string& name) {
  if (name == "1.0") return TLS1_VERSION;
  if (name == "1.1") return TLS1_1_VERSION;
  if (name == "1.2") return TLS1_2_VERSION;
  if (name == "1.3") return TLS1_3_VERSION;
  throw std::invalid_argument("--tls-max-version is one of 1.0, 1.1, 1.2, 1.3.");
}

[[noreturn]] void lost() {
  const char* reason = ERR_reason_error_string(ERR_get_error());
  ERR_clear_error();  // the queue belongs to the thread, and outlives this connection
  throw ConnectionLost(reason == nullptr ? "TLS" : reason);
}

}  // namespace

TlsSession::TlsSession(ssl_ctx_st* context, int descriptor) : session_(SSL_new(context)) {
  SSL_set_fd(session_, descriptor);
  if (SSL_accept(session_) == 1) return;
  SSL_free(session_);
  lost();
}

TlsSession::~TlsSession() { SSL_free(session_); }

std::size_t TlsSession::read(char* out, std::size_t size) {
  std::size_t got = 0;
  if (SSL_read_ex(session_, out, size, &got) == 1) return got;
  if (SSL_get_error(session_, 0) == SSL_ERROR_ZERO_RETURN) return 0;
  lost();
}

void TlsSession::write(std::string_view bytes) {
  std::size_t sent = 0;
  if (!bytes.empty() && SSL_write_ex(session_, bytes.data(), bytes.size(), &sent) != 1) lost();
}

void TlsSession::say_goodbye() {
  SSL_shutdown(session_);
  ERR_clear_error();
}

TlsServer::TlsServer(const std::string& certificate_file, const std::string& key_file,
                     const std::string& newest)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
  const int version = version_number(newest);
  // OpenSSL 3 supports versions older than TLS 1.2 only at its lowest security level.
  if (version < TLS1_2_VERSION) SSL_CTX_set_security_level(context_.get(), 0);
  SSL_CTX_set_min_proto_version(context_.get(), std::min(version, TLS1_2_VERSION));
  SSL_CTX_set_max_proto_version(context_.get(), version);
  if (SSL_CTX_use_certificate_chain_file(context_.get(), certificate_file.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context_.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context_.get()) != 1) {
    throw std::invalid_argument("--tls-cert and --tls-key name no certificate with its key.");
  }
}

std::unique_ptr<TlsSession> TlsServer::accept(int descriptor) const {
  return std::make_unique<TlsSession>(context_.get(), descriptor);
}

}  // namespace sandbox
