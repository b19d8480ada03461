// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX
struct ssl_st;      // and SSL

namespace sandbox {

/// TLS on one accepted socket. Throws ConnectionLost like Connection.
class TlsSession {
 public:
  TlsSession(ssl_ctx_st* context, int descriptor);  ///< performs the handshake
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  std::size_t read(char* out, std::size_t size);  ///< 0: the peer sent close_notify
  void write(std::string_view bytes);
  void say_goodbye();

 private:
  ssl_st* session_ = nullptr;
};

/// What a server needs for TLS.
class TlsServer {
 public:
  /// Files in PEM; `newest` is "1.0" to "1.3". Throws std::invalid_argument with a message.
  TlsServer(const std::string& certificate_file, const std::string& key_file,
            const std::string& newest);
  std::unique_ptr<TlsSession> accept(int descriptor) const;

 private:
  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace sandbox
