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

/// What Gitea does in git before it writes a row: nothing for a draft or a tag that exists, else
/// the tag is made. Sets `created` of the row. Takes the world's lock; `window` is the time git
/// takes. Throws ReleaseError.
void make_tag(World& world, Repository& repository, const Identity& identity, ReleaseRow& row,
              const std::string& message, std::chrono::milliseconds window);

/// The row gets its id. Needs the world locked and the write lock. Throws ReleaseError when the
/// exact tag has a row.
void insert_row(World& world, Repository& repository, ReleaseRow& row);

/// Writes all columns, whatever the table says by now. Needs both locks. Throws ReleaseError.
void write_row(Repository& repository, const ReleaseRow& row);

/// Removes the assets of a release and their bytes. Needs both locks.
void remove_assets(World& world, Repository& repository, std::int64_t release_id);

/// A title as the server stores it.
std::string shortened(const Profile& profile, const std::string& title);

/// Whether somebody may make this tag in spite of the protections.
bool may_make_tag(const Repository& repository, const Identity& identity, const std::string& tag);

}  // namespace sandbox
