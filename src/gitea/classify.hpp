// SPDX-License-Identifier: MIT
// What an answer means for what was asked, and what is to be done about it: one table, in
// classify.cpp. Words are made of it afterwards (explain.hpp).
#pragma once

#include "core/reason.hpp"
#include "gitea/exchange.hpp"
#include "gitea/operation.hpp"

namespace gitea {

/// What to do next.
enum class Verdict {
  success,
  absent,      ///< it is not there, says the API itself
  retry,       ///< send the same again: nothing was done, or it does not matter how often it is
  look_again,  ///< a look at the release decides: it may have been carried out, or may work now
  stop,
};

struct Classified {
  Verdict verdict = Verdict::stop;
  core::Reason reason = core::Reason::none;
  bool operator==(const Classified&) const = default;
};

/// Of an answer that redirects, `Answer::circles` and its location are the data; of one that
/// refuses, the server's words; of none at all, `Answer::trouble`.
Classified classify(Operation operation, const Answer& answer);

}  // namespace gitea
