// SPDX-License-Identifier: MIT
// What a reason means, and what to do about it. Each function covers one group of reasons and has
// its own file.
#pragma once

#include <string>

#include "core/error.hpp"
#include "core/reason.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

struct Explanation {
  core::Fault fault = core::Fault::failed;  ///< if the request cannot be retried
  std::string meaning;                      ///< "" if the response says enough
  std::string hint;
};

/// The server, or something between it and the runner, rejected the request or failed
/// (explain_answer.cpp, by the table in sentences.cpp).
Explanation explain_answer(core::Reason reason, const Request& request, const Answer& answer,
                           const Server& server);

/// No response came (explain_transport.cpp).
Explanation explain_transport(core::Reason reason, const Answer& answer, const Server& server);

}  // namespace gitea
