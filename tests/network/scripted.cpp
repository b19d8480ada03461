// SPDX-License-Identifier: MIT
#include "network/scripted.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>

namespace network {
namespace {

template <typename Read>
auto from_pem(const std::string& text, Read read) {
  const std::unique_ptr<BIO, int (*)(BIO*)> source(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
  return read(source.get(), nullptr, nullptr, nullptr);
}

std::size_t length_of_body(const std::string& head) {
  constexpr std::string_view name = "Content-Length: ";
  const auto at = head.find(name);
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

}  // namespace

int Line::take(char* bytes, int size) {
  if (ssl_ != nullptr) return SSL_read(ssl_, bytes, size);
  return static_cast<int>(recv(socket_, bytes, static_cast<std::size_t>(size), 0));
}

std::string Line::read_head() {
  std::array<char, 4096> block{};
  for (;;) {
    const auto end = ahead_.find("\r\n\r\n");
    if (end != std::string::npos) {
      std::string head = ahead_.substr(0, end + 4);
      ahead_.erase(0, end + 4);
      return head;
    }
    const int count = take(block.data(), block.size());
    if (count <= 0) return {};
    ahead_.append(block.data(), static_cast<std::size_t>(count));
  }
}

bool Line::skip(std::size_t bytes) {
  std::array<char, 65536> block{};
  const std::size_t known = std::min(bytes, ahead_.size());
  ahead_.erase(0, known);
  for (std::size_t left = bytes - known; left > 0;) {
    const int count = take(block.data(), static_cast<int>(std::min(left, block.size())));
    if (count <= 0) return false;
    left -= static_cast<std::size_t>(count);
  }
  return true;
}

bool Line::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count =
        ssl_ != nullptr
            ? static_cast<ssize_t>(SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())))
            : send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Line::answer(int status, std::string_view json) {
  return write(fmt::format(
      "HTTP/1.1 {} Answer\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      status, json.size(), json));
}

void Line::wait_for_end() {
  pollfd ended{socket_, POLLRDHUP, 0};
  poll(&ended, 1, -1);
}

void Line::say_goodbye() {
  if (ssl_ != nullptr) SSL_shutdown(ssl_);
}

void Line::reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

Scripted::Scripted(Serve serve) : serve_(std::move(serve)) { listen_on_loopback(); }

Scripted::Scripted(const Certificate& certificate, int tls_version, Serve serve)
    : serve_(std::move(serve)), context_(SSL_CTX_new(TLS_server_method())) {
  SSL_CTX_set_min_proto_version(context_, tls_version);
  SSL_CTX_set_max_proto_version(context_, tls_version);
  X509* own = from_pem(certificate.text, PEM_read_bio_X509);
  EVP_PKEY* key = from_pem(certificate.key, PEM_read_bio_PrivateKey);
  const bool ok =
      SSL_CTX_use_certificate(context_, own) == 1 && SSL_CTX_use_PrivateKey(context_, key) == 1;
  X509_free(own);
  EVP_PKEY_free(key);
  if (!ok) throw std::runtime_error("no certificate");
  listen_on_loopback();
}

Scripted::~Scripted() {
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  threads_.clear();
  close(listener_);
  SSL_CTX_free(context_);
}

std::string Scripted::url() const {
  return fmt::format("http{}://127.0.0.1:{}", context_ != nullptr ? "s" : "", port_);
}

void Scripted::listen_on_loopback() {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, any, &size) != 0) {
    throw std::runtime_error("no listener");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::jthread([this] { accept_all(); });
}

void Scripted::accept_all() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] { serve_one(socket); });
  }
}

void Scripted::serve_one(int socket) {
  SSL* ssl = nullptr;
  if (context_ != nullptr) {
    ssl = SSL_new(context_);
    SSL_set_fd(ssl, socket);
  }
  if (ssl == nullptr || SSL_accept(ssl) == 1) {
    Line line(socket, ssl);
    serve_(line);
  }
  SSL_free(ssl);
  const std::lock_guard lock(mutex_);
  std::erase(sockets_, socket);
  close(socket);
}

bool answer_as_api(Line& line, const std::string& head) {
  const auto asks = [&head](std::string_view what) { return head.starts_with(what); };
  const auto has = [&head](std::string_view what) {
    return head.substr(0, head.find("\r\n")).find(what) != std::string::npos;
  };
  constexpr std::string_view absent =
      R"({"message":"not found","url":"http://127.0.0.1/api/swagger"})";
  constexpr std::string_view tag =
      R"({"name":"v1.0.0","commit":{"sha":"0123456789012345678901234567890123456789"}})";
  constexpr std::string_view draft =
      R"({"id":1,"tag_name":"v1.0.0","target_commitish":"","name":"v1.0.0","body":"","draft":true,)"
      R"("prerelease":false,"created_at":"2026-01-01T00:00:00Z","assets":[]})";
  if (has("/assets")) return false;
  if (!line.skip(length_of_body(head))) return false;
  if (asks("POST ") && has("/releases")) return line.answer(201, draft);
  if (!asks("GET ")) return false;
  if (has("/version")) return line.answer(200, R"({"version":"1.25.4"})");
  if (has("/releases")) return line.answer(404, absent);
  if (has("/tags/")) return line.answer(200, tag);
  return line.answer(404, absent);
}

}  // namespace network
