// SPDX-License-Identifier: MIT
// A session from its first snapshot to its end. Other files test its failures, uploads, tag and so on.
#include "core/release/session.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/release/sections.hpp"
#include "units/core/release/driven.hpp"

using core::Action;
using core::Desired;
using core::Fault;
using core::IfExists;
using core::Result;
using core::SessionOptions;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::other_commit;
using driven::Server;
using driven::server_with;

namespace {

SessionOptions built(const std::string& sha, bool pushed_this_tag = false) {
  SessionOptions options;
  options.built = {sha, pushed_this_tag};
  return options;
}

}  // namespace

TEST_CASE("for an existing tag a run creates a draft, fills it and publishes it") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, desired_for(server, {"a"}));
  drive.run();
  CHECK(drive.log == Lines{"look", "tag", "create draft", "upload a", "tag", "look",
                           "edit: published, digests", "look"});
  CHECK(drive.error().empty());
  CHECK(drive.warnings.empty());
  CHECK_FALSE(server.release->draft);
  CHECK(server.release->target == commit);  // where the server would create the tag again
  const core::Notes notes = core::parse_notes(server.release->body, true);
  CHECK_FALSE(notes.mark);
  CHECK(is_recorded(notes.record, server.release->assets[0], core::digest_of("aaa")));
  CHECK(drive.session().wrote());
  CHECK(drive.session().memory().created);
}

TEST_CASE("without a tag the target is read first, and the tag is checked after its creation") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  drive.run();
  CHECK(drive.log == Lines{"look", "tag", "resolve", "create draft", "upload a", "tag", "look",
                           "edit: published, digests", "tag", "look"});
  CHECK(drive.error().empty());
  CHECK(server.release->target == commit);
  CHECK(server.tag->commit == commit);
  CHECK(drive.session().memory().commit == commit);
}

TEST_CASE("a new tag is created at the desired target, or else at the commit that was built") {
  for (const bool named : {true, false}) {
    Server server = server_with({});
    server.head = "nobody asked for this one";
    Desired desired = desired_for(server, {});
    if (named) desired.target = commit;
    Drive drive(server, desired, built(named ? other_commit : commit));
    drive.run();
    CHECK(server.tag->commit == commit);
  }
}

TEST_CASE("a second run with the same files reads and ends") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive(server, desired_for(server, {"a"})).run();
  Drive again(server, desired_for(server, {"a"}));
  again.run();
  CHECK(again.log == Lines{"look", "tag", "hash a"});
  CHECK_FALSE(again.session().wrote());
  CHECK_FALSE(again.session().has_replaced("a"));
}

TEST_CASE("a changed file is uploaded, and the old asset is deleted after the new one is seen") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive(server, desired_for(server, {"a"})).run();
  server.files["a"] = "bbb";
  Drive again(server, desired_for(server, {"a"}));
  again.run();
  CHECK(again.log == Lines{"look", "tag", "hash a", "upload a", "tag", "look", "delete 10",
                           "edit: digests", "look"});
  CHECK(again.session().has_replaced("a"));
  REQUIRE(server.release->assets.size() == 1);
  CHECK(server.contents[server.release->assets[0].id] == "bbb");
}

TEST_CASE("notes are generated from the commits once, for the commit of the tag") {
  for (const bool tagged : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    if (tagged) server.tag_at(commit);
    SessionOptions options;
    options.generate_notes = true;
    Drive drive(server, desired_for(server, {"a"}), options);
    drive.run();
    CHECK(drive.count("generate") == 1);
    CHECK(core::section(core::parse_notes(server.release->body, true).text,
                        core::Section::generated) == "Made from " + commit);
  }
}

TEST_CASE("the tag is read again if the first request got no response") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, desired_for(server, {"a"}));
  int asked = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::ConfirmTag>(action) || ++asked > 1) return {};
    return driven::unanswered();
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(Lines(drive.log.begin(), drive.log.begin() + 4) ==
        Lines{"look", "tag", "tag", "create draft"});
}

TEST_CASE("if_exists: skip and fail only consider published releases, before any write") {
  for (const auto if_exists_value : {IfExists::skip, IfExists::fail}) {
    for (const bool draft : {true, false}) {
      for (const bool marked : {true, false}) {
        Server server = server_with({{"a", "aaa"}});
        server.tag_at(commit);
        server.has_release(draft, marked ? std::optional(commit) : std::nullopt);
        SessionOptions options;
        options.if_exists = if_exists_value;
        Drive drive(server, desired_for(server, {"a"}), options);
        drive.run();
        const bool published = !draft && !marked;
        CHECK(drive.session().wrote() == !published);
        CHECK(drive.session().skipped() == (published && if_exists_value == IfExists::skip));
        CHECK(drive.error().empty() == !(published && if_exists_value == IfExists::fail));
      }
    }
  }
}

TEST_CASE("if_exists: fail names the release, and says that the workflow must change") {
  Server server = server_with({});
  server.tag_at(commit);
  server.has_release(false, {});
  SessionOptions options;
  options.if_exists = IfExists::fail;
  Drive drive(server, desired_for(server, {}), options);
  drive.run();
  CHECK(drive.error() ==
        "the release v1 is already published (https://git.example.org/releases/tag/v1)");
  CHECK(drive.session().error()->fault == Fault::workflow);
}

TEST_CASE("overwrite_files: fail lists the differences when all available digests are known") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}, {"new", "n"}});
  server.tag_at(commit);
  server.has_release(false, {});
  for (const char* name : {"a", "b"}) server.add(name, server.files[name]);
  server.add("c", "CCC");
  server.record({"a", "c"});
  Desired desired = desired_for(server, {"a", "b", "c", "new"});
  desired.overwrite = core::Overwrite::fail;
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error() == "the release v1 already has assets with these names: b, c");
  CHECK(drive.session().error()->fault == Fault::workflow);
  CHECK(drive.writes().empty());

  desired = desired_for(server, {"a", "new"});
  desired.overwrite = core::Overwrite::fail;
  Drive fine(server, desired);
  fine.run();
  CHECK(fine.error().empty());
  CHECK(fine.count("upload new") == 1);
  CHECK(fine.count("upload a") == 0);
}

TEST_CASE("overwrite_files: fail checks once: a later file of another job is no conflict") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(false, {});
  Desired desired = desired_for(server, {"a"});
  desired.overwrite = core::Overwrite::fail;
  Drive drive(server, desired);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::UploadAsset>(action)) server.add("a", "AAA");
    return {};
  };
  drive.run();
  CHECK(drive.error().empty());
  REQUIRE(server.release->assets.size() == 1);
  CHECK(server.contents[server.release->assets[0].id] == "aaa");
}

TEST_CASE("a release whose tag differs only in case is another one, and cannot be created") {
  Server server = server_with({});
  server.tag_at(commit);
  server.has_release(false, {});
  server.release->tag = "V1";
  Drive drive(server, desired_for(server, {}));
  drive.run();
  CHECK(drive.error().starts_with("the release V1 already exists"));
  CHECK(drive.session().error()->fault == Fault::workflow);
  CHECK(drive.log == Lines{"look"});
}

TEST_CASE("a run that a later push of its tag has overtaken ends at its first read") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(other_commit);
  Drive drive(server, desired_for(server, {"a"}), built(commit, true));
  drive.run();
  CHECK(drive.error() == "the tag v1 was moved: this run built commit " + commit +
                             ", but the tag now points to " + other_commit);
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.log == Lines{"look", "tag"});
}

TEST_CASE("a run at another commit than the tag's, not started by its push, only gets a warning") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(other_commit);
  Drive drive(server, desired_for(server, {"a"}), built(commit));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.warnings == Lines{"the tag v1 points to commit " + other_commit +
                                ", but this run was started for commit " + commit});
}

TEST_CASE("a release that is deleted while it is being filled is not created again") {
  for (const bool another : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    server.tag_at(commit);
    Drive drive(server, desired_for(server, {"a"}));
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<core::ReadRelease>(action) || !server.release) return {};
      server.release.reset();
      if (another) {
        server.has_release(true, {});
        server.release->id = 2;
      }
      return {};
    };
    drive.run();
    CHECK(drive.error() == std::string("the release v1 was deleted during this run") +
                               (another ? ", and a new one was created" : ""));
    CHECK(drive.session().error()->fault == Fault::failed);
  }
}
