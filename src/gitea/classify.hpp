// SPDX-License-Identifier: MIT
// What a response means for its request, and what to do about it: one table, in classify.cpp.
// explain.hpp turns the result into an error message.
#pragma once

#include "core/reason.hpp"
#include "gitea/exchange.hpp"
#include "gitea/operation.hpp"

namespace gitea {

/// What to do next.
enum class Verdict {
  success,
  absent,  ///< the API itself says that it does not exist
  retry,   ///< send the same request again: nothing was done, or repeating it is harmless
  /// Read the release and decide then: the request may have been carried out, or may work now
  check_again,
  stop,
};

struct Classified {
  Verdict verdict = Verdict::stop;
  core::Reason reason = core::Reason::none;
  bool operator==(const Classified&) const = default;
};

/// Depends on the status of a response and on the message in it, or, if no response came, on
/// `Answer::transport_error` and `Answer::detail`.
Classified classify(Operation operation, const Answer& answer);

}  // namespace gitea
