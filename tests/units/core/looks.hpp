// SPDX-License-Identifier: MIT
// Releases as one look finds them, and wishes for them: what the tests of the plan begin with.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/release/plan.hpp"

namespace looks {

inline const std::string commit(40, '1');
inline const std::string other_commit(40, '2');
inline const core::Digest ours(64, 'a');
inline const core::Digest theirs(64, 'b');

using Actions = std::vector<core::Action>;

inline core::Asset asset(std::uint64_t id, const std::string& name, std::uint64_t size = 3) {
  return {id, name, size, "uuid" + std::to_string(1000 + id), ""};
}

/// The empty asset that says what `of` holds.
inline core::Asset entry(std::uint64_t id, const core::Asset& of,
                         const core::Digest& sha256 = ours) {
  return asset(id, core::entry_name(of, sha256), 0);
}

struct Look {
  bool draft = false;
  std::optional<std::string> mark = {};
  std::vector<core::Asset> assets = {};
  core::Record record = {};
  std::string text = "Notes";
};

inline core::Release release_of(const Look& look) {
  core::Release release;
  release.id = 1;
  release.tag = "v1";
  release.name = "Title";
  release.draft = look.draft;
  release.assets = look.assets;
  release.body = core::render_notes({look.text, look.mark, look.record}, look.assets);
  return release;
}

inline core::Snapshot observe(const Look& look) { return core::snapshot_of(release_of(look)); }

/// A marked draft, or a release, that has file "a" of ours, recorded.
inline Look complete(bool draft, std::optional<std::string> mark) {
  return {draft, std::move(mark), {asset(5, "a")}, {{5, core::record_entry(asset(5, "a"), ours)}}};
}

inline core::Desired wishes(const std::vector<std::string>& names = {}) {
  core::Desired desired;
  desired.tag = "v1";
  desired.target = commit;
  for (const std::string& name : names) desired.files.push_back({name, "/ws/" + name, 3, ours});
  return desired;
}

/// What a run remembers after this as its first look.
inline core::Memory memory_of(const core::Desired& desired, const core::Snapshot& look) {
  core::Memory memory;
  memory.commit = commit;
  memory.tag_exists = true;
  core::remember(memory, desired, look);
  return memory;
}

/// The same of a run that has uploaded `sent` since.
inline core::Memory memory_with(const core::Desired& desired, const core::Snapshot& look,
                                const core::Asset& sent, const core::Digest& sha256 = ours) {
  core::Memory memory = memory_of(desired, look);
  memory.sent[sent.name] = {sent, sha256};
  memory.known[sent.id] = core::record_entry(sent, sha256);
  return memory;
}

inline core::Step plan_at(const core::Desired& desired, const core::Snapshot& look) {
  return core::plan(desired, look, memory_of(desired, look));
}

template <typename T>
const T& at(const Actions& actions, std::size_t index) {
  REQUIRE(index < actions.size());
  REQUIRE(std::holds_alternative<T>(actions[index]));
  return std::get<T>(actions[index]);
}

/// The one edit among the actions, which has to be the last one.
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

}  // namespace looks
