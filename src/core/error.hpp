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

/// Who can do something about a failure; decides the exit status.
enum class Fault {
  failed,     ///< it did not work out; running it again may help (exit status 1)
  workflow,   ///< the workflow or its settings have to be changed (exit status 2)
  uncertain,  ///< a request was sent and nobody knows whether it was carried out: the next look
              ///< decides. Exit status 1 where no look can.
};

/// The one error type: one sentence on what happened, one on what to do about it.
class Error : public std::exception {
 public:
  Error(Fault whose, std::string what_happened, std::string what_to_do = {})
      : fault(whose), message(std::move(what_happened)), hint(std::move(what_to_do)) {}

  const char* what() const noexcept override { return message.c_str(); }

  Fault fault;
  std::string message;
  std::string hint;

  // Of a request that failed; `message` is made of them.
  Reason reason = Reason::none;
  std::optional<Operation> operation;
  std::string asked;        ///< "uploading app.tgz"
  std::string answered;     ///< "the server answered 500"; "" without an answer
  std::uint64_t notes = 0;  ///< bytes of release notes that were sent
  std::optional<std::chrono::seconds> retry_after;  ///< when the answer says to come again
};

/// What a write that ended in an Error did on the server.
enum class Effect {
  refused_for_good,  ///< nothing, and the same again would be refused again
  refused_for_now,   ///< nothing; another look, and then perhaps the same again
  unknown,           ///< it may have been carried out: only a look tells
};

inline Effect effect_of(const Error& error) {
  if (may_have_happened(error.reason)) return Effect::unknown;
  return error.fault == Fault::uncertain ? Effect::refused_for_now : Effect::refused_for_good;
}

/// Runs `work`; an Error that leaves it says first what was being done: "uploading app.tgz: …".
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
