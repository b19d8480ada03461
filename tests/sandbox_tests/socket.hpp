// SPDX-License-Identifier: MIT
// HTTP on the wire: these tests check what a client library would hide (resets, half-closed
// connections, responses that are early or never end).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox_tests {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The state of a connection after the last byte.
enum class End { open, closed, reset, silent };

struct Answer {
  int status = 0;  ///< 0: the header was incomplete
  std::string head;
  Headers headers;
  std::string body;
  End end = End::open;    ///< open: the response itself says where it ends
  bool complete = false;  ///< the body has the announced length

  /// The first value, or "(absent)"; `name` in lower case.
  std::string header(const std::string& name) const;
  /// The member of a JSON body, "author.login", "assets.0.name", "assets.#" (the number): strings
  /// unchanged, others as JSON; "(absent)" if there is none.
  std::string at(const std::string& path) const;
};

class Socket {
 public:
  explicit Socket(int port);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// The number of bytes that were sent before the server stopped reading.
  std::size_t send(std::string_view bytes);
  void close_writing();
  void reset();  ///< closes with RST
  /// without_body: as after HEAD. Waits `seconds` at most for each piece.
  Answer read(bool without_body = false, int seconds = 20);
  /// Everything that arrives until the connection ends, or is silent for so long.
  std::pair<std::string, End> read_all(int milliseconds = 20000);
  bool has_input(int milliseconds);

 private:
  bool receive(int milliseconds, End& end);  ///< more into buffer_

  int descriptor_ = -1;
  std::string buffer_;
};

/// The header of a request; Content-Length only if `headers` contains it.
std::string request_head(const std::string& method, const std::string& target,
                         const Headers& headers);

}  // namespace sandbox_tests
