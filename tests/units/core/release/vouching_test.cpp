// SPDX-License-Identifier: MIT
#include "core/release/vouching.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/release/asset_name.hpp"

#include "units/core/release/snapshots.hpp"

using core::Asset;
using core::Desired;
using core::Memory;
using snapshots::asset;
using snapshots::ours;
using snapshots::theirs;

namespace {

Desired desired_with_key(const std::string& key = "key") {
  Desired desired = snapshots::desired_for();
  desired.signing =
      core::Signing{[](const std::string& checksums) { return "signed " + checksums; },
                    [key](const std::string& text) {
                      return core::digest_of(key + text).substr(0, core::code_length);
                    }};
  return desired;
}

Memory memory_at(const std::string& commit = snapshots::commit) {
  Memory memory;
  memory.commit = commit;
  return memory;
}

}  // namespace

TEST_CASE("a code is valid for one key, tag, commit, asset, name and digest") {
  const Desired desired = desired_with_key();
  const Asset app = asset(5, "app");
  Memory memory = memory_at();
  const std::string code = core::code_of(desired, memory, app, ours);
  CHECK(core::is_code(code));
  memory.codes[5] = {{ours, code}, {theirs, std::string(32, 'a')}};
  const auto vouched = [&](const Desired& one, const Memory& remembered, const Asset& of) {
    return core::vouched_digest(one, {}, remembered, of).has_value();
  };
  CHECK(core::vouched_digest(desired, {}, memory, app) == ours);
  CHECK_FALSE(vouched(desired_with_key("other"), memory, app));
  CHECK_FALSE(vouched(snapshots::desired_for(), memory, app));
  Desired other_tag = desired;
  other_tag.tag = "v2";
  CHECK_FALSE(vouched(other_tag, memory, app));
  Memory other_commit = memory;
  other_commit.commit = snapshots::other_commit;
  CHECK_FALSE(vouched(desired, other_commit, app));
  CHECK_FALSE(vouched(desired, memory, asset(5, "app2")));
  Memory other_id = memory_at();
  other_id.codes[6] = memory.codes[5];
  CHECK_FALSE(vouched(desired, other_id, asset(6, "app")));
  Memory other_digest = memory_at();
  other_digest.codes[5] = {{theirs, code}};
  CHECK_FALSE(vouched(desired, other_digest, app));
}

TEST_CASE("a file that this run has uploaded or has on disk needs no code") {
  Desired desired = desired_with_key();
  Memory memory = memory_at();
  memory.sent["app"] = {asset(5, "app"), ours};
  CHECK(core::vouched_digest(desired, {}, memory, asset(5, "app")) == ours);
  CHECK_FALSE(core::vouched_digest(desired, {}, memory, asset(6, "app")));
  memory = memory_at();
  memory.known[5] = core::record_entry(asset(5, "app"), ours);
  CHECK_FALSE(core::vouched_digest(desired, {}, memory, asset(5, "app")));
  desired.files.push_back({"app", "/ws/app", 3, ours});
  CHECK(core::vouched_digest(desired, {}, memory, asset(5, "app")) == ours);
  desired.files[0].sha256 = theirs;
  CHECK_FALSE(core::vouched_digest(desired, {}, memory, asset(5, "app")));
}

TEST_CASE("codes are read back from the record and from announcements") {
  const std::string code(32, 'c');
  const Asset app = asset(5, "app");
  core::RecordEntry entry = core::record_entry({5, "app", 3, "0123456b-1", ""}, ours);
  const core::Record plain = {{4, entry}};
  core::Record coded = plain;
  coded[7] = entry;
  coded[7].code = code;
  CHECK(core::parse_record(core::render_record(coded)) == coded);
  CHECK(core::parse_record(core::render_record(plain)) == plain);
  std::string broken = core::render_record(coded);
  broken.replace(broken.find(code), 1, "C");
  CHECK(core::parse_record(broken).empty());

  const Asset announced = asset(9, core::announcement_name(app, ours, code), 0);
  const auto read = core::parse_announcement(announced);
  REQUIRE(read);
  CHECK(read->code == code);
  CHECK(read->sha256 == ours);
  CHECK(read->is_of(app));
  CHECK_FALSE(read->is_of(asset(5, "other")));
  CHECK(core::is_own_asset_name(announced.name));
  for (const std::string& wrong :
       {std::string(31, 'c'), std::string(33, 'c'), std::string(32, 'C')}) {
    CHECK_FALSE(core::parse_announcement(asset(9, core::announcement_name(app, ours, wrong), 0)));
  }
}

TEST_CASE("codes are kept after their announcement was deleted, even by a run without the key") {
  const Desired desired = desired_with_key();
  const Asset app = asset(5, "app");
  Memory memory = memory_at();
  const std::string code = core::code_of(desired, memory, app, ours);
  snapshots::Observed observed{
      true, snapshots::commit, {app, asset(9, core::announcement_name(app, ours, code), 0)}};
  core::remember(memory, desired, snapshots::observe(observed));
  observed.assets.pop_back();
  const auto later = snapshots::observe(observed);
  CHECK(core::vouched_digest(desired, later, memory, app) == ours);
  const auto entry_of = [&](const Desired& one) {
    return core::known_record(one, later, memory, later.release->assets).at(5).code;
  };
  CHECK(entry_of(desired) == code);
  CHECK(entry_of(snapshots::desired_for()) == code);
}

TEST_CASE("an earlier wrong code does not invalidate the right one") {
  const Desired desired = desired_with_key();
  const Asset app = asset(5, "app");
  Memory memory = memory_at();
  const std::string code = core::code_of(desired, memory, app, ours);
  snapshots::Observed observed{
      true,
      snapshots::commit,
      {app, asset(8, core::announcement_name(app, theirs, std::string(32, '0')), 0),
       asset(9, core::announcement_name(app, ours, code), 0)}};
  const auto snapshot = snapshots::observe(observed);
  core::remember(memory, desired, snapshot);
  CHECK(core::vouched_digest(desired, snapshot, memory, app) == ours);
  CHECK(core::known_record(desired, snapshot, memory, snapshot.release->assets).at(5).sha256 ==
        ours);
}
