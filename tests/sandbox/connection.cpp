// SPDX-License-Identifier: MIT
#include "connection.hpp"

#include <poll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sandbox {

Connection::Connection(int descriptor) : descriptor_(descriptor) {}

Connection::~Connection() {
  if (tls_) tls_->say_goodbye();
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t Connection::receive(char* out, std::size_t size) {
  if (tls_) return tls_->read(out, size);
  while (true) {
    const ssize_t got = ::recv(descriptor_, out, size, 0);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw ConnectionLost(std::strerror(errno));
  }
}

std::size_t Connection::read(char* out, std::size_t size) {
  if (used_ == buffer_.size()) return receive(out, size);
  const std::size_t taken = std::min(size, buffer_.size() - used_);
  std::memcpy(out, buffer_.data() + used_, taken);
  used_ += taken;
  return taken;
}

bool Connection::read_line(std::string& line, std::size_t limit) {
  line.clear();
  while (true) {
    const auto end = buffer_.find('\n', used_);
    if (end != std::string::npos) {
      line.append(buffer_, used_, end - used_);
      used_ = end + 1;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return true;
    }
    line.append(buffer_, used_);
    if (line.size() > limit) throw ConnectionLost("line too long");
    constexpr std::size_t block = std::size_t{16} * 1024;
    buffer_.resize(block);
    used_ = 0;
    std::size_t got = 0;
    try {
      got = receive(buffer_.data(), block);
    } catch (...) {
      buffer_.clear();
      throw;
    }
    buffer_.resize(got);
    if (got == 0) return false;
  }
}

void Connection::write(std::string_view bytes) {
  if (tls_) return tls_->write(bytes);
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EINTR) {
      throw ConnectionLost(std::strerror(errno));
    }
  }
}

void Connection::write_file(int file, std::uint64_t offset, std::uint64_t size) {
  auto position = static_cast<off_t>(offset);
  std::string block(tls_ ? std::size_t{256} * 1024 : 0, '\0');
  while (tls_ && size > 0) {
    const ssize_t got =
        ::pread(file, block.data(), std::min<std::uint64_t>(size, block.size()), position);
    if (got <= 0) throw ConnectionLost("the file is shorter than announced");
    tls_->write({block.data(), static_cast<std::size_t>(got)});
    position += got;
    size -= static_cast<std::uint64_t>(got);
  }
  while (size > 0) {
    constexpr std::uint64_t most = std::uint64_t{1} << 30U;
    const ssize_t sent =
        ::sendfile(descriptor_, file, &position, static_cast<std::size_t>(std::min(size, most)));
    if (sent > 0) {
      size -= static_cast<std::uint64_t>(sent);
    } else if (sent == 0) {
      throw ConnectionLost("the file is shorter than announced");
    } else if (errno != EINTR) {
      throw ConnectionLost(std::strerror(errno));
    }
  }
}

void Connection::reset() {
  const linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  tls_.reset();
}

void Connection::close_softly(std::chrono::milliseconds grace) {
  if (tls_) tls_->say_goodbye();
  ::shutdown(descriptor_, SHUT_WR);
  // Nothing more is read: what the peer still sends is answered with RST after this is closed.
  be_silent(grace);
}

void Connection::be_silent(std::chrono::milliseconds time) const {
  pollfd peer{descriptor_, POLLRDHUP, 0};
  ::poll(&peer, 1, static_cast<int>(time.count()));
}

void Connection::hang_up() const { ::shutdown(descriptor_, SHUT_RDWR); }

void Connection::stop_reading() const {
  const int least = 1;  // the kernel's smallest buffer: the window does not grow
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &least, sizeof least);
}

}  // namespace sandbox
