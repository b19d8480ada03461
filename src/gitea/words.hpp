// SPDX-License-Identifier: MIT
// From a reason to words: what it means, and what to do. Each function knows its own reasons, and
// is in a file of its own.
#pragma once

#include <string>

#include "core/error.hpp"
#include "core/reason.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

struct Words {
  core::Fault fault = core::Fault::failed;  ///< where it cannot be tried again
  std::string meaning;                      ///< "" where the answer says it all
  std::string hint;
};

/// A refusal of the server's own (refusal.cpp), and where something failed inside it.
Words words_of_server(core::Reason reason, const Request& request, const Answer& answer);

/// What somebody between the runner and the server's API answered (between.cpp).
Words words_of_others(core::Reason reason, const Request& request, const Answer& answer,
                      const Server& server);

/// No answer at all (trouble.cpp).
Words words_of_trouble(core::Reason reason, const Answer& answer, const Server& server);

}  // namespace gitea
