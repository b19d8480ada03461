// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "network/certificates.hpp"

struct ssl_st;      // OpenSSL's SSL
struct ssl_ctx_st;  // and SSL_CTX

namespace network {

/// One connection, from the server's point of view.
class Line {
 public:
  Line(int socket, ssl_st* ssl) : socket_(socket), ssl_(ssl) {}

  /// The header of the next request, "POST /path HTTP/1.1\r\n…\r\n\r\n"; "" if none arrives.
  std::string read_head();
  /// Discards that many bytes of a body; false if they do not arrive.
  bool skip(std::size_t bytes);
  bool write(std::string_view bytes);  ///< false if the client is gone
  bool answer(int status, std::string_view json);
  void wait_for_end();  ///< until the peer is gone; reads nothing
  void say_goodbye();   ///< TLS's close_notify; nothing without TLS
  void reset();         ///< the connection ends with a RST

 private:
  int take(char* bytes, int size);

  int socket_;
  ssl_st* ssl_;
  std::string ahead_;  ///< received, but not read yet
};

/// A server that behaves as a test specifies, over TCP or TLS.
class Scripted {
 public:
  /// Handles one connection in its own thread; the connection is closed afterwards.
  using Serve = std::function<void(Line&)>;

  explicit Scripted(Serve serve);
  /// `tls_version`: TLS1_2_VERSION or TLS1_3_VERSION, and no other.
  Scripted(const Certificate& certificate, int tls_version, Serve serve);
  ~Scripted();
  Scripted(const Scripted&) = delete;
  Scripted& operator=(const Scripted&) = delete;

  std::string url() const;

 private:
  void listen_on_loopback();
  void accept_all();
  void serve_one(int socket);

  Serve serve_;
  ssl_ctx_st* context_ = nullptr;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<int> sockets_;
  std::list<std::jthread> threads_;
  std::jthread accepting_;
};

/// Responds like a server with the tag v1.0.0 and no release, up to the first upload. false: the
/// request is another one, or the response could not be sent. Request bodies are read.
bool answer_as_api(Line& line, const std::string& head);

}  // namespace network
