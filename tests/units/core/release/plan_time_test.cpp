// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <limits>

#include "core/release/assets.hpp"
#include "core/release/edit.hpp"
#include "core/release/plan.hpp"
#include "units/core/release/snapshots.hpp"

using core::Asset;
using core::Desired;
using core::Memory;
using core::Snapshot;
using snapshots::asset;
using snapshots::desired_for;
using snapshots::memory_of;
using snapshots::observe;
using snapshots::ours;

namespace {

/// The minimum processor time of several plans with that many files, all uploaded already.
std::clock_t time_of_plan(int count) {
  std::vector<std::string> names;
  std::vector<Asset> assets;
  for (int i = 0; i < count; ++i) {
    names.push_back("file-" + std::to_string(i));
    assets.push_back(asset(static_cast<std::uint64_t>(i) + 1, names.back()));
  }
  std::reverse(names.begin(), names.end());
  Desired desired = desired_for(names);
  desired.overwrite = core::Overwrite::fail;
  const Snapshot snapshot = observe({.assets = assets});
  Memory memory = memory_of(desired, snapshot);
  auto least = std::numeric_limits<std::clock_t>::max();
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    clashes(desired, snapshot, memory);
    memory.known.clear();
    plan(desired, snapshot, memory);  // uploads them all
    for (const Asset& one : assets) memory.known[one.id] = core::record_entry(one, ours);
    plan(desired, snapshot, memory);  // keeps them all
    least = std::min(least, std::clock() - begin);
  }
  return least;
}

/// The minimum processor time of several calls.
template <typename Work>
std::clock_t least_time(Work work) {
  auto least = std::numeric_limits<std::clock_t>::max();
  for (int round = 0; round < 7; ++round) {
    const std::clock_t begin = std::clock();
    work();
    least = std::min(least, std::clock() - begin);
  }
  return least;
}

}  // namespace

TEST_CASE("a plan computes the edit once, which takes most of its time") {
  std::vector<Asset> assets;
  for (int i = 0; i < 300; ++i) {
    assets.push_back(asset(static_cast<std::uint64_t>(i) + 1, "file-" + std::to_string(i)));
  }
  Desired desired = desired_for();
  desired.downloads.emplace();
  snapshots::Observed observed = {true, snapshots::commit, assets};
  for (const Asset& one : assets) observed.record[one.id] = core::record_entry(one, ours);
  const Snapshot seen = observe(observed);
  const Memory memory = memory_of(desired, seen);
  const auto once = least_time([&] { edit_of(desired, seen, memory, assets, {}); });
  const auto whole =
      least_time([&] { CHECK(plan(desired, seen, memory).rule == core::Rule::edit); });
  INFO(whole << " of " << once);
  CHECK(whole < once * 2);
}

TEST_CASE("a plan's time grows with the number of files, not with its square") {
  const std::clock_t few = time_of_plan(500);
  const std::clock_t many = time_of_plan(16 * 500);
  CHECK(many < few * 16 * 4);
}
