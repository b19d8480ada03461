// SPDX-License-Identifier: MIT
// One request and its result.
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

/// The hint for a response that neither Gitea nor Forgejo would send.
inline constexpr const char* strange_answer =
    "Check that 'server_url' is a Gitea or Forgejo server, and that no proxy changes its "
    "responses.";

/// Receives the next piece of a body; returns false to stop the transfer.
using Sink = std::function<bool(std::string_view)>;

/// The progress of a download: each attempt requests the missing rest.
struct Resume {
  std::uint64_t offset = 0;  ///< bytes received so far
  bool continued =
      false;  ///< the current response continues there; otherwise it starts from the beginning
  /// The ETag of the content that the received bytes belong to; "" if unknown. The server sends other
  /// content from the beginning.
  std::string validator = {};
};

struct Request {
  explicit Request(Operation what, std::string where = {})
      : operation(what), method(method_of(what)), path(std::move(where)) {}

  Operation operation;
  std::string method;
  std::string path;        ///< below the base of the API, percent-encoded, with its query
  bool from_root = false;  ///< `path` is below the server's root instead
  std::string accept = "application/json";
  std::string json;         ///< a JSON body
  std::uint64_t notes = 0;  ///< bytes of release notes in it
  std::optional<core::Source> upload;
  std::string content_type;     ///< of the upload
  std::string file_name;        ///< of the upload, for messages
  std::uint64_t file_size = 0;  ///< bytes of the file, without the multipart form around it
  bool expect_continue = true;  ///< a large upload waits for "100 Continue" before its body
  /// Receives the body of a 2xx response, of any size, instead of Answer::body. Each attempt opens
  /// it anew.
  std::function<Sink()> sink;
  Resume* resume = nullptr;  ///< for a request with a sink: where to continue
};

/// How a request ended.
enum class Delivery {
  answered,
  unsent,   ///< it never reached the server
  unknown,  ///< it was sent at least in part, and no response came
};

/// Why no response came.
enum class TransportError {
  none,
  unresolved,         ///< the host name cannot be resolved
  refused,            ///< the connection was refused
  timed_out,          ///< while connecting
  proxy,              ///< the proxy did not open the connection; Answer::detail has its status
  proxy_credentials,  ///< the proxy requires credentials, or rejects those that were sent
  tls,                ///< the handshake failed; Answer::detail may have the reason
  tls_bundle,  ///< the bundle of certificate authorities that Answer::detail names cannot be read
  tls_untrusted,    ///< Answer::detail has the verifier's message
  tls_out_of_date,  ///< Answer::detail has the verifier's message
  tls_other_name,   ///< the certificate is for another host
  broke_off,        ///< while the request was being sent
  stalled,          ///< no byte of a body moved for `stall_timeout`
  no_answer,        ///< to a request that was sent
  out_of_time,      ///< Server::deadline has passed
  other,            ///< Answer::detail has the library's message
};

struct Answer {
  Delivery delivery = Delivery::unknown;
  int status = 0;  ///< 0 if no response came
  std::string body;
  std::string content_type;
  std::string location;
  bool circles = false;  ///< too many redirects on this server
  std::string date;      ///< the header Date, unchanged
  std::optional<std::chrono::seconds> retry_after;
  std::optional<std::uint64_t> total_count;  ///< the number of entries on all pages of a list
  TransportError transport_error = TransportError::none;
  std::string detail;
  bool upload_begun = false;  ///< the library requested the first bytes of the upload
  int tries = 1;
  std::string path;  ///< of the request that was answered, after redirects were followed
};

}  // namespace gitea
