// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "core/token.hpp"
#include "core/update/update_config.hpp"
#include "gitea/server.hpp"

namespace fetch {

/// How long everything that is asked of a server may take. A server that asks to wait for longer is not
/// waited for: Error::retry_after then says how long.
inline constexpr std::chrono::minutes check_limit{10};
inline constexpr std::chrono::hours download_limit{6};

/// The server that the configuration names, and how to reach it from now on for `limit`. A relative
/// `ca_cert` is a path in `updater`. `environment`: for the proxies, unless the configuration names one.
/// The token goes to this server only. Throws Error (workflow) if the configuration cannot be used.
gitea::Server server_of(const core::UpdateConfig& config, const core::Token& token,
                        const std::filesystem::path& updater,
                        const std::map<std::string, std::string>& environment,
                        std::chrono::seconds limit);

/// The token for private repositories, from updater/token; empty without that file. Throws Error
/// (workflow) if it cannot be read.
core::Token token_in(const std::filesystem::path& updater);

}  // namespace fetch
