// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "connection.hpp"
#include "http_message.hpp"

namespace sandbox {

/// The body of a request ended before it was complete, or its chunks are invalid.
struct BodyBroken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The connection must be ended with RST now (a fault that was requested).
struct ResetNow {};

/// An observer that gets every byte of a body as it arrives.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  virtual void see(std::string_view piece) = 0;
};

/// The body of one request, read as a stream: by length or in chunks. `100 Continue` is sent with
/// the first read and not before, so that a refusal can be sent instead.
class Body {
 public:
  /// Throws BodyBroken for an invalid length.
  Body(Connection& connection, const Request& request);

  /// Fills `out` as far as the body goes: less than `size` only at its end. Throws BodyBroken.
  std::size_t read(char* out, std::size_t size);
  /// The whole body, for small ones. Throws BodyBroken above `limit`.
  std::string read_all(std::size_t limit);
  /// Reads and discards up to `limit` bytes; true if nothing is left afterwards.
  bool drain(std::uint64_t limit);

  bool finished() const { return finished_; }
  std::uint64_t received() const { return received_; }
  /// The number of bytes still to come, if the request has a length.
  std::optional<std::uint64_t> remaining() const;
  /// The client still waits for `100 Continue`.
  bool awaits_continue() const { return awaits_continue_ && !finished_; }

  void show_to(std::unique_ptr<BodyReader> reader) { reader_ = std::move(reader); }

  /// Reads everything now: later reads return what was kept here. Throws BodyBroken.
  void take_in();
  /// Ends the client's connection; the part of the body that was read stays.
  void hang_up() const { connection_.hang_up(); }

  /// Reads `bytes` bytes and no more, while the client is still sending.
  void stall_after(std::uint64_t bytes);
  /// From now on the body breaks off with ResetNow after `bytes` bytes.
  void reset_after(std::uint64_t bytes) { reset_after_ = bytes; }

 private:
  std::size_t read_some(char* out, std::size_t size);
  std::size_t read_kept(char* out, std::size_t size);
  std::size_t read_framed(char* out, std::size_t size);
  void begin_chunk();
  std::string chunk_line();

  Connection& connection_;
  bool chunked_ = false;
  bool inside_chunks_ = false;
  bool awaits_continue_ = false;
  bool finished_ = false;
  std::uint64_t left_ = 0;  // of the body, or of the current chunk
  std::uint64_t received_ = 0;
  std::optional<std::uint64_t> reset_after_;
  std::optional<std::string> kept_;
  std::size_t kept_used_ = 0;
  std::unique_ptr<BodyReader> reader_;
};

}  // namespace sandbox
