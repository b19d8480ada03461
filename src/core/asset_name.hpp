// SPDX-License-Identifier: MIT
// Which names an asset may have.
#pragma once

#include <string>
#include <string_view>

namespace core {

/// Bytes; longer ones fail on MySQL and PostgreSQL.
inline constexpr std::size_t max_asset_name = 255;

/// Whether the name begins as the names do that this program gives to assets of its own, with which
/// its runs tell each other what a file holds: `.sha256.ID.HEX` and `.sha256.ID.HEX.NAME`.
bool is_own_asset_name(std::string_view name);

/// What is wrong with `name` as the name of an asset that a job brings, to be read behind it; "" where
/// nothing is.
std::string fault_of_asset_name(std::string_view name);

}  // namespace core
