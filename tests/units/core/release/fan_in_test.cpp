// SPDX-License-Identifier: MIT
#include "core/release/fan_in.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "core/release/memory.hpp"
#include "core/text/text.hpp"

using core::Asset;
using Names = std::vector<std::string>;

namespace {

const core::Digest digest(64, 'a');

Asset named(const std::string& name, std::uint64_t size = 0) {
  Asset asset;
  asset.id = 9;
  asset.name = name;
  asset.size = size;
  return asset;
}

}  // namespace

TEST_CASE("the name of an announcement is read back, and no other name is an announcement") {
  Asset asset;
  asset.id = 17;
  asset.name = "app.tgz";
  const std::string name = core::announcement_name(asset, digest);
  CHECK(name == ".sha256.17." + digest + ".app.tgz");
  const auto entry = core::parse_announcement(named(name));
  REQUIRE(entry);
  CHECK(entry->of == 17);
  CHECK(entry->of_name == "app.tgz");
  CHECK(entry->sha256 == digest);
  CHECK(entry->asset.id == 9);

  CHECK_FALSE(core::parse_announcement(named(name, 1)));  // a user's file
  for (const std::string& other :
       {".sha256.17." + digest.substr(1), ".sha256.17." + digest + "a",
        ".sha256.17." + digest + ".", ".sha256.17." + digest + "_app.tgz",
        ".sha256.17." + digest.substr(1) + ".app.tgz", ".sha256.017." + digest,
        ".sha256.0." + digest, ".sha256.18446744073709551616." + digest, ".sha256.x." + digest,
        ".sha256." + digest, ".sha256.17." + std::string(64, 'A'), std::string(".sha256."),
        std::string("app.tgz"), "x.sha256.17." + digest, std::string()}) {
    INFO(other);
    CHECK_FALSE(core::parse_announcement(named(other)));
  }
}

TEST_CASE(
    "an announcement of version 0.1.0, without a name, is found for deletion but not believed") {
  const auto entry = core::parse_announcement(named(".sha256.17." + digest));
  REQUIRE(entry);
  CHECK(entry->of == 17);
  CHECK(entry->of_name.empty());
  Asset asset;
  asset.id = 17;
  asset.name = "app.tgz";
  CHECK_FALSE(entry->is_of(asset));
}

TEST_CASE("an announcement is for one asset only: for its id and its name") {
  Asset asset;
  asset.id = 17;
  asset.name = "app.tgz";
  const auto entry = core::parse_announcement(named(core::announcement_name(asset, digest)));
  REQUIRE(entry);
  CHECK(entry->is_of(asset));
  Asset other = asset;
  other.id = 18;
  CHECK_FALSE(entry->is_of(other));
  other = asset;
  other.name = "lib.app.tgz";
  CHECK_FALSE(entry->is_of(other));
}

TEST_CASE("an announcement for a long name keeps the end of it, whole characters in 255 bytes") {
  Asset asset;
  asset.id = 17;
  std::string long_name;
  for (int i = 0; i < 80; ++i) long_name += "€";  // three bytes each
  for (int shift = 0; shift < 4; ++shift) {
    asset.name = long_name + std::string(static_cast<std::size_t>(shift), 'x') + ".tgz";
    const std::string name = core::announcement_name(asset, digest);
    INFO(name);
    CHECK(name.size() <= 255);
    CHECK(name.size() > 255 - 3);
    CHECK(core::is_utf8(name));
    CHECK(name.ends_with(".tgz"));
    const auto entry = core::parse_announcement(named(name));
    REQUIRE(entry);
    CHECK(entry->is_of(asset));
  }
}

TEST_CASE(
    "an announcement counts in a draft or a marked release, next to the asset that it names") {
  Asset asset = named("app.tgz", 3);
  asset.id = 17;
  asset.uuid = "0123456789";
  const Asset entry = named(core::announcement_name(asset, digest));
  const auto knows = [&](bool draft, const std::string& body, std::vector<Asset> assets) {
    core::Release release;
    release.draft = draft;
    release.body = body;
    release.assets = std::move(assets);
    const core::Snapshot seen = core::snapshot_of(release);
    CHECK(seen.announcements.size() == 1);
    return core::is_recorded(seen.record, asset, digest);
  };
  const std::string mark = "<!-- gitea-release: being filled for commit abc -->";
  CHECK(knows(true, "", {asset, entry}));
  CHECK(knows(true, "", {entry, asset}));
  CHECK(knows(false, mark, {asset, entry}));
  CHECK_FALSE(knows(false, "", {asset, entry}));
  CHECK_FALSE(knows(true, "", {entry}));
  Asset renamed = asset;
  renamed.name = "lib.tgz";
  CHECK_FALSE(knows(true, "", {renamed, entry}));
}

TEST_CASE("the record is believed more than an announcement") {
  Asset asset = named("app.tgz", 3);
  asset.id = 17;
  asset.uuid = "0123456789";
  const core::Digest other(64, 'b');
  core::Release release;
  release.draft = true;
  release.assets = {asset, named(core::announcement_name(asset, other))};
  release.body = core::render_notes({"", {}, {{17, core::record_entry(asset, digest)}}}, {asset});
  CHECK(core::is_recorded(core::snapshot_of(release).record, asset, digest));
}

TEST_CASE("required_files has one pattern per line, and braces require all their names") {
  CHECK(core::parse_required("a-*.tgz\r\n\n  b.{zip,tar.gz}  \n") ==
        Names{"a-*.tgz", "b.zip", "b.tar.gz"});
  CHECK(core::parse_required("").empty());
  CHECK_THROWS_AS(core::parse_required("dist/*.tgz"), core::Error);
  CHECK_THROWS_AS(core::parse_required("!a"), core::Error);
  CHECK_THROWS_AS(core::parse_required("a{b"), core::Error);
}

TEST_CASE("patterns that match no name are listed in their order") {
  CHECK(core::unmatched({"*.tgz", "*.zip", "x"}, {"a.tgz", "b.tgz"}) == Names{"*.zip", "x"});
  CHECK(core::unmatched({}, {}).empty());
  CHECK(core::is_required({"*.tgz"}, ".a.tgz"));
  CHECK_FALSE(core::is_required({"*.tgz"}, "a.tgz.sig"));
}
