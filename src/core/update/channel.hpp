// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "core/version/version.hpp"

namespace core {

/// How stable a version is, least stable first. Who accepts a channel also accepts the more stable ones.
enum class Channel { dev, alpha, beta, rc, stable };

/// Depends only on the version. `dev` for prereleases with other words, and for development releases
/// (PEP 440).
Channel channel_of(const Version& version);

std::string_view name_of(Channel channel);
std::optional<Channel> parse_channel(std::string_view name);

/// Whether a release of the channel `offered` is acceptable to who wants `wanted`.
inline bool admits(Channel wanted, Channel offered) { return offered >= wanted; }

}  // namespace core
