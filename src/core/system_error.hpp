// SPDX-License-Identifier: MIT
// What the operating system refuses, in words: an input or a machine can cause all of it.
#pragma once

#include <exception>
#include <string>
#include <system_error>

#include "core/error.hpp"

namespace core {

/// What happened, and what to do about it. `subject` is the path or the thing that it happened to;
/// it may be empty.
Error error_of(const std::error_code& code, const std::string& subject);

/// The same for whatever was thrown: an Error as it is, what the system or the library reports in
/// its words, and the rest, which only a mistake of ours can cause, as what it is.
Error error_of(const std::exception_ptr& thrown);

}  // namespace core
