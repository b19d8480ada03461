// SPDX-License-Identifier: MIT
// Releases that another run is filling for another commit.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"

using core::Action;
using core::ConfirmTag;
using core::Desired;
using core::Fault;
using core::Result;
using core::UploadAsset;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::other_commit;
using driven::Server;
using driven::server_with;
using std::chrono::seconds;

namespace {

std::optional<std::string> mark_of(const Server& server) {
  return core::parse_notes(server.release->body, !server.release->draft).mark;
}

std::size_t reads_before(const Drive& drive, const std::string& word) {
  const auto end = std::find(drive.log.begin(), drive.log.end(), word);
  return static_cast<std::size_t>(std::count(drive.log.begin(), end, "look"));
}

}  // namespace

// --- a draft of another commit, with a tag ---

TEST_CASE(
    "the draft of a commit that the tag has left is started over after the tag is confirmed") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(true, other_commit);
  server.add("a", "aaa");
  server.add("old", "old");
  Drive drive(server, desired_for(server, {"a"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.log == Lines{"look", "tag", "tag", "look",
                           "edit: started over, because the draft was for another commit", "look",
                           "delete 10", "delete 11", "upload a", "tag", "look",
                           "edit: published, digests", "look"});
  CHECK(drive.has_warned("the tag was moved after this draft was created: starting over"));
  CHECK(server.release->target == commit);
  CHECK(server.release->assets.size() == 1);
}

TEST_CASE("a run whose tag has moved on does not start the new commit's draft over") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(true, other_commit);
  server.add("a", "AAA");
  Drive drive(server, desired_for(server, {"a"}));
  int asked = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<ConfirmTag>(action) && ++asked == 2) server.tag_at(other_commit);
    return {};
  };
  drive.run();
  CHECK(drive.error().starts_with("the tag v1 was moved"));
  CHECK(drive.writes().empty());
}

TEST_CASE("a start-over without a response is repeated, and the run does not give way") {
  for (const bool tagged : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    if (tagged) server.tag_at(commit);
    server.has_release(true, other_commit);
    Drive drive(server, desired_for(server, {"a"}));
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<core::EditRelease>(action) || !std::exchange(first, false)) {
        return {};
      }
      return driven::unanswered();
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK_FALSE(server.release->draft);
    CHECK(server.tag->commit == commit);
  }
}

// --- a draft of another commit, without a tag ---

TEST_CASE("without a tag a run gives way at once when another commit's draft changes") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  Drive drive(server, desired_for(server, {"a"}));
  int looks = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::ReadRelease>(action) && ++looks == 3) server.add("a", "AAA");
    return {};
  };
  drive.run();
  CHECK(drive.error() == "another run is filling the release v1 for commit " + other_commit +
                             ", but this run is for commit " + commit +
                             "; the tag does not exist yet, so this run stops");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(
      drive.session().error()->hint ==
      "Push the tag for the commit that you want to release, and run this again. If the other run "
      "has failed, you can also delete its draft.");
  CHECK(drive.writes().empty());
  CHECK(looks == 4);
}

TEST_CASE("without a tag a draft that is unchanged for 30 seconds is started over, with a target") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  server.release->target = other_commit;
  server.add("a", "AAA");
  Drive drive(server, desired_for(server, {"a"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("the draft was created for commit " + other_commit +
                         ", and its run has ended: starting over"));
  CHECK(drive.waited >= seconds(28));
  CHECK(drive.waited < seconds(40));
  CHECK(reads_before(drive, "edit: started over, because the draft was for another commit") > 10);
  CHECK(server.release->target == commit);
  CHECK(server.tag->commit == commit);
  CHECK_FALSE(server.release->draft);
  REQUIRE(server.release->assets.size() == 1);
  CHECK(server.contents[server.release->assets[0].id] == "aaa");
}

TEST_CASE("an unchanged draft that the run of its commit finishes after all is not started over") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  Drive drive(server, desired_for(server, {"a"}));
  int looks = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::ReadRelease>(action) || ++looks != 8) return {};
    server.release->body = "Notes";
    server.release->draft = false;
    server.tag_at(other_commit);
    return {};
  };
  drive.run();
  INFO(drive.error());
  CHECK(drive.session().error().has_value());
  CHECK(mark_of(server) == std::nullopt);
  CHECK(server.release->assets.empty());
  CHECK_FALSE(server.release->draft);
}

TEST_CASE(
    "a tag that appears while a run watches another commit's draft decides which run goes on") {
  for (const std::string& made_at : {commit, other_commit}) {
    Server server = server_with({{"a", "aaa"}});
    server.has_release(true, other_commit);
    Drive drive(server, desired_for(server, {"a"}));
    int looks = 0;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (std::holds_alternative<core::ReadRelease>(action) && ++looks == 5) server.tag_at(made_at);
      return {};
    };
    drive.run();
    CHECK(drive.error().empty() == (made_at == commit));
    CHECK(server.release->draft == (made_at == other_commit));
    CHECK(server.tag->commit == made_at);
  }
}

TEST_CASE("a run reads the tag once more before it gives way: it may exist by now") {
  for (const std::string& made_at : {commit, other_commit}) {
    for (const bool is_public : {true, false}) {
      Server server = server_with({{"a", "aaa"}});
      server.has_release(true, other_commit);
      Drive drive(server, desired_for(server, {"a"}));
      int looks = 0;
      drive.meets = [&](const Action& action) -> std::optional<Result> {
        if (!std::holds_alternative<core::ReadRelease>(action) || ++looks != 3) return {};
        server.tag_at(made_at);
        server.add("a", "AAA");
        server.release->draft = !is_public;  // as servers do when the tag appears
        return {};
      };
      drive.run();
      CHECK(drive.waited < seconds(10));
      if (made_at == commit) {
        CHECK(drive.error().empty());
        CHECK(server.contents[server.release->assets.back().id] == "aaa");
        CHECK_FALSE(server.release->draft);
        CHECK_FALSE(mark_of(server));
      } else {
        CHECK(drive.error() ==
              "the tag v1 was created at " + other_commit + " during this run for " + commit);
        CHECK(drive.writes().empty());
      }
    }
  }
}

TEST_CASE("a run whose own draft another commit has started over gives way and deletes nothing") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<UploadAsset>(action)) return {};
    server.release->body = core::render_notes({"Notes", other_commit, {}}, {});
    server.add("a", "AAA");
    return {};
  };
  drive.run();
  CHECK(drive.error().starts_with("another run is filling the release v1 for commit " +
                                  other_commit));
  CHECK(drive.waited < seconds(2));  // at once
  CHECK(drive.log.back() == "delete 11");
  REQUIRE(server.release->assets.size() == 1);
  CHECK(server.contents[server.release->assets[0].id] == "AAA");
  CHECK(mark_of(server) == other_commit);
}

TEST_CASE("a run without writes gives way as well, once it has seen its own mark") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  Drive drive(server, desired_for(server, {"a"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::ReadAsset>(action)) return {};
    server.release->body = core::render_notes({"Notes", other_commit, {}}, {});
    return {};
  };
  drive.run();
  CHECK(drive.error().starts_with("another run is filling the release v1 for commit " +
                                  other_commit));
  CHECK(drive.writes().empty());
  CHECK(drive.waited < seconds(2));
}

TEST_CASE("of two runs of different commits without a tag, one publishes, the other says why not") {
  for (const bool same_files : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Drive first(server, desired_for(server, {"a"}));
    core::SessionOptions options;
    options.built = {other_commit, false};
    Drive second(server, desired_for(server, {"a"}), options);
    for (int i = 0; i < 3; ++i) first.step();  // the draft, with the mark of the first
    if (!same_files) server.files["a"] = "bbb";
    bool first_goes_on = true;
    bool second_goes_on = true;
    while (first_goes_on || second_goes_on) {
      if (second_goes_on) second_goes_on = second.step();
      if (first_goes_on) first_goes_on = first.step();
    }
    CHECK(first.error().empty());
    CHECK(second.error().starts_with("the tag v1 was created at " + commit));
    CHECK(second.writes().empty());
    CHECK(server.tag->commit == commit);
    CHECK_FALSE(server.release->draft);
  }
}

TEST_CASE("a run whose tag was created by another commit's release does not change that release") {
  Server server = server_with({{"a", "aaa"}});
  Desired desired = desired_for(server, {"a"});
  desired.name = "Title";
  Drive drive(server, desired);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::CreateRelease>(action)) return {};
    server.tag_at(other_commit);
    server.has_release(false, {});
    server.add("a", "aaa");
    server.record({"a"});
    return driven::unanswered();  // how the API layer reports "it already exists"
  };
  drive.run();
  CHECK(drive.error().starts_with("the tag v1 was created at " + other_commit));
  CHECK(drive.writes() == Lines{"create draft"});
}
