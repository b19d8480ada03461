// SPDX-License-Identifier: MIT
// bench-bare URL CA_FILE FILE…: the upper limit on this machine. Posts each file raw to
// URL?name=NAME over one connection, in a plain loop of read and send (or SSL_write); computes no
// digest and checks only the status. The token comes from $TOKEN.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

/// http://127.0.0.1:PORT/PATH or https://…; nothing else.
struct Address {
  bool tls = false;
  int port = 0;
  std::string path;
};

Address parse(std::string_view url) {
  Address address;
  address.tls = url.starts_with("https://");
  url.remove_prefix(url.find("://") + 3);
  const auto slash = url.find('/');
  const std::string_view host = url.substr(0, slash);
  const auto port = host.substr(host.find(':') + 1);
  std::from_chars(port.data(), port.data() + port.size(), address.port);
  address.path = url.substr(slash);
  return address;
}

class Line {
 public:
  Line(const Address& address, const char* ca_file) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(address.port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) fail("connect");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!address.tls) return;
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_load_verify_locations(context, ca_file, nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    tls_ = SSL_new(context);
    SSL_set_fd(tls_, socket_);
    if (SSL_connect(tls_) != 1) fail("TLS");
  }
  ~Line() { ::close(socket_); }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = tls_ != nullptr
                               ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) fail("send");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// A response with a Content-Length; returns its status.
  int status() {
    std::string answer;
    std::size_t whole = std::string::npos;
    while (answer.size() < whole) {
      char piece[4096];
      const ssize_t got = tls_ != nullptr ? SSL_read(tls_, piece, sizeof piece)
                                          : ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) fail("no answer");
      answer.append(piece, static_cast<std::size_t>(got));
      const auto head = answer.find("\r\n\r\n");
      const auto length = answer.find("Content-Length: ");
      if (head == std::string::npos || length > head) continue;
      whole = head + 4 + std::strtoul(answer.c_str() + length + 16, nullptr, 10);
    }
    return std::atoi(answer.c_str() + answer.find(' '));
  }

 private:
  int socket_;
  SSL* tls_ = nullptr;
};

void post(Line& line, const std::string& path, const std::string& file, std::vector<char>& block) {
  const int handle = ::open(file.c_str(), O_RDONLY);
  struct stat status {};
  if (handle < 0 || ::fstat(handle, &status) != 0) fail(file);
  line.send(fmt::format(
      "POST {}?name={} HTTP/1.1\r\nHost: bench\r\nAuthorization: token {}\r\n"
      "Content-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n",
      path, std::filesystem::path(file).filename().string(), std::getenv("TOKEN"), status.st_size));
  while (const ssize_t got = ::read(handle, block.data(), block.size())) {
    if (got < 0) fail(file);
    line.send({block.data(), static_cast<std::size_t>(got)});
  }
  ::close(handle);
  if (const int answer = line.status(); answer != 201) fail(fmt::format("status {}", answer));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Address address = parse(arguments[1]);
    Line line(address, arguments[2]);
    std::vector<char> block(std::size_t{256} * 1024);
    for (int i = 3; i < count; ++i) post(line, address.path, arguments[i], block);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench-bare: {}\n", error.what());
    return 1;
  }
}
