// SPDX-License-Identifier: MIT
#include "http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>

#include "text.hpp"

namespace sandbox {

namespace {

constexpr std::chrono::milliseconds goodbye{500};               // Go waits as long before it closes
constexpr std::uint64_t go_drains = std::uint64_t{256} * 1024;  // and reads so much of what is left

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int listen_on(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) fail("socket");
  const int yes = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(descriptor, 1024) != 0) {
    const int error = errno;
    ::close(descriptor);
    errno = error;
    fail("cannot listen on 127.0.0.1");
  }
  return descriptor;
}

int port_of(int descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("port");
  return ntohs(address.sin_port);
}

bool has_body(const Response& response) {
  return !response.head_only && response.status != 204 && response.status != 304;
}

std::string chunked(std::string_view text) {
  std::string out;
  constexpr std::size_t most = 4096;
  while (!text.empty()) {
    const auto part = text.substr(0, most);
    char size[16] = {};
    const auto end = std::to_chars(size, size + sizeof size, part.size(), 16).ptr;
    out.append(size, end).append("\r\n").append(part).append("\r\n");
    text.remove_prefix(part.size());
  }
  return out + "0\r\n\r\n";
}

// Head and, for text bodies, body. Go's server sends longer answers in chunks unless a length was
// set by hand.
std::string wire_text(Response& response, const Request& request, bool closing) {
  constexpr std::size_t go_buffer = 2048;
  std::string body = std::move(response.body);
  if (response.file) {
    response.headers.set("Content-Length", std::to_string(response.file->size));
  } else if (response.headers.has("Content-Length")) {
    // As the handler says: a fault may lie about it.
  } else if (body.size() > go_buffer && request.minor_version > 0) {
    response.headers.set("Transfer-Encoding", "chunked");
    body = chunked(body);
  } else if (response.status != 204 && response.status != 304) {
    response.headers.set("Content-Length", std::to_string(body.size()));
  }
  if (closing) response.headers.set("Connection", "close");
  std::string wire = "HTTP/1.1 " + std::to_string(response.status) + " ";
  wire.append(reason(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers.all()) {
    wire.append(name).append(": ").append(value).append("\r\n");
  }
  wire.append("Date: ").append(http_date(unix_now())).append("\r\n\r\n");
  if (has_body(response)) wire += body;
  return wire;
}

std::string part_of(const FileSlice& slice, std::uint64_t size) {
  std::string bytes(static_cast<std::size_t>(std::min(size, slice.size)), '\0');
  const ssize_t got = ::pread(slice.file->descriptor(), bytes.data(), bytes.size(),
                              static_cast<off_t>(slice.offset));
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace

HttpServer::HttpServer(int port, Handler handler)
    : handler_(std::move(handler)), listener_(listen_on(port)), port_(port_of(listener_)) {}

HttpServer::~HttpServer() {
  stop();
  ::close(listener_);
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

void HttpServer::pause(std::chrono::milliseconds time) {
  if (time.count() <= 0) return;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return stopping_; });
}

void HttpServer::accept_all() {
  while (true) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) {
      const int error = errno;
      if (error == EMFILE) pause(std::chrono::milliseconds(10));  // until somebody leaves
      const std::lock_guard lock(mutex_);
      if (stopping_ || (error != EINTR && error != ECONNABORTED && error != EMFILE)) return;
      continue;
    }
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
}

void HttpServer::serve(int descriptor) {
  std::optional<Connection> connection(std::in_place, descriptor);
  try {
    while (serve_one(*connection)) {
    }
  } catch (const ConnectionLost&) {
    // The peer went away: nobody is left to tell.
  } catch (const ResetNow&) {
    connection->reset();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gitea-sandbox: %s\n", error.what());
  }
  const std::lock_guard lock(mutex_);
  open_.erase(descriptor);  // before close: the number may come back at once
  connection.reset();
  changed_.notify_all();
}

bool HttpServer::serve_one(Connection& connection) {
  constexpr std::size_t longest_line = std::size_t{1} << 20U;
  std::string line;
  Request request;
  do {
    if (!connection.read_line(line, longest_line)) return false;
  } while (line.empty());
  bool understood = parse_request_line(line, request);
  while (true) {
    if (!connection.read_line(line, longest_line)) return false;
    if (line.empty()) break;
    const auto colon = line.find(':');
    understood = understood && colon != std::string::npos && colon > 0;
    if (!understood) continue;
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
  pause(answer.delay);
  if (answer.vanish) return false;
  bool closing = request.minor_version == 0 ||
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
  if (answer.cut_after) {
    if (with_file && *answer.cut_after > wire.size()) {
      wire += part_of(*answer.response.file, *answer.cut_after - wire.size());
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
  if (answer.cut_after) return false;
  if (unread) connection.close_softly(goodbye);
  return !closing;
}

}  // namespace sandbox
