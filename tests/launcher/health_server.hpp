// SPDX-License-Identifier: MIT
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

namespace e2e {

/// An HTTP server on 127.0.0.1 that answers each request with the content of a file.
class HealthServer {
 public:
  explicit HealthServer(std::filesystem::path file) : file_(std::move(file)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, plain, size) != 0 || listen(socket_, 8) != 0 ||
        getsockname(socket_, plain, &size) != 0) {
      throw std::runtime_error("no socket");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~HealthServer() {
    thread_.request_stop();
    thread_.join();
    close(socket_);
  }
  HealthServer(const HealthServer&) = delete;
  HealthServer& operator=(const HealthServer&) = delete;

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int requests() const { return requests_; }

 private:
  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd ready{socket_, POLLIN, 0};
      if (poll(&ready, 1, 50) <= 0) continue;
      const int client = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      char buffer[2048];
      [[maybe_unused]] const ssize_t got = read(client, buffer, sizeof buffer);
      ++requests_;
      std::ifstream stream(file_, std::ios::binary);
      const std::string body{std::istreambuf_iterator<char>(stream),
                             std::istreambuf_iterator<char>()};
      const std::string text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + body;
      [[maybe_unused]] const ssize_t put = send(client, text.data(), text.size(), MSG_NOSIGNAL);
      close(client);
    }
  }

  std::filesystem::path file_;
  int socket_ = -1;
  int port_ = 0;
  std::atomic<int> requests_ = 0;
  std::jthread thread_;
};

}  // namespace e2e
