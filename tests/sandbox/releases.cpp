// SPDX-License-Identifier: MIT
#include "releases.hpp"

#include <algorithm>
#include <thread>

#include "text.hpp"

namespace sandbox {

namespace {

ReleaseError other(std::string text) { return {ReleaseError::Kind::other, std::move(text)}; }

std::string target_text(const Profile& profile, const std::string& target) {
  std::string text(profile.unknown_target_prefix);
  if (const auto at = text.find("{target}"); at != std::string::npos) text.replace(at, 8, target);
  return text + "object does not exist [id: " + target + ", rel_path: ]";
}

}  // namespace

bool may_make_tag(const Repository& repository, const Identity& identity, const std::string& tag) {
  return std::all_of(
      repository.protections.begin(), repository.protections.end(), [&](const auto& protection) {
        return !matches_glob(protection.pattern, tag) ||
               std::find(protection.users.begin(), protection.users.end(), identity.user.name) !=
                   protection.users.end();
      });
}

void make_tag(World& world, Repository& repository, const Identity& identity, ReleaseRow& row,
              const std::string& message, std::chrono::milliseconds window) {
  std::string commit;
  {
    const auto guard = world.lock();
    if (repository.archived && world.profile.archived_blocks_releases) {
      throw ReleaseError{ReleaseError::Kind::archived,
                         "<Repository " + std::to_string(repository.id) + ":" +
                             world.full_name(repository) + "> is archived"};
    }
    if (row.is_draft) {
      row.created = unix_now();
      return;
    }
    if (repository.git.find_tag(row.tag_name) == nullptr) {
      if (!may_make_tag(repository, identity, row.tag_name)) {
        throw ReleaseError{ReleaseError::Kind::protected_tag,
                           "release tag name is protected [tag_name: " + row.tag_name + "]"};
      }
      const auto resolved = repository.git.resolve(row.target);
      if (!resolved) {
        throw ReleaseError{ReleaseError::Kind::unknown_target,
                           target_text(world.profile, row.target)};
      }
      commit = *resolved;
    }
  }
  std::this_thread::sleep_for(window);
  if (commit.empty()) return;
  if (row.tag_name.starts_with("--")) row.tag_name.erase(0, 2);
  if (!is_valid_tag_name(row.tag_name)) {
    throw other("release tag name is not valid [tag_name: " + row.tag_name + "]");
  }
  const auto guard = world.lock();
  const std::int64_t now = unix_now();
  if (auto error = repository.git.add_tag(row.tag_name, commit, message, now)) throw other(*error);
  row.created = now;
  row.lower_tag_name = lower(row.tag_name);
}

void insert_row(World& world, Repository& repository, ReleaseRow& row) {
  for (const auto& [id, present] : repository.releases) {
    if (present.tag_name == row.tag_name) {
      throw other("UNIQUE constraint failed: release.repo_id, release.tag_name");
    }
  }
  row.id = ++world.last_release_id;
  repository.releases[row.id] = row;
}

void write_row(Repository& repository, const ReleaseRow& row) {
  for (const auto& [id, present] : repository.releases) {
    if (id != row.id && present.tag_name == row.tag_name) {
      throw other("UNIQUE constraint failed: release.repo_id, release.tag_name");
    }
  }
  const auto found = repository.releases.find(row.id);
  if (found == repository.releases.end()) {
    throw other("release does not exist [id: " + std::to_string(row.id) + ", tag_name: ]");
  }
  found->second = row;
}

void remove_assets(World& world, Repository& repository, std::int64_t release_id) {
  std::erase_if(repository.assets, [&](const auto& entry) {
    if (entry.second.release_id != release_id) return false;
    world.blobs.remove(entry.second.uuid);
    return true;
  });
}

std::string shortened(const Profile& profile, const std::string& title) {
  constexpr std::size_t most = 255;
  switch (profile.name_limit) {
    case Profile::NameLimit::none:
      return title;
    case Profile::NameLimit::cut_bytes:
      return first_bytes(title, most);
    case Profile::NameLimit::bytes:  // 252 bytes and the three of "…"
      return title.size() <= most ? title : first_bytes(title, most - 3) + "…";
    case Profile::NameLimit::characters:  // measured: 252 characters and "…"
      return length_utf8(title) <= most ? title : first_characters(title, most - 3) + "…";
  }
  return title;
}

}  // namespace sandbox
