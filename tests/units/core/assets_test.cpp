// SPDX-License-Identifier: MIT
#include "core/release/assets.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/looks.hpp"

using core::assess;
using core::Asset;
using core::AssetState;
using core::Desired;
using core::Digest;
using core::LocalFile;
using core::Memory;
using core::Overwrite;
using core::Snapshot;
using core::snapshot_of;
using looks::asset;
using looks::ours;
using looks::theirs;
using looks::wishes;

namespace {

Snapshot look(const std::vector<Asset>& assets) {
  core::Release release;
  release.id = 1;
  release.assets = assets;
  return snapshot_of(release);
}

void record(Snapshot& seen, const Asset& one, const Digest& digest) {
  seen.record[one.id] = seen.notes.record[one.id] = core::record_entry(one, digest);
}

using Ids = std::vector<std::uint64_t>;

Ids ids(const std::vector<Asset>& assets) {
  Ids result;
  for (const Asset& one : assets) result.push_back(one.id);
  return result;
}

}  // namespace

TEST_CASE("a file that is not there is sent, and nothing is deleted for it") {
  const Desired desired = wishes({"a"});
  const AssetState state = assess(desired, look({asset(1, "b")}), {});
  REQUIRE(state.to_send.size() == 1);
  CHECK(state.to_send[0]->name == "a");
  CHECK(state.replaced.empty());
  CHECK(state.outdated.empty());
  CHECK(state.others.empty());
  CHECK(assess(desired, snapshot_of(std::nullopt), {}).to_send.size() == 1);
}

TEST_CASE("a file recorded under the highest id is kept, and only ids below it go") {
  const Desired desired = wishes({"a"});
  Snapshot seen = look({asset(5, "a"), asset(2, "a"), asset(3, "b")});
  record(seen, asset(5, "a"), ours);
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{2});
}

TEST_CASE("a record for a lower id proves nothing: the highest one counts") {
  const Desired desired = wishes({"a"});
  Snapshot seen = look({asset(2, "a"), asset(5, "a")});
  record(seen, asset(2, "a"), ours);
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.size() == 1);
  CHECK(ids(state.outdated) == Ids{5, 2});
  CHECK(state.replaced.empty());
}

TEST_CASE("equal size is not equal content, and other content is sent again") {
  const Desired desired = wishes({"a"});
  Snapshot seen = look({asset(5, "a")});
  CHECK(assess(desired, seen, {}).to_send.size() == 1);
  record(seen, asset(5, "a"), theirs);
  CHECK(assess(desired, seen, {}).to_send.size() == 1);
  Desired unknown = wishes({"a"});
  unknown.files[0].sha256.reset();
  record(seen, asset(5, "a"), ours);
  CHECK(assess(unknown, seen, {}).to_send.empty());  // it is hashed first
  CHECK(assess(unknown, seen, {}).to_hash.size() == 1);
}

TEST_CASE("once sent, ids below one's own go, the newest first, and none above") {
  const Desired desired = wishes({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  const AssetState state =
      assess(desired, look({asset(2, "a"), asset(5, "a"), asset(3, "a")}), memory);
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{3, 2});
  CHECK(state.warnings.empty());
}

TEST_CASE("a newer asset of the name wins: not sent again, not deleted, one warning") {
  const Desired desired = wishes({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  Snapshot seen = look({asset(2, "a"), asset(5, "a"), asset(7, "a")});
  record(seen, asset(7, "a"), theirs);
  const AssetState state = assess(desired, seen, memory);
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{2});
  REQUIRE(state.warnings.size() == 1);
  CHECK(state.warnings[0].find("a") != std::string::npos);
  record(seen, asset(7, "a"), ours);
  CHECK(assess(desired, seen, memory).warnings.empty());
  CHECK(ids(assess(desired, seen, memory).replaced) == Ids{5, 2});
  CHECK(assess(desired, look({asset(7, "a")}), memory).to_send.empty());
}

TEST_CASE("a newer asset of unknown content is read once, unless its job is going to tell") {
  Desired desired = wishes({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  const Snapshot seen = look({asset(2, "a"), asset(5, "a"), asset(7, "a")});
  const AssetState unread = assess(desired, seen, memory);
  CHECK(ids(unread.to_read) == Ids{7});
  CHECK(unread.replaced.empty());
  CHECK(unread.warnings.empty());

  memory.read.insert(7);  // and could not be read
  const AssetState read = assess(desired, seen, memory);
  CHECK(read.to_read.empty());
  CHECK(ids(read.replaced) == Ids{2});
  CHECK(read.warnings.size() == 1);

  memory.read.clear();
  desired.required = {"a"};
  CHECK(assess(desired, seen, memory).to_read.empty());
  CHECK(assess(desired, seen, memory).warnings.empty());
  CHECK(ids(assess(desired, seen, memory).replaced) == Ids{2});
}

TEST_CASE("one's own upload that is gone is sent again only where no newer one is there") {
  const Desired desired = wishes({"a"});
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  CHECK(assess(desired, look({}), memory).to_send.size() == 1);
  const AssetState state = assess(desired, look({asset(4, "a")}), memory);
  CHECK(state.to_send.size() == 1);
  CHECK(state.replaced.empty());
}

TEST_CASE("with overwrite_files: false what is there stays, whatever it holds") {
  Desired desired = wishes({"a", "b"});
  desired.overwrite = Overwrite::keep;
  const AssetState state = assess(desired, look({asset(5, "a"), asset(6, "a")}), {});
  REQUIRE(state.to_send.size() == 1);
  CHECK(state.to_send[0]->name == "b");
  CHECK(state.outdated.empty());
  CHECK(state.replaced.empty());
}

TEST_CASE("removing others spares ours, the tool's own files and what came later") {
  Desired desired = wishes({"a"});
  const Snapshot seen =
      look({asset(1, "old"), asset(2, "a"), asset(3, ".sha256.1." + ours, 0), asset(9, "late")});
  Memory memory;
  memory.first = Memory::FirstLook{};
  memory.first->highest_asset = 3;
  CHECK(assess(desired, seen, memory).others.empty());
  desired.remove_others = true;
  CHECK(ids(assess(desired, seen, memory).others) == Ids{1});
  CHECK(assess(desired, seen, {}).others.empty());
}

TEST_CASE("the assets of a name come with the lowest id first") {
  core::Release release;
  release.assets = {asset(9, "a"), asset(3, "b"), asset(1, "a"), asset(4, "A")};
  CHECK(ids(core::AssetsByName(release).named("a")) == Ids{1, 9});
  CHECK(core::AssetsByName(release).named("c").empty());
}

TEST_CASE("a digest is needed only to compare with what is known of an asset of the same size") {
  const auto needs_digest = [](const LocalFile& file, const Snapshot& seen, const Memory& memory) {
    Desired desired;
    desired.files = {file};
    return !assess(desired, seen, memory).to_hash.empty();
  };
  LocalFile file{"a", "/ws/a", 3, std::nullopt};
  Snapshot seen = look({asset(4, "a", 9), asset(5, "a")});
  CHECK_FALSE(needs_digest(file, seen, {}));  // no entry
  record(seen, asset(4, "a"), ours);
  CHECK_FALSE(needs_digest(file, seen, {}));  // not of the highest
  record(seen, asset(5, "a"), theirs);
  CHECK(needs_digest(file, seen, {}));
  file.size = 4;
  CHECK_FALSE(needs_digest(file, seen, {}));
  file.size = 3;
  Memory memory;
  memory.sent["a"] = {asset(5, "a"), ours};
  CHECK_FALSE(needs_digest(file, seen, memory));
  file.sha256 = ours;
  CHECK_FALSE(needs_digest(file, seen, {}));
  file.sha256.reset();
  CHECK_FALSE(needs_digest(file, snapshot_of(std::nullopt), {}));
}

TEST_CASE("overwrite_files: fail names all clashes, but not what is ours already") {
  Desired desired = wishes({"a", "b", "c", "new"});
  Snapshot seen = look({asset(1, "a"), asset(2, "b"), asset(3, "c"), asset(4, "d")});
  record(seen, asset(2, "b"), ours);
  Memory memory;
  memory.commit = "c1";
  CHECK(clashes(desired, seen, memory).empty());
  desired.overwrite = Overwrite::fail;
  using Names = std::vector<std::string>;
  CHECK(clashes(desired, seen, memory) == Names{"a", "c"});
  seen.notes.mark = "c1";
  CHECK(clashes(desired, seen, memory) == Names{"a", "c"});  // public
  seen.release->draft = true;
  CHECK(clashes(desired, seen, memory).empty());
  seen.notes.mark = "c2";
  CHECK(clashes(desired, seen, memory) == Names{"a", "c"});
  CHECK(clashes(desired, snapshot_of(std::nullopt), memory).empty());
}

TEST_CASE("in our own draft an asset of our name and size is read, one of another size replaced") {
  const Desired desired = wishes({"a"});
  Memory memory;
  memory.commit = "c1";
  Snapshot seen = look({asset(5, "a")});
  seen.notes.mark = "c1";
  CHECK(ids(assess(desired, seen, memory).to_read) == Ids{5});
  CHECK(assess(desired, seen, memory).to_send.empty());
  memory.read.insert(5);
  CHECK(assess(desired, seen, memory).to_send.size() == 1);
  memory.read.clear();
  seen.release->assets[0].size = 2;  // broken off
  CHECK(assess(desired, seen, memory).to_send.size() == 1);
  CHECK(ids(assess(desired, seen, memory).outdated) == Ids{5});
  seen.release->assets[0].size = 3;
  seen.notes.mark = "c2";
  CHECK(assess(desired, seen, memory).to_read.empty());
  CHECK(assess(desired, seen, memory).to_send.size() == 1);
}

TEST_CASE("what came after an upload without an answer is read, what was there before is not") {
  const Desired desired = wishes({"a"});
  Memory memory;
  memory.lost["a"] = {4, ours};
  CHECK(ids(assess(desired, look({asset(5, "a")}), memory).to_read) == Ids{5});
  CHECK(assess(desired, look({asset(4, "a")}), memory).to_read.empty());
  CHECK(assess(desired, look({asset(4, "a")}), memory).to_send.size() == 1);
  CHECK(assess(desired, look({asset(5, "a", 2)}), memory).to_send.size() == 1);  // broken off
  CHECK(assess(desired, look({asset(5, "b")}), memory).to_send.size() == 1);
}

TEST_CASE("with overwrite_files: false a broken file goes where it may be ours, and nowhere else") {
  Desired desired = wishes({"a"});
  desired.overwrite = Overwrite::keep;
  Memory memory;
  memory.commit = "c1";
  Snapshot broken = look({asset(5, "a", 2)});
  CHECK(assess(desired, broken, memory).to_send.empty());
  broken.notes.mark = "c2";
  CHECK(assess(desired, broken, memory).to_send.empty());
  broken.notes.mark = "c1";
  CHECK(assess(desired, broken, memory).to_send.size() == 1);
  record(broken, asset(5, "a", 2), theirs);  // another job has told that this is what it brought
  CHECK(assess(desired, broken, memory).to_send.empty());
}

TEST_CASE(
    "with overwrite_files: false what follows an unanswered upload stays if its content is known") {
  Desired desired = wishes({"a"});
  desired.overwrite = Overwrite::keep;
  Memory memory;
  memory.lost["a"] = {4, ours};
  Snapshot seen = look({asset(5, "a")});
  CHECK(ids(assess(desired, seen, memory).to_read) == Ids{5});
  memory.read.insert(5);
  CHECK(assess(desired, seen, memory).to_send.size() == 1);  // it could not be read
  record(seen, asset(5, "a"), theirs);
  CHECK(assess(desired, seen, memory).to_send.empty());
  CHECK(assess(desired, look({asset(5, "a", 2)}), memory).to_send.size() == 1);
  CHECK(assess(desired, look({asset(4, "a", 2)}), memory).to_send.empty());
}

TEST_CASE("what a start-over condemned is neither kept nor compared, and its entries go as well") {
  const Desired desired = wishes({"a"});
  Snapshot seen = look({asset(5, "a"), looks::entry(6, asset(5, "a")), asset(7, "b")});
  record(seen, asset(5, "a"), ours);
  seen.notes.outdated_up_to = 6;
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.size() == 1);
  CHECK(state.outdated.empty());
  CHECK(ids(state.condemned) == Ids{5, 6});
  CHECK(ids(staying(*seen.release, state)) == Ids{7});
}

TEST_CASE(
    "of each name the asset with the highest id counts, and entries count for the highest id") {
  const Snapshot seen =
      look({asset(5, "a"), asset(2, "a"), asset(3, "b"), looks::entry(9, asset(5, "a"))});
  CHECK(ids(core::highest_of_each_name(seen.release->assets)) == Ids{5, 3});
  CHECK(core::highest_id(seen) == 9);
  CHECK(core::highest_id(snapshot_of(std::nullopt)) == 0);
}

TEST_CASE("a file of our own making is kept, sent or left to a parallel run of the same") {
  const std::vector<LocalFile> files = {{"SHA256SUMS", "", 3, ours}};
  const auto assess_made = [&](const Snapshot& seen, const Memory& memory) {
    AssetState state;
    core::assess_made(files, seen, memory, state);
    return state;
  };
  Snapshot seen = look({asset(4, "SHA256SUMS"), asset(5, "SHA256SUMS")});
  CHECK(assess_made(look({}), {}).to_send.size() == 1);
  CHECK(assess_made(seen, {}).to_send.size() == 1);
  CHECK(assess_made(seen, {}).replaced.empty());
  Memory memory;
  memory.sent["SHA256SUMS"] = {asset(4, "SHA256SUMS"), ours};
  CHECK(assess_made(seen, memory).to_send.empty());  // of unknown content, but like ours
  CHECK(ids(assess_made(seen, memory).to_read) == Ids{5});
  memory.read.insert(5);  // and it cannot be read back
  CHECK(assess_made(seen, memory).to_send.empty());
  CHECK(assess_made(seen, memory).to_read.empty());
  record(seen, asset(5, "SHA256SUMS"), theirs);
  CHECK(assess_made(seen, memory).to_send.size() == 1);
  record(seen, asset(5, "SHA256SUMS"), ours);
  CHECK(assess_made(seen, {}).to_send.empty());
  CHECK(ids(assess_made(seen, {}).replaced) == Ids{4});
}

TEST_CASE("a file of our own making is written three times at most, then a warning says so") {
  const std::vector<LocalFile> files = {{"SHA256SUMS", "", 3, ours}};
  Snapshot seen = look({asset(5, "SHA256SUMS")});
  record(seen, asset(5, "SHA256SUMS"), theirs);
  Memory memory;
  for (int made = 0; made <= core::max_made; ++made) {
    memory.made["SHA256SUMS"] = made;
    AssetState state;
    core::assess_made(files, seen, memory, state);
    CHECK(state.to_send.size() == (made < core::max_made ? 1 : 0));
    CHECK(state.warnings.size() == (made < core::max_made ? 0 : 1));
  }
}
