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

/// One connection, as the server has it.
class Line {
 public:
  Line(int socket, ssl_st* ssl) : socket_(socket), ssl_(ssl) {}

  /// Of the next request, "POST /path HTTP/1.1\r\n…\r\n\r\n"; "" where none comes.
  std::string read_head();
  /// Throws so many bytes of a body away; false where they do not come.
  bool skip(std::size_t bytes);
  bool write(std::string_view bytes);  ///< false where nobody takes them
  bool answer(int status, std::string_view json);
  void wait_for_end();  ///< until the peer is gone; reads nothing
  void say_goodbye();   ///< TLS's close_notify; nothing without TLS
  void reset();         ///< the connection ends with a RST

 private:
  int take(char* bytes, int size);

  int socket_;
  ssl_st* ssl_;
  std::string ahead_;  ///< read, and not asked for yet
};

/// A server that does what a test says, over TCP or TLS.
class Scripted {
 public:
  /// Serves one connection, in a thread of its own; the connection is closed behind it.
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

/// Answers as a server does that has the tag v1.0.0 and no release, up to the first upload. false: it is
/// none of these requests, or the answer did not get through. Bodies are read.
bool answer_as_api(Line& line, const std::string& head);

}  // namespace network
