// SPDX-License-Identifier: MIT
// Snapshots of releases, and desired states for them: the inputs of the tests of the plan.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/release/plan.hpp"

namespace snapshots {

inline const std::string commit(40, '1');
inline const std::string other_commit(40, '2');
inline const core::Digest ours(64, 'a');
inline const core::Digest theirs(64, 'b');

using Actions = std::vector<core::Action>;

inline core::Asset asset(std::uint64_t id, const std::string& name, std::uint64_t size = 3) {
  return {id, name, size, "uuid" + std::to_string(1000 + id), ""};
}

/// The announcement for `of`: an empty asset.
inline core::Asset announcement(std::uint64_t id, const core::Asset& of,
                                const core::Digest& sha256 = ours) {
  return asset(id, core::announcement_name(of, sha256), 0);
}

struct Observed {
  bool draft = false;
  std::optional<std::string> mark = {};
  std::vector<core::Asset> assets = {};
  core::Record record = {};
  std::string text = "Notes";
};

inline core::Release release_of(const Observed& observed) {
  core::Release release;
  release.id = 1;
  release.tag = "v1";
  release.name = "Title";
  release.draft = observed.draft;
  release.assets = observed.assets;
  release.body =
      core::render_notes({observed.text, observed.mark, observed.record}, observed.assets);
  return release;
}

inline core::Snapshot observe(const Observed& observed) {
  return core::snapshot_of(release_of(observed));
}

/// A release with these assets and empty notes.
inline core::Snapshot snapshot_with(const std::vector<core::Asset>& assets) {
  core::Release release;
  release.id = 1;
  release.assets = assets;
  return core::snapshot_of(release);
}

/// Adds an asset to the record of `snapshot`.
inline void record(core::Snapshot& snapshot, const core::Asset& one, const core::Digest& digest) {
  snapshot.record[one.id] = snapshot.notes.record[one.id] = core::record_entry(one, digest);
}

using Ids = std::vector<std::uint64_t>;

inline Ids ids(const std::vector<core::Asset>& assets) {
  Ids result;
  for (const core::Asset& one : assets) result.push_back(one.id);
  return result;
}

/// A marked draft, or a release, with our file "a", which is recorded.
inline Observed complete(bool draft, std::optional<std::string> mark) {
  return {draft, std::move(mark), {asset(5, "a")}, {{5, core::record_entry(asset(5, "a"), ours)}}};
}

inline core::Desired desired_for(const std::vector<std::string>& names = {}) {
  core::Desired desired;
  desired.tag = "v1";
  desired.target = commit;
  for (const std::string& name : names) desired.files.push_back({name, "/ws/" + name, 3, ours});
  return desired;
}

/// "a" of the set of "a" and "b".
inline core::Desired one_of_two() {
  core::Desired desired = desired_for({"a"});
  desired.required = {"a", "b"};
  return desired;
}

/// A draft with "a", whose digest is known, and "b", which another job has not announced yet.
inline Observed both(bool draft = true) {
  Observed observed = complete(draft, commit);
  observed.assets.push_back(asset(6, "b"));
  return observed;
}

/// The memory of a run after this first snapshot.
inline core::Memory memory_of(const core::Desired& desired, const core::Snapshot& snapshot) {
  core::Memory memory;
  memory.commit = commit;
  memory.tag_exists = true;
  core::remember(memory, desired, snapshot);
  return memory;
}

/// The same for a run that has uploaded `sent` since.
inline core::Memory memory_with(const core::Desired& desired, const core::Snapshot& snapshot,
                                const core::Asset& sent, const core::Digest& sha256 = ours) {
  core::Memory memory = memory_of(desired, snapshot);
  memory.sent[sent.name] = {sent, sha256};
  memory.known[sent.id] = core::record_entry(sent, sha256);
  return memory;
}

inline core::Step plan_at(const core::Desired& desired, const core::Snapshot& snapshot) {
  return core::plan(desired, snapshot, memory_of(desired, snapshot));
}

template <typename T>
const T& at(const Actions& actions, std::size_t index) {
  REQUIRE(index < actions.size());
  REQUIRE(std::holds_alternative<T>(actions[index]));
  return std::get<T>(actions[index]);
}

/// The one edit among the actions, which must be the last one.
inline const core::EditRelease& last_edit(const Actions& actions) {
  REQUIRE_FALSE(actions.empty());
  return at<core::EditRelease>(actions, actions.size() - 1);
}

/// The only action.
template <typename T>
const T& only(const Actions& actions) {
  REQUIRE(actions.size() == 1);
  return at<T>(actions, 0);
}

inline std::optional<std::string> mark_in(const core::EditRelease& edit) {
  REQUIRE(edit.body);
  return core::parse_notes(*edit.body).mark;
}

}  // namespace snapshots
