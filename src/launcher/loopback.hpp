// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace launcher {

/// The body of the answer to GET `address` + `path`, if it is 200, complete within `time` and at most
/// 64 KiB. Only for http on this machine ("http://127.0.0.1:8000", "http://[::1]:8000/base",
/// "http://localhost:8000"): no proxy, no redirect. nullopt for everything else.
std::optional<std::string> loopback_get(const std::string& address, const std::string& path,
                                        std::chrono::milliseconds time);

}  // namespace launcher
