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

/// A proxy of the tests' own on a free port: forwards http, tunnels CONNECT, and does what else
/// proxies do. One request on a connection, except through a tunnel.
class Proxy {
 public:
  /// The head of a request as it came.
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

  /// "http://127.0.0.1:PORT", with "user:password@" where given.
  std::string url(const std::string& credentials = {}) const;
  std::vector<Request> requests() const;

  // How it behaves from now on.
  void demand(const std::string& credentials);  ///< "Basic …"; without it the answer is 407
  void refuse(int status);                      ///< to everybody
  void hang_up();                               ///< no answer: the connection is closed
  void hang_up_on_tunnels();                    ///< CONNECT is answered, then closed

  // On the first connection by which more than so many bytes go to the server.
  void cut_after(std::uint64_t bytes);    ///< closed, once
  void pause_after(std::uint64_t bytes);  ///< nothing moves any more, until resume()
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
