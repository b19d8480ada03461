// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "accounts.hpp"
#include "world.hpp"

namespace sandbox {

/// Why a release could not be written.
struct ReleaseError {
  enum class Kind { archived, protected_tag, unknown_target, other };
  Kind kind = Kind::other;
  std::string text;
};

/// What Gitea does in git before it writes a row: nothing for a draft or an existing tag, otherwise
/// it creates the tag. Sets `created` of the row. Locks the world; `window` is the time that git
/// takes. Throws ReleaseError.
void make_tag(World& world, Repository& repository, const Identity& identity, ReleaseRow& row,
              const std::string& message, std::chrono::milliseconds window);

/// The row gets its id. The world and the write lock must be held. Throws ReleaseError if the exact
/// tag has a row.
void insert_row(World& world, Repository& repository, ReleaseRow& row);

/// Writes all columns, even if the table has changed since. Both locks must be held. Throws
/// ReleaseError.
void write_row(Repository& repository, const ReleaseRow& row);

/// Deletes the assets of a release and their bytes. Both locks must be held.
void remove_assets(World& world, Repository& repository, std::int64_t release_id);

/// A title as the server stores it.
std::string shortened(const Profile& profile, const std::string& title);

/// Whether the user may create this tag in spite of the protections.
bool may_make_tag(const Repository& repository, const Identity& identity, const std::string& tag);

}  // namespace sandbox
