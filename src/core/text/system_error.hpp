// SPDX-License-Identifier: MIT
// Explains errors of the operating system, which inputs or the machine can cause.
#pragma once

#include <exception>
#include <string>
#include <system_error>

#include "core/error.hpp"

namespace core {

/// The Error for `code`: what happened, and what to do about it. `subject` is the path or thing
/// concerned; it may be empty.
Error error_of(const std::error_code& code, const std::string& subject);

/// The Error for any exception: an Error unchanged, an error of the system or the standard library
/// explained, and everything else, which only a bug can cause, as "unexpected".
Error error_of(const std::exception_ptr& thrown);

}  // namespace core
