// SPDX-License-Identifier: MIT
#pragma once

#include "body.hpp"
#include "doors.hpp"
#include "faults.hpp"
#include "http_message.hpp"
#include "leaks.hpp"
#include "push.hpp"
#include "request_log.hpp"
#include "world.hpp"

namespace sandbox {

/// The parts of the server that the control plane uses.
struct Controlled {
  World& world;
  PushQueue& pushes;
  Faults& faults;
  RequestLog& log;
  Leaks& leaks;
  Doors& doors;
};

/// Answers a request below `/_sandbox/`; `path` is the rest.
Response serve_control(Controlled& parts, const Request& request, Body& body,
                       const std::string& path);

}  // namespace sandbox
