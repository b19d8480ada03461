// SPDX-License-Identifier: MIT
#include "core/release/checksum_files.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/release/snapshots.hpp"

using core::Algorithm;
using core::ChecksumFiles;
using core::Desired;
using core::Memory;
using core::Snapshot;
using snapshots::asset;
using snapshots::desired_for;
using snapshots::memory_of;
using snapshots::observe;
using snapshots::Observed;
using snapshots::ours;
using snapshots::theirs;

namespace {

ChecksumFiles sums_of(const Desired& desired, const Observed& observed) {
  const Snapshot seen = observe(observed);
  return core::checksum_files(desired, seen, memory_of(desired, seen), seen.release->assets);
}

Observed recorded(const std::vector<core::Asset>& assets) {
  Observed observed = {true, snapshots::commit, assets};
  for (const core::Asset& one : assets) observed.record[one.id] = core::record_entry(one, ours);
  return observed;
}

}  // namespace

TEST_CASE("SHA256SUMS has a line for each asset with a known digest, except for checksum files") {
  Desired desired = desired_for({"a"});
  desired.checksums = {Algorithm::sha256};
  const ChecksumFiles sums =
      sums_of(desired, recorded({asset(5, "a"), asset(6, "b"), asset(7, "SHA256SUMS"),
                                 asset(8, "SHA512SUMS"), asset(9, "MD5SUMS")}));
  REQUIRE(sums.files.size() == 1);
  CHECK(sums.files[0].name == "SHA256SUMS");
  CHECK(sums.files[0].content == ours + "  a\n" + ours + "  b\n");
  CHECK(sums.files[0].size == sums.files[0].content->size());
  CHECK(sums.files[0].sha256 == core::digest_of(*sums.files[0].content));
  CHECK(sums.warnings.empty());
}

TEST_CASE("of several assets with one name the newest has the line, or there is none") {
  Desired desired = desired_for({"a"});
  desired.checksums = {Algorithm::sha256};
  Observed observed = recorded({asset(5, "a"), asset(6, "b")});
  observed.assets.insert(observed.assets.begin(), asset(9, "a"));
  const ChecksumFiles unknown = sums_of(desired, observed);
  REQUIRE(unknown.files.size() == 1);
  CHECK(unknown.files[0].content == ours + "  b\n");
  REQUIRE(unknown.warnings.size() == 1);
  CHECK(unknown.warnings[0].starts_with("SHA256SUMS does not list a:"));
  observed.record[9] = core::record_entry(asset(9, "a"), theirs);
  CHECK(sums_of(desired, observed).files[0].content == theirs + "  a\n" + ours + "  b\n");
}

TEST_CASE("no checksum file is written if no digest is known, or if none is requested") {
  Desired desired = desired_for({"a"});
  CHECK(sums_of(desired, recorded({asset(5, "a")})).files.empty());
  desired.checksums = {Algorithm::sha256};
  const ChecksumFiles nothing = sums_of(desired, {true, snapshots::commit, {asset(5, "a")}});
  CHECK(nothing.files.empty());
  CHECK(nothing.warnings.size() == 1);
  CHECK(sums_of(desired, {true, snapshots::commit, {}}).files.empty());
  CHECK(sums_of(desired, {true, snapshots::commit, {}}).warnings.empty());
}

TEST_CASE("SHA512SUMS is written if this run supplies every file, and not otherwise") {
  Desired desired = desired_for({"a", "b"});
  desired.checksums = {Algorithm::sha512};
  desired.files[0].other_digests[Algorithm::sha512] = "11";
  const ChecksumFiles one = sums_of(desired, recorded({asset(5, "a"), asset(6, "b")}));
  CHECK(one.files.empty());
  REQUIRE(one.warnings.size() == 1);
  CHECK(one.warnings[0].starts_with("SHA512SUMS was not written: this run does not upload b,"));
  desired.files[1].other_digests[Algorithm::sha512] = "22";
  const ChecksumFiles both = sums_of(desired, recorded({asset(5, "a"), asset(6, "b")}));
  REQUIRE(both.files.size() == 1);
  CHECK(both.files[0].name == "SHA512SUMS");
  CHECK(both.files[0].content == "11  a\n22  b\n");
  CHECK(both.warnings.empty());
}
