// SPDX-License-Identifier: MIT
// Parses the dates that servers send.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace core {

/// Parses "Tue, 24 Nov 2026 10:00:00 GMT", the format of the header Date (RFC 9110); nullopt for
/// anything else.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

/// Parses "2026-11-24T10:00:00Z", or with an offset such as "+01:00" (RFC 3339), without fractions
/// of a second, as the API sends it; nullopt for anything else.
std::optional<std::chrono::sys_seconds> parse_timestamp(std::string_view text);

}  // namespace core
