// SPDX-License-Identifier: MIT
// Rules for the names of assets.
#pragma once

#include <string>
#include <string_view>

namespace core {

/// Bytes; longer names fail on MySQL and PostgreSQL.
inline constexpr std::size_t max_asset_name = 255;

/// Whether the name has the form of an announcement, an asset that this program creates to announce
/// a digest to other runs: `.sha256.ID.HEX`, `.sha256.ID.HEX.NAME` or `.sha256.ID.HEX-CODE.NAME`.
bool is_own_asset_name(std::string_view name);

/// What is wrong with `name` as the name of an asset, as a text that continues "the name …"; "" if
/// it is valid.
std::string fault_of_asset_name(std::string_view name);

}  // namespace core
