// SPDX-License-Identifier: MIT
#include "http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "text.hpp"
#include "wire_text.hpp"

namespace sandbox {

namespace {

constexpr std::chrono::milliseconds goodbye{500};               // Go waits as long before it closes
constexpr std::uint64_t go_drains = std::uint64_t{256} * 1024;  // and reads that much of the rest
constexpr std::size_t max_line_length = std::size_t{1} << 20U;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int bind_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) fail("socket");
  const int yes = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const int error = errno;
    ::close(descriptor);
    errno = error;
    fail("cannot listen on 127.0.0.1");
  }
  return descriptor;
}

void listen_on(int descriptor) {
  if (::listen(descriptor, 1024) != 0) fail("cannot listen on 127.0.0.1");
}

int port_of(int descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("port");
  return ntohs(address.sin_port);
}

/// Where the first half of the header or the body ends.
std::size_t half(const std::string& wire, Answer::Part part) {
  const std::size_t head = head_size(wire);
  return part == Answer::Part::head ? head / 2 : head + (wire.size() - head) / 2;
}

}  // namespace

HttpServer::HttpServer(int port, Handler handler, const TlsServer* tls)
    : handler_(std::move(handler)), tls_(tls), reserved_(bind_to(port)), port_(port_of(reserved_)) {
  listener_ = bind_to(port_);
  listen_on(listener_);
}

HttpServer::~HttpServer() {
  stop();
  ::close(listener_);
  ::close(reserved_);
}

void HttpServer::start() {
  acceptor_ = std::thread([this] { accept_all(); });
}

bool HttpServer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
    changed_.notify_all();
  }
  ::shutdown(listener_, SHUT_RDWR);
  if (acceptor_.joinable()) acceptor_.join();
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(2), [this] { return open_.empty(); });
}

bool HttpServer::is_shut() {
  const std::lock_guard lock(mutex_);
  return shut_;
}

void HttpServer::pause(std::chrono::milliseconds time) {
  if (time.count() <= 0) return;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return stopping_; });
}

void HttpServer::shut(std::chrono::milliseconds time) {
  const std::lock_guard lock(mutex_);
  shut_ = true;
  shut_for_ = time;
  ::shutdown(listener_, SHUT_RDWR);
  for (const int descriptor : idle_) ::shutdown(descriptor, SHUT_RDWR);
}

void HttpServer::accept_all() {
  while (true) {
    accept_until_shut();
    std::unique_lock lock(mutex_);
    const auto stopping = [this] { return stopping_; };
    if (shut_ && shut_for_.count() >= 0) {
      changed_.wait_for(lock, shut_for_, stopping);
    } else {
      changed_.wait(lock, stopping);
    }
    if (stopping_) return;
    shut_ = false;
    listen_on(listener_);
  }
}

void HttpServer::accept_until_shut() {
  while (true) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor >= 0) {
      accept(descriptor);
      continue;
    }
    const int error = errno;
    if (error == EMFILE) pause(std::chrono::milliseconds(10));  // until a client leaves
    const std::lock_guard lock(mutex_);
    if (stopping_ || shut_ || (error != EINTR && error != ECONNABORTED && error != EMFILE)) return;
  }
}

void HttpServer::accept(int descriptor) {
  const int yes = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const std::lock_guard lock(mutex_);
  if (stopping_) {
    ::close(descriptor);
    return;
  }
  try {
    std::thread([this, descriptor] { serve(descriptor); }).detach();
    open_.insert(descriptor);
  } catch (const std::system_error&) {  // too many threads
    ::close(descriptor);
  }
}

void HttpServer::serve(int descriptor) {
  std::optional<Connection> connection(std::in_place, descriptor);
  try {
    if (tls_ != nullptr) connection->secure(*tls_);
    while (serve_one(*connection)) {
    }
  } catch (const ConnectionLost&) {
    // The peer is gone, so no response is needed.
  } catch (const ResetNow&) {
    connection->reset();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gitea-sandbox: %s\n", error.what());
  }
  const std::lock_guard lock(mutex_);
  idle_.erase(descriptor);
  open_.erase(descriptor);  // before close: the number may be reused at once
  connection.reset();
  changed_.notify_all();
}

bool HttpServer::wait_for_request(Connection& connection, std::string& line) {
  const int descriptor = connection.descriptor();
  {
    const std::lock_guard lock(mutex_);
    if (shut_) return false;
    idle_.insert(descriptor);
  }
  bool asked = false;
  do {
    asked = connection.read_line(line, max_line_length);
  } while (asked && line.empty());
  const std::lock_guard lock(mutex_);
  idle_.erase(descriptor);
  return asked;
}

bool HttpServer::serve_one(Connection& connection) {
  std::string line;
  Request request;
  request.port = port_;
  if (!wait_for_request(connection, line)) return false;
  bool understood = parse_request_line(line, request);
  while (understood) {  // otherwise stop reading: it may be TLS, and wait for a response
    if (!connection.read_line(line, max_line_length)) return false;
    if (line.empty()) break;
    const auto colon = line.find(':');
    understood = colon != std::string::npos && colon > 0;
    if (!understood) break;
    request.headers.add(line.substr(0, colon),
                        std::string(trim(std::string_view(line).substr(colon + 1))));
  }
  std::optional<Body> body;
  try {
    if (understood) body.emplace(connection, request);
  } catch (const BodyBroken&) {
    understood = false;
  }
  if (!understood) {
    connection.write(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Connection: close\r\n\r\n400 Bad Request");
    connection.close_softly(goodbye);
    return false;
  }
  Answer answer = handler_(request, *body);
  return deliver(connection, request, *body, std::move(answer));
}

bool HttpServer::deliver(Connection& connection, const Request& request, Body& body,
                         Answer answer) {
  if (answer.reset) throw ResetNow{};
  if (answer.vanish) {
    connection.be_silent(answer.silence);
    return false;
  }
  pause(answer.delay);
  bool closing = request.minor_version == 0 || is_shut() ||
                 lower(request.headers.value("Connection")) == "close" ||
                 lower(answer.response.headers.value("Connection")) == "close";
  bool unread = false;
  if (!body.finished()) {
    const auto remaining = body.remaining();
    unread = answer.response.without_reading || body.awaits_continue() ||
             (remaining && *remaining > go_drains);
    try {
      if (!unread) unread = !body.drain(go_drains);
    } catch (const BodyBroken&) {
      unread = true;
    }
    closing = closing || unread;
  }
  std::string wire = wire_text(answer.response, request, closing);
  const bool with_file = answer.response.file && has_body(answer.response);
  if (answer.cut_within != Answer::Part::any) answer.cut_after = half(wire, answer.cut_within);
  if (answer.cut_after) {
    if (with_file && *answer.cut_after > wire.size()) {
      wire += first_bytes_of(*answer.response.file, *answer.cut_after - wire.size());
    }
    wire.resize(static_cast<std::size_t>(std::min<std::uint64_t>(wire.size(), *answer.cut_after)));
  }
  if (answer.drip.count() > 0) {
    for (const char& byte : wire) {
      connection.write({&byte, 1});
      pause(answer.drip);
    }
  } else {
    connection.write(wire);
  }
  if (with_file && !answer.cut_after) {
    const FileSlice& slice = *answer.response.file;
    connection.write_file(slice.file->descriptor(), slice.offset, slice.size);
  }
  if (answer.sent) answer.sent();
  if (answer.cut_after) {
    connection.be_silent(answer.silence);
    return false;
  }
  if (unread) connection.close_softly(goodbye);
  return !closing;
}

}  // namespace sandbox
