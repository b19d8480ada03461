// SPDX-License-Identifier: MIT
#include "support/proxy.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "core/text/text.hpp"

namespace support {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";

int listen_on_a_free_port(int& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, generic, size) != 0 || listen(listener, 64) != 0 ||
      getsockname(listener, generic, &size) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  port = ntohs(address.sin_port);
  return listener;
}

/// -1 if the connection fails.
int connect_to(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_family = AF_INET;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return -1;
  int server = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(server, found->ai_addr, found->ai_addrlen) != 0) {
    close(server);
    server = -1;
  }
  freeaddrinfo(found);
  return server;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// The data that has arrived, at least a byte; "" if the client is gone.
std::string read_some(int client) {
  std::array<char, 4096> block{};
  const ssize_t got = recv(client, block.data(), block.size(), 0);
  return {block.data(), got <= 0 ? 0 : static_cast<std::size_t>(got)};
}

/// Reads to the end of the request header, and what arrives with it; "" if the client left before.
std::string read_head(int client) {
  std::string text;
  while (text.find(head_end) == std::string::npos) {
    const std::string more = read_some(client);
    if (more.empty()) return {};
    text += more;
  }
  return text;
}

Proxy::Request parse(const std::string& head) {
  Proxy::Request request;
  request.head = head;
  const auto blank = head.find(' ');
  request.method = head.substr(0, blank);
  request.target = head.substr(blank + 1, head.find(' ', blank + 1) - blank - 1);
  const std::string name = "proxy-authorization: ";
  for (const std::string& line : core::lines(head)) {
    if (core::lower(line).starts_with(name)) request.credentials = line.substr(name.size());
  }
  return request;
}

/// The header for the server: without the fields for the proxy.
std::string forwarded(const Proxy::Request& request, const std::string& path) {
  std::string head = request.method + " " + path + " HTTP/1.1\r\nConnection: close\r\n";
  bool first = true;
  for (const std::string& line : core::lines(request.head)) {
    const std::string low = core::lower(line);
    const bool kept = !first && !low.starts_with("proxy-") && !low.starts_with("connection:");
    if (kept) head += line + "\r\n";
    first = false;
  }
  return head;
}

}  // namespace

Proxy::Proxy() : listener_(listen_on_a_free_port(port_)), acceptor_([this] { accept_all(); }) {}

Proxy::~Proxy() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    for (const int one : open_) shutdown(one, SHUT_RDWR);
    shutdown(listener_, SHUT_RDWR);
    changed_.notify_all();
  }
  acceptor_.join();
  threads_.clear();
  close(listener_);
}

std::string Proxy::url(const std::string& credentials) const {
  return fmt::format("http://{}{}127.0.0.1:{}", credentials, credentials.empty() ? "" : "@", port_);
}

std::vector<Proxy::Request> Proxy::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void Proxy::demand(const std::string& credentials) {
  const std::lock_guard lock(mutex_);
  manners_.credentials = credentials;
}

void Proxy::refuse(int status) {
  const std::lock_guard lock(mutex_);
  manners_.refusal = status;
}

void Proxy::hang_up() {
  const std::lock_guard lock(mutex_);
  manners_.hangs_up = true;
}

void Proxy::hang_up_on_tunnels() {
  const std::lock_guard lock(mutex_);
  manners_.hangs_up_on_tunnels = true;
}

void Proxy::cut_after(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  stop_ = {bytes, true};
}

void Proxy::pause_after(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  stop_ = {bytes, false};
}

void Proxy::wait_until_paused() {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, std::chrono::seconds(20), [this] { return paused_; })) {
    throw std::runtime_error("nothing came to the proxy that it could pause");
  }
}

void Proxy::resume() {
  const std::lock_guard lock(mutex_);
  paused_ = false;
  changed_.notify_all();
}

void Proxy::accept_all() {
  while (true) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (client < 0 || ending_) {
      if (client >= 0) close(client);
      return;
    }
    open_.insert(client);
    threads_.emplace_back([this, client] { serve(client); });
  }
}

void Proxy::serve(int client) {
  const std::string text = read_head(client);
  const auto end = text.find(head_end);
  if (end != std::string::npos) {
    answer(client, parse(text.substr(0, end + 2)), text.substr(end + head_end.size()));
  }
  const std::lock_guard lock(mutex_);
  open_.erase(client);
  close(client);
}

Proxy::Manners Proxy::note(const Request& request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  return manners_;
}

void Proxy::answer(int client, const Request& request, const std::string& rest) {
  const Manners manners = note(request);
  if (manners.hangs_up) return;
  int refusal = manners.refusal;
  if (request.credentials != manners.credentials) refusal = 407;
  const bool tunnel = request.method == "CONNECT";
  const std::string_view whole = request.target;
  const auto slash = tunnel ? whole.size() : whole.find('/', std::string_view("http://").size());
  const std::string_view place = tunnel ? whole : whole.substr(7, slash - 7);
  const auto colon = place.rfind(':');
  const int server = refusal != 0 ? -1
                                  : connect_to(std::string(place.substr(0, colon)),
                                               std::string(place.substr(colon + 1)));
  if (server < 0) {
    send_all(client, fmt::format("HTTP/1.1 {} No\r\nConnection: close\r\nContent-Length: 0\r\n"
                                 "Proxy-Authenticate: Basic realm=\"proxy\"\r\n\r\n",
                                 refusal == 0 ? 502 : refusal));
    return;
  }
  const std::string first =
      tunnel ? "" : forwarded(request, std::string(whole.substr(slash))) + "\r\n";
  if (tunnel) send_all(client, "HTTP/1.1 200 Connection established\r\n\r\n");
  if (tunnel && manners.hangs_up_on_tunnels) {
    read_some(client);  // otherwise closing would send a reset
  } else {
    send_all(server, first + rest);
    relay(client, server);
  }
  close(server);
}

void Proxy::relay(int client, int server) {
  std::uint64_t sent = 0;
  std::vector<char> block(std::size_t{64} * 1024);
  while (true) {
    std::array<pollfd, 2> both = {{{client, POLLIN, 0}, {server, POLLIN, 0}}};
    if (poll(both.data(), both.size(), -1) < 0) return;
    const bool up = both[0].revents != 0;
    const ssize_t got = recv(up ? client : server, block.data(), block.size(), 0);
    if (got <= 0) return;
    if (up) sent += static_cast<std::uint64_t>(got);
    if (up && !may_go_on(sent)) return;
    if (!send_all(up ? server : client, {block.data(), static_cast<std::size_t>(got)})) return;
  }
}

bool Proxy::may_go_on(std::uint64_t sent) {
  std::unique_lock lock(mutex_);
  if (!stop_ || sent <= stop_->after) return true;
  const bool cut = stop_->cut;
  stop_.reset();
  if (cut) return false;
  paused_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !paused_ || ending_; });
  return true;
}

}  // namespace support
