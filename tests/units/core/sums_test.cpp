// SPDX-License-Identifier: MIT
#include "core/release/sums.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/looks.hpp"

using core::Algorithm;
using core::Desired;
using core::Memory;
using core::Snapshot;
using core::SumsFiles;
using looks::asset;
using looks::Look;
using looks::memory_of;
using looks::observe;
using looks::ours;
using looks::theirs;
using looks::wishes;

namespace {

SumsFiles sums_of(const Desired& desired, const Look& look) {
  const Snapshot seen = observe(look);
  return core::sums_files(desired, seen, memory_of(desired, seen), seen.release->assets);
}

Look recorded(const std::vector<core::Asset>& assets) {
  Look look = {true, looks::commit, assets};
  for (const core::Asset& one : assets) look.record[one.id] = core::record_entry(one, ours);
  return look;
}

}  // namespace

TEST_CASE(
    "SHA256SUMS has a line for each asset that is known, whoever brought it, but not for sums") {
  Desired desired = wishes({"a"});
  desired.checksums = {Algorithm::sha256};
  const SumsFiles sums =
      sums_of(desired, recorded({asset(5, "a"), asset(6, "b"), asset(7, "SHA256SUMS"),
                                 asset(8, "SHA512SUMS"), asset(9, "MD5SUMS")}));
  REQUIRE(sums.files.size() == 1);
  CHECK(sums.files[0].name == "SHA256SUMS");
  CHECK(sums.files[0].content == ours + "  a\n" + ours + "  b\n");
  CHECK(sums.files[0].size == sums.files[0].content->size());
  CHECK(sums.files[0].sha256 == core::digest_of(*sums.files[0].content));
  CHECK(sums.warnings.empty());
}

TEST_CASE("of several assets of a name the line is that of the highest id, or there is none") {
  Desired desired = wishes({"a"});
  desired.checksums = {Algorithm::sha256};
  Look look = recorded({asset(5, "a"), asset(6, "b")});
  look.assets.insert(look.assets.begin(), asset(9, "a"));
  const SumsFiles unknown = sums_of(desired, look);
  REQUIRE(unknown.files.size() == 1);
  CHECK(unknown.files[0].content == ours + "  b\n");
  REQUIRE(unknown.warnings.size() == 1);
  CHECK(unknown.warnings[0].starts_with("SHA256SUMS leaves out a:"));
  look.record[9] = core::record_entry(asset(9, "a"), theirs);
  CHECK(sums_of(desired, look).files[0].content == theirs + "  a\n" + ours + "  b\n");
}

TEST_CASE("where nothing is known there is no file of digests, nor where none is wished") {
  Desired desired = wishes({"a"});
  CHECK(sums_of(desired, recorded({asset(5, "a")})).files.empty());
  desired.checksums = {Algorithm::sha256};
  const SumsFiles nothing = sums_of(desired, {true, looks::commit, {asset(5, "a")}});
  CHECK(nothing.files.empty());
  CHECK(nothing.warnings.size() == 1);
  CHECK(sums_of(desired, {true, looks::commit, {}}).files.empty());
  CHECK(sums_of(desired, {true, looks::commit, {}}).warnings.empty());
}

TEST_CASE("SHA512SUMS is written where this run brings every file, and else not at all") {
  Desired desired = wishes({"a", "b"});
  desired.checksums = {Algorithm::sha512};
  desired.files[0].other_digests[Algorithm::sha512] = "11";
  const SumsFiles one = sums_of(desired, recorded({asset(5, "a"), asset(6, "b")}));
  CHECK(one.files.empty());
  REQUIRE(one.warnings.size() == 1);
  CHECK(one.warnings[0].starts_with("SHA512SUMS is not written: this run does not bring b,"));
  desired.files[1].other_digests[Algorithm::sha512] = "22";
  const SumsFiles both = sums_of(desired, recorded({asset(5, "a"), asset(6, "b")}));
  REQUIRE(both.files.size() == 1);
  CHECK(both.files[0].name == "SHA512SUMS");
  CHECK(both.files[0].content == "11  a\n22  b\n");
  CHECK(both.warnings.empty());
}
