// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "body.hpp"
#include "connection.hpp"
#include "http_message.hpp"

namespace sandbox {

/// A response, and what goes wrong while it is sent.
struct Answer {
  Response response;
  std::chrono::milliseconds delay{0};      ///< before the first byte
  std::chrono::milliseconds drip{0};       ///< pause after every byte
  std::optional<std::uint64_t> cut_after;  ///< only that many bytes (header included), then close
  enum class Part { any, head, body };
  Part cut_within = Part::any;           ///< its first half, then close
  std::chrono::milliseconds silence{0};  ///< before that close
  bool vanish = false;                   ///< no byte at all: silence, then close
  bool reset = false;                    ///< no byte at all: RST
  std::function<void()> sent;            ///< called after the last byte was sent
};

/// HTTP/1.1 on 127.0.0.1, a thread per connection.
class HttpServer {
 public:
  using Handler = std::function<Answer(const Request&, Body&)>;

  /// Listens at once; throws std::system_error. Port 0 selects a free one. With `tls`, which must
  /// outlive this object, it only speaks https.
  HttpServer(int port, Handler handler, const TlsServer* tls = nullptr);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }
  void start();
  /// Ends all connections and waits a moment for their threads; true if all have ended.
  bool stop();
  /// Connections are refused for `time`, or for good if it is negative. Requests in progress get
  /// their responses, then their connections end.
  void shut(std::chrono::milliseconds time);

 private:
  void accept_all();
  void accept_until_shut();
  void accept(int descriptor);
  bool wait_for_request(Connection& connection, std::string& line);
  void serve(int descriptor);
  bool serve_one(Connection& connection);
  bool deliver(Connection& connection, const Request& request, Body& body, Answer answer);
  void pause(std::chrono::milliseconds time);
  bool is_shut();

  Handler handler_;
  const TlsServer* tls_ = nullptr;
  int reserved_ = -1;  ///< keeps the port while nothing listens on it
  int port_ = 0;
  int listener_ = -1;
  std::thread acceptor_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<int> open_;
  std::set<int> idle_;  ///< those of open_ that wait for a request
  bool stopping_ = false;
  bool shut_ = false;
  std::chrono::milliseconds shut_for_{0};
};

}  // namespace sandbox
