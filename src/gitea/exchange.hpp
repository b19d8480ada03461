// SPDX-License-Identifier: MIT
// One request and what became of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/source.hpp"
#include "gitea/operation.hpp"

namespace gitea {

/// What to do about an answer that no Gitea or Forgejo would give.
inline constexpr const char* strange_answer =
    "Is this a Gitea or Forgejo server, and does a proxy change its answers?";

/// Takes the next piece of a body; false: no more of it is wanted.
using Sink = std::function<bool(std::string_view)>;

struct Request {
  explicit Request(Operation what, std::string where = {})
      : operation(what), method(method_of(what)), path(std::move(where)) {}

  Operation operation;
  std::string method;
  std::string path;         ///< below the API's base, encoded, with its query
  bool from_root = false;   ///< `path` is below the server's root instead
  std::string json;         ///< a JSON body
  std::uint64_t notes = 0;  ///< bytes of release notes in it
  std::optional<core::Source> upload;
  std::string content_type;     ///< of the upload
  std::string file_name;        ///< of the upload, for messages
  std::uint64_t file_size = 0;  ///< bytes, without the form around it
  bool expect_continue = true;  ///< a large upload waits for "100 Continue" before its body
  /// Where the body of a 2xx goes, of any size, in place of Answer::body. Every try opens it anew.
  std::function<Sink()> sink;
};

/// How a request ended.
enum class Delivery {
  answered,
  unsent,   ///< it never reached the server
  unknown,  ///< it was sent, wholly or in part, and no answer came
};

/// Why no answer came.
enum class Trouble {
  none,
  unresolved,         ///< the host's name
  refused,            ///< the connection
  timed_out,          ///< connecting
  proxy,              ///< did not let the connection through; Answer::detail has its status
  proxy_credentials,  ///< are missing, or not those that it takes
  tls,                ///< no handshake; Answer::detail may have the reason
  tls_bundle,         ///< Answer::detail names the bundle of authorities, which cannot be read
  tls_untrusted,      ///< Answer::detail has the verifier's words
  tls_out_of_date,    ///< the same
  tls_other_name,     ///< the certificate is for another host
  broke_off,          ///< while the request was being sent
  stalled,            ///< no byte of a body moved for `stall_timeout`
  no_answer,          ///< to a request that was sent
  out_of_time,        ///< the server's deadline has passed
  other,              ///< Answer::detail has the library's words
};

struct Answer {
  Delivery delivery = Delivery::unknown;
  int status = 0;  ///< 0 without an answer
  std::string body;
  std::string content_type;
  std::string location;
  bool circles = false;  ///< one redirect after the other on this server, and no end of it
  std::string date;      ///< the server's clock, as it came
  std::optional<std::chrono::seconds> retry_after;
  std::optional<std::uint64_t> total_count;  ///< of a list: how many entries all its pages have
  Trouble trouble = Trouble::none;
  std::string detail;
  bool upload_begun = false;  ///< a byte of the upload was asked for
  int tries = 1;
  std::string path;  ///< of the request that was answered, after redirects
};

}  // namespace gitea
