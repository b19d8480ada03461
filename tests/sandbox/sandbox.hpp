// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "control.hpp"
#include "faults.hpp"
#include "http_server.hpp"
#include "push.hpp"
#include "request_log.hpp"
#include "world.hpp"

namespace sandbox {

/// The whole server behind the wire: log, faults, API, web side and control plane.
class Sandbox {
 public:
  /// `base_path` is "" or "/git": paths outside are not served (except the control plane).
  Sandbox(const Profile& profile, const std::string& root_url, std::string base_path,
          const std::filesystem::path& data);

  Answer handle(const Request& request, Body& body);
  World& world() { return world_; }
  /// Stops searching requests for tokens.
  void stop_watching() { watches_ = false; }
  /// Ends the connections of additional doors; false if one is still busy.
  bool stop() { return doors_.stop(); }

 private:
  Answer answer(const Request& request, Body& body, RequestLog::Entry& entry);
  /// Reads the request, and returns when it is to be carried out.
  void postpone(const Fault& fault, Body& body, const RequestLog::Entry& entry);
  Response carry_out(const Request& request, Body& body, RequestLog::Entry& entry,
                     std::optional<std::uint64_t> stored_bytes = {});
  std::vector<std::string> tokens();

  World world_;
  PushQueue pushes_;
  Faults faults_;
  RequestLog log_;
  Leaks leaks_;
  bool watches_ = true;
  std::string base_path_;
  Doors doors_;  ///< last: its connections use all the others
};

}  // namespace sandbox
