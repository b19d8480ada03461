// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "core/operation.hpp"
#include "core/reason.hpp"

namespace core {

/// What kind of failure it is; decides the exit status.
enum class Fault {
  failed,    ///< running it again may help (exit status 1)
  workflow,  ///< the workflow or a setting has to be changed (exit status 2)
  /// A request was sent, and may or may not have been carried out: reading the release again
  /// decides. Exit status 1 if it cannot be read.
  uncertain,
};

/// The only error type: one sentence on what happened, and one on what to do about it.
class Error : public std::exception {
 public:
  Error(Fault whose, std::string what_happened, std::string what_to_do = {})
      : fault(whose), message(std::move(what_happened)), hint(std::move(what_to_do)) {}

  const char* what() const noexcept override { return message.c_str(); }

  Fault fault;
  std::string message;
  std::string hint;

  // Only for a failed request; `message` is composed of these.
  Reason reason = Reason::none;
  std::optional<Operation> operation;
  std::string asked;        ///< "uploading app.tgz"
  std::string answered;     ///< "the server responded 500"; "" if no response came
  std::uint64_t notes = 0;  ///< bytes of release notes that were sent
  std::optional<std::chrono::seconds> retry_after;  ///< when the response says to retry
};

/// The effect on the server of a write that failed with an Error.
enum class Effect {
  refused_for_good,  ///< none; the same request would be rejected again
  refused_for_now,   ///< none; read the release again, and perhaps retry
  unknown,           ///< it may have been carried out: read the release to find out
};

inline Effect effect_of(const Error& error) {
  if (may_have_happened(error.reason)) return Effect::unknown;
  return error.fault == Fault::uncertain ? Effect::refused_for_now : Effect::refused_for_good;
}

/// Runs `work`, and puts `doing` before the message of an Error that it throws: "uploading app.tgz:
/// …".
template <typename Work>
decltype(auto) within(const std::string& doing, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (Error& error) {
    error.message = doing + ": " + error.message;
    throw;
  }
}

}  // namespace core
