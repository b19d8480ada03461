// SPDX-License-Identifier: MIT
// Between JSON on the wire and the nouns of core/release.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "core/release.hpp"
#include "core/release/plan.hpp"
#include "core/tag_protection.hpp"

namespace gitea {

/// What the server says of a repository.
struct RepositoryInfo {
  std::string default_branch;
  bool archived = false;
  bool empty = false;
  bool has_releases = true;   ///< the Releases unit is on
  bool administered = false;  ///< by the token's user, who sees its protected tags
};

/// Throw Error (failed) where a member has the wrong type or the id is missing.
core::Release parse_release(const core::Json& json);
core::Asset parse_asset(const core::Json& json);
core::Tag parse_tag(const core::Json& json);
core::Commit parse_commit(const core::Json& json);
std::string parse_sha(const core::Json& json);  ///< of a commit: 40 or 64 hexadecimal digits
RepositoryInfo parse_repository(const core::Json& json);
std::vector<core::TagProtection> parse_tag_protections(const core::Json& json);

/// "0a1b2c3d-…": 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text);

std::string render(const core::CreateRelease& create);
std::string render(const core::EditRelease& edit);
std::string render(const core::CreateTag& create);

}  // namespace gitea
