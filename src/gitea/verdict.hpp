// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/error.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

/// Words and advice for one kind of failure.
struct Verdict {
  core::Fault fault = core::Fault::failed;
  std::string meaning;
  std::string hint;
};

/// A refusal: an answer with a status of 3xx or 4xx.
Verdict refusal(const Request& request, const Answer& answer);

/// No answer at all.
Verdict trouble(const Answer& answer, const Server& server);

}  // namespace gitea
