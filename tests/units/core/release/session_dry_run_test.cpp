// SPDX-License-Identifier: MIT
// The forecast that a dry run prints.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Algorithm;
using core::Desired;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::one_of_set;
using driven::other_commit;
using driven::Server;
using driven::tagged_server_with;

TEST_CASE("a dry run of a new release forecasts all actions, and writes nothing") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive drive(server, desired_for(server, {"a", "b"}));
  CHECK(drive.dry_run() ==
        Lines{"create draft", "upload a", "upload b", "edit: published, digests"});
  CHECK_FALSE(server.release);

  Desired at_once = desired_for(server, {"a"});
  at_once.upload_before_publish = false;
  CHECK(Drive(server, at_once).dry_run() == Lines{"create", "upload a", "edit: digests"});

  server.tag.reset();
  Desired tagging = desired_for(server, {"a"});
  tagging.tag_message = "Message";
  CHECK(Drive(server, tagging).dry_run() ==
        Lines{"create tag", "create draft", "upload a", "edit: published, digests"});
  CHECK_FALSE(server.tag);
}

TEST_CASE("a dry run of our own draft forecasts missing files and the publication") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  Drive drive(server, desired_for(server, {"a", "b"}));
  CHECK(drive.dry_run() == Lines{"upload b", "edit: published, digests"});
  CHECK(drive.count("read 10") == 1);
  Desired kept = desired_for(server, {"a", "b"});
  kept.draft = true;
  CHECK(Drive(server, kept).dry_run() == Lines{"upload b", "edit: complete, digests"});
  Desired at_once = desired_for(server, {"a", "b"});
  at_once.upload_before_publish = false;
  CHECK(Drive(server, at_once).dry_run() == Lines{"edit: published, digests", "upload b"});
}

TEST_CASE("a dry run of a published release forecasts replacements, deletions and edits") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.has_release(false, {});
  server.add("a", "old");
  server.add("other", "other");
  Desired desired = desired_for(server, {"a", "b"});
  desired.remove_others = true;
  desired.name = "Title";
  CHECK(Drive(server, desired).dry_run() ==
        Lines{"upload a", "upload b", "delete 10", "delete 11", "edit: title"});
  CHECK(server.release->name == "v1");
}

TEST_CASE("a dry run without changes forecasts nothing") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive(server, desired_for(server, {"a"})).run();
  Drive drive(server, desired_for(server, {"a"}));
  CHECK(drive.dry_run().empty());
  CHECK(drive.session().ended());
}

TEST_CASE("a dry run with another commit's draft forecasts the start-over") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  server.add("a", "AAA");
  CHECK(Drive(server, desired_for(server, {"a"})).dry_run() ==
        Lines{"edit: started over, because the draft was for another commit", "delete 10",
              "upload a"});
}

TEST_CASE(
    "a dry run of one of several jobs forecasts its upload, and no edit while files are missing") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "a", {"a", "b", "c"})).run();
  CHECK(Drive(server, one_of_set(server, "b", {"a", "b", "c"})).dry_run() == Lines{"upload b"});
  CHECK(Drive(server, one_of_set(server, "b", {"a", "b"})).dry_run() ==
        Lines{"upload b", "delete 11", "edit: published, digests"});
  CHECK(Drive(server, one_of_set(server, "a", {"a", "b"})).dry_run().empty());
}

TEST_CASE("a dry run does not wait: it forecasts the wait, and what follows it") {
  struct Case {
    const char* what;
    Server server;
    Desired desired;
    Lines forecast;
  };
  std::vector<Case> cases;
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, one_of_set(server, "a", {"a", "b"})).run();
  {
    Case one{"another job is about to tell what its file holds", server, {}, {}};
    one.server.add("b", "bbb");
    one.desired = one_of_set(server, "a", {"a", "b"});
    one.forecast = {"wait", "delete 11", "edit: published, digests"};
    cases.push_back(one);
  }
  {
    Case one{"public too early", server, {}, {}};
    one.server.release->draft = false;
    one.desired = one_of_set(server, "a", {"a", "b"});
    one.forecast = {"wait", "delete 11", "edit: complete, digests"};
    cases.push_back(one);
  }
  {
    Case one{"the server may still publish the draft", server, {}, {}};
    one.server.release->target = "main";
    one.desired = one_of_set(server, "a", {"a", "b"});
    one.forecast = {"wait"};
    cases.push_back(one);
  }
  {
    Case one{
        "a draft of another commit, without a tag", tagged_server_with({{"a", "aaa"}}), {}, {}};
    one.server.tag.reset();
    one.server.has_release(true, other_commit);
    one.server.add("a", "AAA");
    one.desired = desired_for(one.server, {"a"});
    one.forecast = {"wait", "edit: started over, because the draft was for another commit",
                    "delete 10", "upload a"};
    cases.push_back(one);
  }
  for (Case& one : cases) {
    INFO(one.what);
    Drive drive(one.server, one.desired);
    CHECK(drive.dry_run() == one.forecast);
    CHECK(drive.waited == std::chrono::milliseconds(0));
    CHECK(drive.writes().empty());
  }
}

TEST_CASE("a dry run forecasts SHA256SUMS if everything else is in place") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive(server, desired_for(server, {"a"})).run();
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  CHECK(Drive(server, desired).dry_run() == Lines{"upload SHA256SUMS"});
}

TEST_CASE("a dry run forecasts what is generated from the files that it would upload") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  desired.checksum_names.add_per_file(desired.checksums);
  desired.downloads.emplace();
  CHECK(Drive(server, desired).dry_run() == Lines{"create draft", "upload a", "upload SHA256SUMS",
                                                  "upload a.sha256",
                                                  "edit: published, Downloads table, digests"});
  server.has_release(true, commit);
  CHECK(Drive(server, desired).dry_run() == Lines{"upload a", "upload SHA256SUMS",
                                                  "upload a.sha256",
                                                  "edit: published, Downloads table"});
  CHECK(server.release->assets.empty());
}

TEST_CASE("a dry run of the first of several jobs forecasts no publication") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  CHECK(Drive(server, one_of_set(server, "a", {"a", "b"})).dry_run() ==
        Lines{"create draft", "upload a"});
}

TEST_CASE("a dry run forecasts the deletion of announcements if nothing else is left to do") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive(server, desired_for(server, {"a"})).run();
  server.add(core::announcement_name(server.release->assets[0], core::digest_of("aaa")), "");
  CHECK(Drive(server, desired_for(server, {"a"})).dry_run() == Lines{"delete 11"});
}
