// SPDX-License-Identifier: MIT
// The table of what a rejected request means and what to do about it, in words.
#pragma once

#include <span>
#include <string_view>

#include "core/error.hpp"
#include "core/reason.hpp"
#include "gitea/operation_groups.hpp"
#include "gitea/status_range.hpp"

namespace gitea {

/// Whether the hint is what has to be done, or names a cause that nobody has checked. Such a hint says
/// so: "it can be", "may", "if" or "check".
enum class Hint { certain, possible };

/// The texts may contain the words of explain_answer.cpp, such as {size}.
struct Sentence {
  core::Reason reason;
  Operations operations;
  StatusRange statuses;
  core::Fault fault;         ///< if the request cannot be retried
  std::string_view meaning;  ///< "" if the response says enough
  Hint surety;
  std::string_view hint;
};

/// The row that applies to a response is the first that matches.
std::span<const Sentence> sentences();

}  // namespace gitea
