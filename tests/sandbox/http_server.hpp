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

/// An answer, and what goes wrong with it on its way.
struct Answer {
  Response response;
  std::chrono::milliseconds delay{0};      ///< before the first byte
  std::chrono::milliseconds drip{0};       ///< pause after every byte
  std::optional<std::uint64_t> cut_after;  ///< only so many bytes (head included), then close
  bool vanish = false;                     ///< no byte at all: close
  bool reset = false;                      ///< no byte at all: RST
  std::function<void()> sent;              ///< called once the last byte has left
};

/// HTTP/1.1 on 127.0.0.1, a thread per connection.
class HttpServer {
 public:
  using Handler = std::function<Answer(const Request&, Body&)>;

  /// Listens at once; throws std::system_error. Port 0 takes a free one.
  HttpServer(int port, Handler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }
  void start();
  /// Ends all connections and waits a moment for their threads; true when all are gone.
  bool stop();

 private:
  void accept_all();
  void serve(int descriptor);
  bool serve_one(Connection& connection);
  bool deliver(Connection& connection, const Request& request, Body& body, Answer answer);
  void pause(std::chrono::milliseconds time);

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::thread acceptor_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<int> open_;
  bool stopping_ = false;
};

}  // namespace sandbox
