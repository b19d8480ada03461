// SPDX-License-Identifier: MIT
#include "sandbox_tests/socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <stdexcept>

#include "sandbox_tests/json.hpp"

namespace sandbox_tests {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

void parse_head(Answer& answer) {
  std::size_t at = answer.head.find("\r\n");
  const std::string line = answer.head.substr(0, at);
  if (!line.starts_with("HTTP/1.1 ")) throw std::runtime_error("no HTTP: " + line);
  answer.status = std::stoi(line.substr(9));
  for (at += 2; at < answer.head.size();) {
    const std::size_t end = answer.head.find("\r\n", at);
    const std::string field = answer.head.substr(at, end - at);
    const std::size_t colon = field.find(": ");
    if (colon != std::string::npos) {
      answer.headers.emplace_back(lower(field.substr(0, colon)), field.substr(colon + 2));
    }
    at = end + 2;
  }
}

// Removes complete chunks from `text`; true after the last one.
bool take_chunks(std::string& text, std::string& body) {
  while (true) {
    const std::size_t line = text.find("\r\n");
    if (line == std::string::npos) return false;
    const std::size_t size = std::stoul(text.substr(0, line), nullptr, 16);
    if (text.size() < line + 2 + size + 2) return false;
    body.append(text, line + 2, size);
    text.erase(0, line + 2 + size + 2);
    if (size == 0) return true;
  }
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "(absent)";
}

std::string Answer::at(const std::string& path) const { return member(body, path); }

Socket::Socket(int port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor_);
    throw std::runtime_error("cannot connect to the sandbox");
  }
  const int yes = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t Socket::send(std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t some =
        ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (some < 0) break;
    sent += static_cast<std::size_t>(some);
  }
  return sent;
}

void Socket::close_writing() { ::shutdown(descriptor_, SHUT_WR); }

void Socket::reset() {
  const linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(descriptor_);
  descriptor_ = -1;
}

bool Socket::has_input(int milliseconds) {
  pollfd watched{descriptor_, POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) > 0;
}

bool Socket::receive(int milliseconds, End& end) {
  end = End::silent;
  if (!has_input(milliseconds)) return false;
  char block[65536];
  const ssize_t got = ::recv(descriptor_, block, sizeof block, 0);
  if (got > 0) buffer_.append(block, static_cast<std::size_t>(got));
  end = got < 0 ? End::reset : got == 0 ? End::closed : End::open;
  return got > 0;
}

Answer Socket::read(bool without_body, int seconds) {
  Answer answer;
  const int wait = seconds * 1000;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive(wait, answer.end)) return answer;
  }
  answer.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  parse_head(answer);
  const bool none =
      without_body || answer.status == 204 || answer.status == 304 || answer.status == 100;
  const std::string length = none ? "0" : answer.header("content-length");
  const bool chunks = answer.header("transfer-encoding") == "chunked" && !none;
  while (true) {
    if (chunks) {
      answer.complete = take_chunks(buffer_, answer.body);
    } else {
      const std::size_t most = length == "(absent)" ? std::string::npos : std::stoul(length);
      const std::size_t taken = std::min(buffer_.size(), most - answer.body.size());
      answer.body.append(buffer_, 0, taken);
      buffer_.erase(0, taken);
      answer.complete = answer.body.size() == most;
    }
    if (answer.complete || !receive(wait, answer.end)) return answer;
  }
}

std::pair<std::string, End> Socket::read_all(int milliseconds) {
  End end = End::open;
  while (receive(milliseconds, end)) {
  }
  return {std::exchange(buffer_, {}), end};
}

std::string request_head(const std::string& method, const std::string& target,
                         const Headers& headers) {
  std::string head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (const auto& [name, value] : headers) head.append(name).append(": ").append(value) += "\r\n";
  return head + "\r\n";
}

}  // namespace sandbox_tests
