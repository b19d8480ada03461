// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tls.hpp"

namespace sandbox {

/// The peer is gone, or the connection was closed from another thread.
struct ConnectionLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One accepted socket: the only place where bytes of a connection are read and written.
class Connection {
 public:
  /// Takes over the descriptor.
  explicit Connection(int descriptor);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int descriptor() const { return descriptor_; }

  /// Uses TLS from now on. Throws ConnectionLost if the handshake fails.
  void secure(const TlsServer& tls) { tls_ = tls.accept(descriptor_); }

  /// At least one byte, unless the peer closed its side: then 0. Throws ConnectionLost.
  std::size_t read(char* out, std::size_t size);
  /// One line without its line end, or false if the peer closed before it. Throws ConnectionLost,
  /// also for a line longer than `limit`.
  bool read_line(std::string& line, std::size_t limit);

  /// Everything, or ConnectionLost.
  void write(std::string_view bytes);
  /// `size` bytes of an open file from `offset` on.
  void write_file(int file, std::uint64_t offset, std::uint64_t size);

  /// Ends the connection with RST instead of FIN.
  void reset();
  /// Closes like Go's server when it has not read the whole request: FIN, a moment for the peer to
  /// read the response, then close (RST if bytes are unread).
  void close_softly(std::chrono::milliseconds grace);
  /// Sends nothing for so long, or until the peer is gone.
  void be_silent(std::chrono::milliseconds time) const;
  /// Like a peer that does not read: soon there is no room for sending any more.
  void stop_reading() const;
  /// Ends it in both directions: the peer sees the end, and nothing that is written from now on.
  void hang_up() const;

 private:
  std::size_t receive(char* out, std::size_t size);

  int descriptor_ = -1;
  std::unique_ptr<TlsSession> tls_;
  std::string buffer_;
  std::size_t used_ = 0;
};

}  // namespace sandbox
