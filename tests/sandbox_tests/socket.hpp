// SPDX-License-Identifier: MIT
// HTTP as it is on the wire: what a client library would hide (resets, half-closed connections,
// answers that come early or never end) is what these tests look at.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox_tests {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// How a connection stood when nothing more came.
enum class End { open, closed, reset, silent };

struct Answer {
  int status = 0;  ///< 0: there was no whole head
  std::string head;
  Headers headers;
  std::string body;
  End end = End::open;    ///< open: the answer said itself where it ends
  bool complete = false;  ///< the body is as long as announced

  /// The first value, or "(absent)"; `name` in lower case.
  std::string header(const std::string& name) const;
  /// The member of a JSON body, "author.login", "assets.0.name", "assets.#" (how many): strings as
  /// they are, others as JSON; "(absent)" where there is none.
  std::string at(const std::string& path) const;
};

class Socket {
 public:
  explicit Socket(int port);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// How many bytes went out before the server stopped taking them.
  std::size_t send(std::string_view bytes);
  void close_writing();
  void reset();  ///< closes with RST
  /// Without_body: as after HEAD. Waits `seconds` at most for each piece.
  Answer read(bool without_body = false, int seconds = 20);
  /// Whatever comes until the connection ends, or is silent for so long.
  std::pair<std::string, End> read_all(int milliseconds = 20000);
  bool has_input(int milliseconds);

 private:
  bool receive(int milliseconds, End& end);  ///< more into buffer_

  int descriptor_ = -1;
  std::string buffer_;
};

/// The head of a request; Content-Length only where `headers` has it.
std::string request_head(const std::string& method, const std::string& target,
                         const Headers& headers);

}  // namespace sandbox_tests
