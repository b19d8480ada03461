// SPDX-License-Identifier: MIT
// The dates that servers write.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace core {

/// "Tue, 24 Nov 2026 10:00:00 GMT", the one form of a Date header that servers send (RFC 9110);
/// nullopt for anything else.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

/// "2026-11-24T10:00:00Z" or with an offset such as "+01:00" (RFC 3339), without fractions of a second,
/// as the API writes them; nullopt for anything else.
std::optional<std::chrono::sys_seconds> parse_timestamp(std::string_view text);

}  // namespace core
