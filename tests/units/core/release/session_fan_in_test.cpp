// SPDX-License-Identifier: MIT
// Several jobs fill one release, which may become public too early.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using core::UploadAsset;
using driven::asset_names;
using driven::commit;
using driven::Drive;
using driven::Lines;
using driven::notes_of;
using driven::one_of_set;
using driven::other_commit;
using driven::Server;
using driven::tagged_server_with;
using std::chrono::seconds;

// --- several jobs ---

TEST_CASE(
    "of two jobs the first leaves a draft and an announcement, the second publishes and removes "
    "both") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive first(server, one_of_set(server, "a", {"a", "b"}));
  first.run();
  CHECK(first.log ==
        Lines{"look", "tag", "create draft", "upload a", "tag", "look", "note 10", "look"});
  CHECK(first.session().missing() == Lines{"b"});
  CHECK(server.release->draft);

  Drive second(server, one_of_set(server, "b", {"a", "b"}));
  second.run();
  CHECK(second.log == Lines{"look", "tag", "upload b", "tag", "look", "note 12", "look",
                            "delete 11", "delete 13", "look", "edit: published, digests", "look"});
  CHECK(second.error().empty());
  CHECK(second.session().missing().empty());
  CHECK_FALSE(server.release->draft);
  CHECK(asset_names(server) == Lines{"a", "b"});
  for (const core::Asset& asset : server.release->assets) {
    CHECK(is_recorded(notes_of(server).record, asset, core::digest_of(server.contents[asset.id])));
  }
}

TEST_CASE("a job that runs again while files are missing sends nothing") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive(server, one_of_set(server, "a", {"a", "b"})).run();
  Drive again(server, one_of_set(server, "a", {"a", "b"}));
  again.run();
  CHECK(again.log == Lines{"look", "tag", "hash a"});
}

TEST_CASE(
    "the file of a job that was killed before it announced is read after 20 seconds, not sooner") {
  Server server = tagged_server_with({{"b", "bbb"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  Desired desired = one_of_set(server, "b", {"a", "b"});
  desired.checksums = {Algorithm::sha256};
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.waited >= seconds(17));
  CHECK(drive.waited < seconds(23));
  CHECK(drive.count("read 10") == 1);
  CHECK_FALSE(server.release->draft);
  CHECK(server.contents[server.release->assets.back().id] ==
        core::digest_of("aaa") + "  a\n" + core::digest_of("bbb") + "  b\n");
}

TEST_CASE("the file of a job that announces late is waited for and not read") {
  Server server = tagged_server_with({{"b", "bbb"}});
  server.has_release(true, commit);
  const core::Asset late = server.add("a", "aaa");
  Drive drive(server, one_of_set(server, "b", {"a", "b"}));
  bool told = false;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::ReadRelease>(action) && drive.waited > seconds(3) && !told) {
      server.add(core::announcement_name(late, core::digest_of("aaa")), "");
      told = true;
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read 10") == 0);
  CHECK(drive.waited < seconds(10));
  CHECK_FALSE(server.release->draft);
  CHECK(asset_names(server) == Lines{"a", "b"});
  CHECK(notes_of(server).record.size() == 2);
}

// --- public too early ---

TEST_CASE(
    "a release that a user published too early: ten seconds, a warning, and no announcements "
    "left") {
  for (const bool brings_something : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
    Drive(server, one_of_set(server, "a", {"a", "b", "c"})).run();
    server.release->draft = false;
    Drive drive(server, one_of_set(server, brings_something ? "b" : "a", {"a", "b", "c"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.waited >= seconds(10));
    CHECK(drive.waited < seconds(15));
    CHECK(drive.has_warned("the release is already public, but no asset matches"));
    CHECK_FALSE(server.release->draft);
    CHECK_FALSE(notes_of(server).mark);
    CHECK(asset_names(server) == (brings_something ? Lines{"a", "b"} : Lines{"a"}));
    CHECK(notes_of(server).record.size() == (brings_something ? 2 : 1));
    CHECK(drive.session().missing() == (brings_something ? Lines{"c"} : Lines{"b", "c"}));
  }
}

TEST_CASE("a run that yields announces and tidies in public if the other run is dead") {
  for (const bool complete : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
    const Lines set = complete ? Lines{"a", "b"} : Lines{"a", "b", "c"};
    Drive(server, one_of_set(server, "a", set)).run();
    server.release->draft = false;
    Drive drive(server, one_of_set(server, "b", set));
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<UploadAsset>(action)) return {};
      const core::Ok ok = server.answer(action);
      server.add("of a job that dies", "ddd");
      return ok;
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.waited >= std::chrono::milliseconds(3 * 700));  // it yielded
    CHECK(drive.waited < seconds(20));
    CHECK(drive.has_warned("the release is already public, but no asset matches c") == !complete);
    CHECK(drive.warnings.empty() == complete);
    CHECK_FALSE(server.release->draft);
    CHECK_FALSE(notes_of(server).mark);
    CHECK(asset_names(server) == Lines{"a", "b", "of a job that dies"});
    CHECK(notes_of(server).record.size() == 2);
  }
}

TEST_CASE("a digest in the record counts as announced once the job adopts its lost upload") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "b", {"a", "b"})).run();
  Drive drive(server, one_of_set(server, "a", {"a", "b"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<UploadAsset>(action)) return {};
    const core::Ok ok = server.answer(action);
    server.add(core::announcement_name(*ok.asset, ok.digests.at(Algorithm::sha256)), "");
    core::Unknown lost = driven::unanswered();
    lost.digests = ok.digests;
    return lost;
  };
  drive.run();
  CHECK(drive.error().empty());
  // A job that announces again may do so in a public release.
  for (const std::string& line : drive.log) CHECK_FALSE(line.starts_with("note "));
  CHECK_FALSE(server.release->draft);
  CHECK(asset_names(server) == Lines{"b", "a"});
  CHECK(notes_of(server).record.size() == 2);
}

TEST_CASE("if the notes have no room, no announcement in them is tried") {
  for (const bool readable : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    server.has_release(false, commit);
    server.release->body =
        core::render_notes({std::string(core::notes_limit - 100, 'x'), commit, {}}, {});
    server.add("b", "bbb");
    Desired desired = one_of_set(server, "a", {"a", "b"});
    desired.checksums = {Algorithm::sha256};
    Drive drive(server, desired);
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (readable || !std::holds_alternative<core::ReadAsset>(action)) return {};
      return core::Ok{};
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("edit: digests for the other jobs") == 0);
    CHECK_FALSE(notes_of(server).mark);
    CHECK(drive.has_warned("SHA256SUMS does not list b") == !readable);
  }
}

TEST_CASE("a release that a watching run makes a draft again within ten seconds stays one") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "a", {"a", "b", "c"})).run();
  server.release->draft = false;
  Drive drive(server, one_of_set(server, "b", {"a", "b", "c"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::ReadRelease>(action) && drive.waited > seconds(4)) {
      server.release->draft = true;
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.waited < seconds(8));
  CHECK(drive.warnings.empty());
  CHECK(server.release->draft);
  CHECK(notes_of(server).mark == commit);
  CHECK(drive.count("upload b") == 1);
}

TEST_CASE("a complete release that became public early is finished without waiting") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "a", {"a", "b"})).run();
  server.release->draft = false;
  Drive drive(server, one_of_set(server, "b", {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.waited < seconds(5));
  CHECK_FALSE(notes_of(server).mark);
  CHECK(asset_names(server) == Lines{"a", "b"});
  CHECK(notes_of(server).record.size() == 2);
}

TEST_CASE("a draft that became public does not count as complete before the tag is read") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "a", {"a", "b"})).run();
  Drive drive(server, one_of_set(server, "b", {"a", "b"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::AnnounceDigest>(
            action)) {  // moving a tag publishes its drafts
      server.release->draft = false;
      server.tag_at(other_commit);
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().find("was moved") != std::string::npos);
  CHECK(notes_of(server).mark == commit);
}

TEST_CASE("announcements of a set that became public early are deleted before it is complete") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "a", {"a", "b"})).run();
  server.release->draft = false;
  Drive drive(server, one_of_set(server, "b", {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"upload b", "delete 11", "edit: complete, digests"});
}
