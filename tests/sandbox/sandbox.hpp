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
  /// `base_path` is "" or "/git": what lies outside is not served (but the control plane is).
  Sandbox(const Profile& profile, const std::string& root_url, std::string base_path,
          const std::filesystem::path& data);

  Answer handle(const Request& request, Body& body);
  World& world() { return world_; }
  /// No more looking for tokens in what comes in.
  void stop_watching() { watches_ = false; }
  /// Ends what comes in by further doors; false where something of it goes on.
  bool stop() { return doors_.stop(); }

 private:
  Answer answer(const Request& request, Body& body, RequestLog::Entry& entry);
  /// Takes the request in, and returns when it is to be carried out.
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
  Doors doors_;  ///< last: its connections use all the rest
};

}  // namespace sandbox
