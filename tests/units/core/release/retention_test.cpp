// SPDX-License-Identifier: MIT
#include "core/release/retention.hpp"

#include <catch2/catch_test_macros.hpp>

using core::choose_pruned;
using core::Pruning;
using core::Release;
using core::Retention;
using Kind = Retention::Kind;
using Order = Retention::Order;
using Tags = std::vector<std::string>;
using std::chrono::hours;
using std::chrono::sys_seconds;

namespace {

constexpr sys_seconds now{hours(10'000)};

/// A release that is `age` hours old.
Release release(std::uint64_t id, const std::string& tag, int age, bool prerelease = true) {
  Release result;
  result.id = id;
  result.tag = tag;
  result.prerelease = prerelease;
  result.created = now - hours(age);
  return result;
}

Release draft(std::uint64_t id, const std::string& tag, int age, const std::string& body = "") {
  Release result = release(id, tag, age, false);
  result.draft = true;
  result.body = body;
  return result;
}

Tags deleted(const std::vector<Release>& releases, const Retention& retention) {
  Tags tags;
  for (const Release& one : choose_pruned(releases, retention, now).deleted)
    tags.push_back(one.tag);
  return tags;
}

std::string reason(const std::vector<Release>& releases, const Retention& retention,
                   const std::string& tag) {
  for (const auto& spared : choose_pruned(releases, retention, now).spared) {
    if (spared.release.tag == tag) return spared.reason;
  }
  return "deleted";
}

}  // namespace

TEST_CASE("prereleases are kept by version, whatever their dates and order") {
  const std::vector<Release> all = {release(1, "v1.0.0-rc.10", 5), release(2, "v1.0.0-rc.9", 1),
                                    release(3, "v1.0.0-beta.1", 9), release(4, "v0.9.0", 7, false),
                                    draft(5, "v2.0.0-rc.1", 1)};
  CHECK(deleted(all, {2}) == Tags{"v1.0.0-beta.1"});
  CHECK(deleted(all, {1}) == Tags{"v1.0.0-beta.1", "v1.0.0-rc.9"});
  CHECK(deleted(all, {3}).empty());
  CHECK(reason(all, {1}, "v1.0.0-rc.10") == "one of the newest 1");
}

TEST_CASE("by version each prefix is counted separately, and a tag without a version is kept") {
  const std::vector<Release> all = {release(1, "app/v1.0.0-rc.1", 1),
                                    release(2, "app/v1.0.0-rc.2", 1),
                                    release(3, "lib/v1.0.0-rc.1", 1), release(4, "nightly", 1)};
  CHECK(deleted(all, {1}) == Tags{"app/v1.0.0-rc.1"});
  CHECK(reason(all, {1}, "lib/v1.0.0-rc.1") == "one of the newest 1 of lib/");
  CHECK(reason(all, {1}, "nightly") == "its tag has no version");
}

TEST_CASE("by date the newest are kept, and for one date those that were created last") {
  const std::vector<Release> all = {release(1, "nightly-1", 72), release(2, "nightly-2", 48),
                                    release(3, "nightly-3", 24), release(4, "nightly-4", 24),
                                    release(5, "v2.0.0-rc.1", 90)};
  const Retention retention{2, Kind::prerelease, {"nightly-*"}, Order::date};
  CHECK(deleted(all, retention) == Tags{"nightly-1", "nightly-2"});
  CHECK(deleted(all, {1, Kind::prerelease, {"nightly-*"}, Order::date}) ==
        Tags{"nightly-1", "nightly-2", "nightly-3"});
}

TEST_CASE("the latest stable release of every prefix is kept, by version and by date") {
  const std::vector<Release> all = {
      release(1, "v2.0.0", 50, false),  release(2, "v1.9.9", 1, false),
      release(3, "v1.9.8", 60, false),  release(4, "app/v1.0.0", 70, false),
      release(5, "app/v1.1.0-rc.1", 1), release(6, "v3.0.0-rc.1", 1),
      release(7, "app/v1.1.0-rc.2", 1)};
  CHECK(deleted(all, {1, Kind::any}) == Tags{"app/v1.1.0-rc.1", "v1.9.8"});
  CHECK(reason(all, {1, Kind::any}, "v2.0.0") == "it is the latest stable release");
  CHECK(reason(all, {1, Kind::any}, "v1.9.9") == "it is the latest stable release");
  CHECK(reason(all, {1, Kind::any}, "app/v1.0.0") == "it is the latest stable release");
}

TEST_CASE("a draft that a run may be filling is kept for a day") {
  const std::string mark = "<!-- gitea-release: being filled for commit abc -->";
  const std::vector<Release> all = {draft(1, "v1.0.0", 23, mark), draft(2, "v1.1.0", 25, mark),
                                    draft(3, "v1.2.0", 1), release(4, "v1.3.0-rc.1", 1)};
  CHECK(deleted(all, {1, Kind::draft}) == Tags{"v1.1.0"});
  CHECK(reason(all, {1, Kind::draft}, "v1.0.0") == "a run is filling it");
}
