// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace support {

/// A proxy for tests on a free port: forwards http, tunnels CONNECT, and misbehaves like other
/// proxies. One request per connection, except in a tunnel.
class Proxy {
 public:
  /// The header of a request as it arrived.
  struct Request {
    std::string method;
    std::string target;
    std::string credentials;  ///< the value of Proxy-Authorization
    std::string head;
  };

  Proxy();
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  /// "http://127.0.0.1:PORT", with "user:password@" if given.
  std::string url(const std::string& credentials = {}) const;
  std::vector<Request> requests() const;

  // Its behaviour from now on.
  void demand(const std::string& credentials);  ///< "Basic …"; without it the response is 407
  void refuse(int status);                      ///< all requests
  void hang_up();                               ///< no response: the connection is closed
  void hang_up_on_tunnels();                    ///< CONNECT is answered, then the tunnel closed

  // On the first connection that sends more than that many bytes to the server.
  void cut_after(std::uint64_t bytes);    ///< closed, once
  void pause_after(std::uint64_t bytes);  ///< nothing is forwarded until resume()
  void wait_until_paused();
  void resume();

 private:
  struct Manners {
    std::string credentials;
    int refusal = 0;
    bool hangs_up = false;
    bool hangs_up_on_tunnels = false;
  };
  struct Stop {
    std::uint64_t after = 0;
    bool cut = false;
  };

  void accept_all();
  void serve(int client);
  void answer(int client, const Request& request, const std::string& rest);
  void relay(int client, int server);
  bool may_go_on(std::uint64_t sent);
  Manners note(const Request& request);

  int port_ = 0;
  int listener_ = -1;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Manners manners_;
  std::optional<Stop> stop_;
  bool paused_ = false;
  bool ending_ = false;
  std::vector<Request> requests_;
  std::set<int> open_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace support
