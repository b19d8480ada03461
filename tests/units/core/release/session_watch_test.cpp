// SPDX-License-Identifier: MIT
// The watch after a push: the server may publish a draft by itself.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Desired;
using core::Result;
using core::UploadAsset;
using driven::asset_names;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::notes_of;
using driven::one_of_set;
using driven::other_commit;
using driven::Server;
using driven::tagged_server_with;
using std::chrono::seconds;

TEST_CASE("a draft whose tag is not in the server's database is watched for ten seconds") {
  for (const bool known : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    if (!known) server.branch = "main";
    Drive drive(server, one_of_set(server, "a", {"a", "b"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK((drive.waited >= seconds(8)) == !known);
    CHECK(drive.waited < seconds(15));
    CHECK(drive.writes() == Lines{"create draft", "upload a", "note 10"});
  }
}

TEST_CASE("if the tag does not exist, or the target is its commit, nothing is watched") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.tag.reset();
  server.branch = "main";
  Drive without_tag(server, one_of_set(server, "a", {"a", "b"}));
  without_tag.run();
  CHECK(without_tag.waited < seconds(5));

  Server other = tagged_server_with({{"a", "aaa"}});
  other.branch = commit;
  Drive at_commit(other, one_of_set(other, "a", {"a", "b"}));
  at_commit.run();
  CHECK(at_commit.waited < seconds(5));
}

TEST_CASE("a draft that the server publishes while it is watched is made a draft again, once") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.branch = "main";
  Drive drive(server, one_of_set(server, "a", {"a", "b"}));
  int flips = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::ReadRelease>(action) && drive.waited > seconds(2) &&
        flips == 0) {
      ++flips;
      server.release->draft = false;
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() ==
        Lines{"create draft", "upload a", "note 10",
              "edit: draft again, because the server published it before all files were uploaded"});
  CHECK(drive.waited < seconds(8));  // it does so only once, so the watch is over
  CHECK(server.release->draft);
  CHECK(notes_of(server).mark == commit);
  CHECK(asset_names(server).size() == 2);
}

TEST_CASE("another user's draft without a target gets the commit as one, as the server needs it") {
  for (const bool has_tag : {true, false}) {
    for (const std::string target : {"", "main"}) {
      Server server = tagged_server_with({{"a", "aaa"}});
      if (!has_tag) server.tag.reset();
      server.has_release(true, {});
      server.release->target = target;
      Desired desired = desired_for(server, {"a"});
      desired.draft = false;
      Drive drive(server, desired);
      drive.run();
      CHECK(server.release->target == (target.empty() ? commit : target));
    }
  }
}

TEST_CASE("a watched release of a single job is published as soon as it is complete") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.branch = "main";
  Drive drive(server, desired_for(server, {"a"}));
  drive.run();
  CHECK(drive.waited < seconds(2));
  CHECK_FALSE(server.release->draft);
}

TEST_CASE("with draft: true the mark is removed only after the server had its time to publish") {
  for (const bool flips : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    server.branch = "main";
    Desired desired = desired_for(server, {"a"});
    desired.draft = true;
    Drive drive(server, desired);
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      const bool is_due =
          std::holds_alternative<core::ReadRelease>(action) && drive.waited > seconds(3);
      if (flips && is_due && std::exchange(first, false)) server.release->draft = false;
      return {};
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK((drive.waited >= seconds(8)) == !flips);
    CHECK(server.release->draft);
    CHECK_FALSE(notes_of(server).mark);
  }
}

TEST_CASE(
    "a read during the uploads makes a public release a draft again only with this run's mark") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.branch = "main";
  Drive drive(server, desired_for(server, {"a"}));
  bool first = true;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<UploadAsset>(action) || !std::exchange(first, false)) return {};
    core::Session& session = drive.session();
    CHECK(session.watches(drive.now()));
    CHECK_FALSE(session.put_back(server.release));  // a draft
    core::Release release = *server.release;
    release.draft = false;
    core::Release theirs = release;
    theirs.body = core::render_notes({"Notes", other_commit, {}}, {});
    CHECK_FALSE(session.put_back(theirs));
    theirs.body = "Notes";
    CHECK_FALSE(session.put_back(theirs));
    CHECK_FALSE(session.put_back(std::nullopt));
    const auto edit = session.put_back(release);
    REQUIRE(edit);
    CHECK(edit->draft == true);
    CHECK(core::parse_notes(*edit->body).mark == commit);
    CHECK_FALSE(session.watches(drive.now()));  // once
    return {};
  };
  drive.run();
  CHECK_FALSE(first);
}

TEST_CASE("after a start-over the draft is watched, since moving a tag publishes its drafts") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  Drive drive(server, one_of_set(server, "a", {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.waited >= seconds(8));
  CHECK(server.release->draft);
}
