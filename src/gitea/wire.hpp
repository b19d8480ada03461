// SPDX-License-Identifier: MIT
// Converts between the API's JSON and the types of core/release.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/release.hpp"
#include "core/release/action.hpp"
#include "core/release/tag_protection.hpp"
#include "core/text/json.hpp"

namespace gitea {

/// What the server reports about a repository.
struct RepositoryInfo {
  std::string default_branch;
  bool archived = false;
  bool empty = false;
  bool mirror = false;       ///< of another repository, whose tags replace its own
  bool has_releases = true;  ///< the Releases unit is enabled
  bool administered =
      false;  ///< the token's user is an administrator, who may see the protected tags
};

/// These throw Error (failed) if a member has the wrong type or a required one is missing.
core::Release parse_release(const core::Json& json);
/// The same with at most 16 KiB of the notes: those of a thousand releases can have 60 MB.
core::Release parse_listed_release(const core::Json& json);
core::Asset parse_asset(const core::Json& json);
core::Tag parse_tag(const core::Json& json);
core::Commit parse_commit(const core::Json& json);
/// nullopt if the pull request was not merged.
std::optional<core::PullRequest> parse_merged_pull(const core::Json& json);
/// When a pull request was merged; nullopt if it was not.
std::optional<std::chrono::sys_seconds> parse_merged(const core::Json& json);
std::chrono::sys_seconds parse_updated(const core::Json& json);  ///< 0 if it is not sent
std::string parse_sha(const core::Json& json);  ///< the id of a commit: 40 or 64 hexadecimal digits
RepositoryInfo parse_repository(const core::Json& json);
std::vector<core::TagProtection> parse_tag_protections(const core::Json& json);

/// "0a1b2c3d-…": 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text);

std::string render(const core::CreateRelease& create);
std::string render(const core::EditRelease& edit);
std::string render(const core::CreateTag& create);

}  // namespace gitea
