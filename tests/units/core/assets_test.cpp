// SPDX-License-Identifier: MIT
#include "core/release/assets.hpp"

#include <catch2/catch_test_macros.hpp>

using core::assess;
using core::Asset;
using core::AssetState;
using core::Desired;
using core::Digest;
using core::LocalFile;
using core::Memory;
using core::Observed;
using core::Overwrite;

namespace {

const Digest ours(64, 'a');
const Digest theirs(64, 'b');

Asset asset(std::uint64_t id, const std::string& name, std::uint64_t size = 3) {
  return {id, name, size, "uuid" + std::to_string(1000 + id), ""};
}

Observed look(const std::vector<Asset>& assets) {
  core::Release release;
  release.id = 1;
  release.assets = assets;
  return core::observed(release);
}

void record(Observed& seen, const Asset& one, const Digest& digest) {
  seen.record[one.id] = seen.notes.record[one.id] = core::record_entry(one, digest);
}

Desired wishes(const std::vector<std::string>& names) {
  Desired desired;
  for (const std::string& name : names) desired.files.push_back({name, "/ws/" + name, 3, ours});
  return desired;
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
  CHECK(assess(desired, core::observed(std::nullopt), {}).to_send.size() == 1);
}

TEST_CASE("a file recorded under the highest id is kept, and only ids below it go") {
  const Desired desired = wishes({"a"});
  Observed seen = look({asset(5, "a"), asset(2, "a"), asset(3, "b")});
  record(seen, asset(5, "a"), ours);
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{2});
}

TEST_CASE("a record for a lower id proves nothing: the highest one counts") {
  const Desired desired = wishes({"a"});
  Observed seen = look({asset(2, "a"), asset(5, "a")});
  record(seen, asset(2, "a"), ours);
  const AssetState state = assess(desired, seen, {});
  CHECK(state.to_send.size() == 1);
  CHECK(ids(state.outdated) == Ids{5, 2});
  CHECK(state.replaced.empty());
}

TEST_CASE("equal size is not equal content, and other content is sent again") {
  const Desired desired = wishes({"a"});
  Observed seen = look({asset(5, "a")});
  CHECK(assess(desired, seen, {}).to_send.size() == 1);
  record(seen, asset(5, "a"), theirs);
  CHECK(assess(desired, seen, {}).to_send.size() == 1);
  Desired unknown = wishes({"a"});
  unknown.files[0].sha256.reset();
  record(seen, asset(5, "a"), ours);
  CHECK(assess(unknown, seen, {}).to_send.size() == 1);
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
  Observed seen = look({asset(2, "a"), asset(5, "a"), asset(7, "a")});
  const AssetState state = assess(desired, seen, memory);
  CHECK(state.to_send.empty());
  CHECK(ids(state.replaced) == Ids{2});
  REQUIRE(state.warnings.size() == 1);
  CHECK(state.warnings[0].find("a") != std::string::npos);
  record(seen, asset(7, "a"), ours);
  CHECK(assess(desired, seen, memory).warnings.empty());
  CHECK(assess(desired, look({asset(7, "a")}), memory).to_send.empty());
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
  const Observed seen =
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

TEST_CASE("a digest is needed only to compare with an entry of the same size") {
  const auto needs_digest = [](const LocalFile& file, const Observed& seen, const Memory& memory) {
    std::vector<LocalFile> files = {file};
    return !without_needed_digest(files, seen, memory).empty();
  };
  LocalFile file{"a", "/ws/a", 3, std::nullopt};
  Observed seen = look({asset(4, "a", 9), asset(5, "a")});
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
  CHECK_FALSE(needs_digest(file, core::observed(std::nullopt), {}));
}

TEST_CASE("overwrite_files: fail names all clashes, but not what is ours already") {
  Desired desired = wishes({"a", "b", "c", "new"});
  Observed seen = look({asset(1, "a"), asset(2, "b"), asset(3, "c"), asset(4, "d")});
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
  CHECK(clashes(desired, core::observed(std::nullopt), memory).empty());
}

TEST_CASE("an upload without an answer has landed where its name, size and a new id are there") {
  core::Release release;
  release.assets = {asset(4, "a"), asset(6, "a")};
  REQUIRE(landed(core::AssetsByName(release).named("a"), 3, 5));
  CHECK(landed(core::AssetsByName(release).named("a"), 3, 5)->id == 6);
  CHECK_FALSE(landed(core::AssetsByName(release).named("a"), 3, 6));
  release.assets[1].size = 2;  // broken off
  CHECK_FALSE(landed(core::AssetsByName(release).named("a"), 3, 5));
  CHECK_FALSE(landed(core::AssetsByName(release).named("b"), 3, 0));
}
