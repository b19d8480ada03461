// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http_message.hpp"
#include "http_server.hpp"
#include "json.hpp"

namespace sandbox {

/// Something that goes wrong on purpose with the next requests of a kind.
struct Fault {
  enum class Kind {
    status,
    drop,
    reset_before,
    reset_mid_body,
    cut,
    stall,
    delay,
    slow,
    redirect,
    garbage,
    execute_status,
    truncate,
    shut,
    late,
    hold
  };

  Kind kind = Kind::status;
  std::string kind_name;
  std::string method;      ///< "" for any
  std::string path;        ///< part of path?query; "" for any
  int port = 0;            ///< of the request; 0 for any
  std::int64_t skip = 0;   ///< matching requests that pass first
  std::int64_t times = 1;  ///< how often it applies; -1: for ever
  std::int64_t hits = 0;
  int status = 0;  ///< 0: the usual one of the kind
  std::optional<std::string> body;
  std::string content_type;
  std::string location;
  std::uint64_t after = 0;
  Answer::Part within = Answer::Part::any;  ///< cut
  std::uint64_t fill = 0;                   ///< garbage: JSON with that many meaningless bytes
  std::chrono::milliseconds wait{0};
  std::optional<bool> execute;  ///< stall: also carry the request out
  bool read_body = false;       ///< status, redirect: read the whole body first
  bool drop = false;            ///< truncate, late, hold: without a response
  std::vector<std::pair<std::string, std::string>> headers;
  std::uint64_t releases_before = 0;  ///< hold: number of releases when it applied

  /// The request is carried out before its response is changed.
  bool executes() const;
  /// The request is read, and waits.
  bool postpones() const { return kind == Kind::late || kind == Kind::hold; }
};

class Faults {
 public:
  /// Throws std::invalid_argument that says what is wrong.
  void add(const Json& wanted);
  void clear();
  Json show() const;
  /// The fault that applies to this request, if any; counts it.
  std::optional<Fault> strike(const Request& request);
  /// Releases everything that is held.
  void release();
  /// Waits until the request may be carried out.
  void postpone(const Fault& fault);

 private:
  mutable std::mutex mutex_;
  std::condition_variable released_;
  std::uint64_t releases_ = 0;
  std::vector<Fault> faults_;
};

/// The response to a request that is not carried out.
Answer refused_by(const Fault& fault, const Request& request);
/// The real response, as changed by the fault.
Answer spoilt_by(const Fault& fault, Response response);

}  // namespace sandbox
