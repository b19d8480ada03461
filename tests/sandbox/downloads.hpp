// SPDX-License-Identifier: MIT
#pragma once

#include "accounts.hpp"
#include "http_message.hpp"
#include "world.hpp"

namespace sandbox {

/// The web side: bytes of assets, and pages for browsers. `user` is set to the sender, for the
/// request log.
Response serve_web(World& world, const Request& request, std::string& user);

}  // namespace sandbox
