// SPDX-License-Identifier: MIT
// Between JSON on the wire and the nouns of core/release.hpp.
#pragma once

#include <string>
#include <string_view>

#include "core/json.hpp"
#include "core/release.hpp"
#include "core/release/plan.hpp"

namespace gitea {

/// Throw Error (failed) where a member has the wrong type or the id is missing.
core::Release parse_release(const core::Json& json);
core::Asset parse_asset(const core::Json& json);
core::Tag parse_tag(const core::Json& json);
core::Commit parse_commit(const core::Json& json);

/// "0a1b2c3d-…": 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text);

std::string render(const core::CreateRelease& create);
std::string render(const core::EditRelease& edit);
std::string render(const core::CreateTag& create);

}  // namespace gitea
