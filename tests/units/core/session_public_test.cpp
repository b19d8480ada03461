// SPDX-License-Identifier: MIT
// Several jobs of one release, drafts that become public too early, and what a dry run foretells.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/driven.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using core::UploadAsset;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::wishes;
using std::chrono::seconds;

namespace {

const std::string commit(40, '1');
const std::string other_commit(40, '2');

Server server_with(const std::map<std::string, std::string>& files) {
  Server server;
  server.head = commit;
  server.files = files;
  server.tag_at(commit);
  return server;
}

/// Brings one file of a set.
Desired job(const Server& server, const std::string& name, const std::vector<std::string>& set) {
  Desired desired = wishes(server, {name});
  desired.required = set;
  return desired;
}

core::Notes notes_of(const Server& server) {
  return core::parse_notes(server.release->body, !server.release->draft);
}

Lines names_of(const Server& server) {
  Lines names;
  for (const core::Asset& asset : server.release->assets) names.push_back(asset.name);
  return names;
}

}  // namespace

// --- several jobs ---

TEST_CASE(
    "of two jobs the first leaves a draft and a note, the second publishes and leaves neither") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive first(server, job(server, "a", {"a", "b"}));
  first.run();
  CHECK(first.log ==
        Lines{"look", "tag", "create draft", "upload a", "tag", "look", "note 10", "look"});
  CHECK(first.session().missing() == Lines{"b"});
  CHECK(server.release->draft);

  Drive second(server, job(server, "b", {"a", "b"}));
  second.run();
  CHECK(second.log == Lines{"look", "tag", "upload b", "tag", "look", "note 12", "look",
                            "delete 11", "delete 13", "look", "edit: publish it, record", "look"});
  CHECK(second.error().empty());
  CHECK(second.session().missing().empty());
  CHECK_FALSE(server.release->draft);
  CHECK(names_of(server) == Lines{"a", "b"});
  for (const core::Asset& asset : server.release->assets) {
    CHECK(is_recorded(notes_of(server).record, asset, core::digest_of(server.contents[asset.id])));
  }
}

TEST_CASE("a job that comes again while others are due sends nothing") {
  Server server = server_with({{"a", "aaa"}});
  Drive(server, job(server, "a", {"a", "b"})).run();
  Drive again(server, job(server, "a", {"a", "b"}));
  again.run();
  CHECK(again.log == Lines{"look", "tag", "hash a"});
}

TEST_CASE("the file of a job that was killed before it told is read after 20 seconds, not sooner") {
  Server server = server_with({{"b", "bbb"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  Desired desired = job(server, "b", {"a", "b"});
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

TEST_CASE("the file of a job that tells late is waited for and not read") {
  Server server = server_with({{"b", "bbb"}});
  server.has_release(true, commit);
  const core::Asset late = server.add("a", "aaa");
  Drive drive(server, job(server, "b", {"a", "b"}));
  bool told = false;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::Look>(action) && drive.waited > seconds(3) && !told) {
      server.add(core::entry_name(late, core::digest_of("aaa")), "");
      told = true;
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read 10") == 0);
  CHECK(drive.waited < seconds(10));
  CHECK_FALSE(server.release->draft);
  CHECK(names_of(server) == Lines{"a", "b"});
  CHECK(notes_of(server).record.size() == 2);
}

// --- public too early ---

TEST_CASE(
    "a release that somebody published too early: ten seconds, then a warning and no traces") {
  for (const bool brings_something : {true, false}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    Drive(server, job(server, "a", {"a", "b", "c"})).run();
    server.release->draft = false;
    Drive drive(server, job(server, brings_something ? "b" : "a", {"a", "b", "c"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.waited >= seconds(10));
    CHECK(drive.waited < seconds(15));
    CHECK(drive.has_warned("the release is public already, but nothing in it matches"));
    CHECK_FALSE(server.release->draft);
    CHECK_FALSE(notes_of(server).mark);
    CHECK(names_of(server) == (brings_something ? Lines{"a", "b"} : Lines{"a"}));
    CHECK(notes_of(server).record.size() == (brings_something ? 2 : 1));
    CHECK(drive.session().missing() == (brings_something ? Lines{"c"} : Lines{"b", "c"}));
  }
}

TEST_CASE("a run that lets another one go first tells and tidies in public when that one is dead") {
  for (const bool complete : {true, false}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    const Lines set = complete ? Lines{"a", "b"} : Lines{"a", "b", "c"};
    Drive(server, job(server, "a", set)).run();
    server.release->draft = false;
    Drive drive(server, job(server, "b", set));
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<UploadAsset>(action)) return {};
      const core::Ok ok = server.answer(action);
      server.add("of a job that dies", "ddd");
      return ok;
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.waited >= std::chrono::milliseconds(3 * 700));  // it gave way
    CHECK(drive.waited < seconds(20));
    CHECK(drive.has_warned("the release is public already, but nothing in it matches c") ==
          !complete);
    CHECK(drive.warnings.empty() == complete);
    CHECK_FALSE(server.release->draft);
    CHECK_FALSE(notes_of(server).mark);
    CHECK(names_of(server) == Lines{"a", "b", "of a job that dies"});
    CHECK(notes_of(server).record.size() == 2);
  }
}

TEST_CASE("where the notes have no room, nothing is told in them in vain") {
  for (const bool readable : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    server.has_release(false, commit);
    server.release->body =
        core::render_notes({std::string(core::notes_limit - 100, 'x'), commit, {}}, {});
    server.add("b", "bbb");
    Desired desired = job(server, "a", {"a", "b"});
    desired.checksums = {Algorithm::sha256};
    Drive drive(server, desired);
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (readable || !std::holds_alternative<core::ReadAsset>(action)) return {};
      return core::Ok{};
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("edit: record, for the other jobs") == 0);
    CHECK_FALSE(notes_of(server).mark);
    CHECK(drive.has_warned("SHA256SUMS leaves out b") == !readable);
  }
}

TEST_CASE("a release that a watching run makes a draft again within ten seconds is left one") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, job(server, "a", {"a", "b", "c"})).run();
  server.release->draft = false;
  Drive drive(server, job(server, "b", {"a", "b", "c"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::Look>(action) && drive.waited > seconds(4)) {
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
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, job(server, "a", {"a", "b"})).run();
  server.release->draft = false;
  Drive drive(server, job(server, "b", {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.waited < seconds(5));
  CHECK_FALSE(notes_of(server).mark);
  CHECK(names_of(server) == Lines{"a", "b"});
  CHECK(notes_of(server).record.size() == 2);
}

TEST_CASE("a draft that was made public is not taken for complete before the tag is asked for") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, job(server, "a", {"a", "b"})).run();
  Drive drive(server, job(server, "b", {"a", "b"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::NoteDigest>(action)) {  // moving a tag publishes its drafts
      server.release->draft = false;
      server.tag_at(other_commit);
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().find("was moved") != std::string::npos);
  CHECK(notes_of(server).mark == commit);
}

TEST_CASE("of a set that became public early the notes of the jobs go before it is complete") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, job(server, "a", {"a", "b"})).run();
  server.release->draft = false;
  Drive drive(server, job(server, "b", {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"upload b", "delete 11", "edit: it is complete, record"});
}

// --- the watch after a push ---

TEST_CASE("a draft whose tag the server's table does not know is watched for ten seconds") {
  for (const bool known : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    if (!known) server.branch = "main";
    Drive drive(server, job(server, "a", {"a", "b"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK((drive.waited >= seconds(8)) == !known);
    CHECK(drive.waited < seconds(15));
    CHECK(drive.writes() == Lines{"create draft", "upload a", "note 10"});
  }
}

TEST_CASE("where the tag does not exist, or the target is its commit, nothing is watched") {
  Server server = server_with({{"a", "aaa"}});
  server.tag.reset();
  server.branch = "main";
  Drive without_tag(server, job(server, "a", {"a", "b"}));
  without_tag.run();
  CHECK(without_tag.waited < seconds(5));

  Server other = server_with({{"a", "aaa"}});
  other.branch = commit;
  Drive at_commit(other, job(other, "a", {"a", "b"}));
  at_commit.run();
  CHECK(at_commit.waited < seconds(5));
}

TEST_CASE("a draft that the server publishes while it is watched is put back, once") {
  Server server = server_with({{"a", "aaa"}});
  server.branch = "main";
  Drive drive(server, job(server, "a", {"a", "b"}));
  int flips = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::Look>(action) && drive.waited > seconds(2) && flips == 0) {
      ++flips;
      server.release->draft = false;
    }
    return {};
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() ==
        Lines{"create draft", "upload a", "note 10",
              "edit: make it a draft again: the server published it while it is being filled"});
  CHECK(drive.waited < seconds(8));  // it does so only once: the watch is over
  CHECK(server.release->draft);
  CHECK(notes_of(server).mark == commit);
  CHECK(names_of(server).size() == 2);
}

TEST_CASE("somebody else's draft without a target gets the commit as one, as the server needs it") {
  for (const bool has_tag : {true, false}) {
    for (const std::string target : {"", "main"}) {
      Server server = server_with({{"a", "aaa"}});
      if (!has_tag) server.tag.reset();
      server.has_release(true, {});
      server.release->target = target;
      Desired desired = wishes(server, {"a"});
      desired.draft = false;
      Drive drive(server, desired);
      drive.run();
      CHECK(server.release->target == (target.empty() ? commit : target));
    }
  }
}

TEST_CASE("a release of one job that is watched is published as soon as it is complete") {
  Server server = server_with({{"a", "aaa"}});
  server.branch = "main";
  Drive drive(server, wishes(server, {"a"}));
  drive.run();
  CHECK(drive.waited < seconds(2));
  CHECK_FALSE(server.release->draft);
}

TEST_CASE("with draft: true the mark goes only when the server has had its time to publish") {
  for (const bool flips : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    server.branch = "main";
    Desired desired = wishes(server, {"a"});
    desired.draft = true;
    Drive drive(server, desired);
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      const bool is_due = std::holds_alternative<core::Look>(action) && drive.waited > seconds(3);
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

TEST_CASE("a look during the uploads puts back a public release with this run's mark only") {
  Server server = server_with({{"a", "aaa"}});
  server.branch = "main";
  Drive drive(server, wishes(server, {"a"}));
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
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  Drive drive(server, job(server, "a", {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.waited >= seconds(8));
  CHECK(server.release->draft);
}

// --- dry runs ---

TEST_CASE("a dry run of a new release foretells all of it, and writes nothing") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive drive(server, wishes(server, {"a", "b"}));
  CHECK(drive.dry_run() ==
        Lines{"create draft", "upload a", "upload b", "edit: publish it, record"});
  CHECK_FALSE(server.release);

  Desired at_once = wishes(server, {"a"});
  at_once.upload_before_publish = false;
  CHECK(Drive(server, at_once).dry_run() == Lines{"create", "upload a", "edit: record"});

  server.tag.reset();
  Desired tagging = wishes(server, {"a"});
  tagging.tag_message = "Message";
  CHECK(Drive(server, tagging).dry_run() ==
        Lines{"create tag", "create draft", "upload a", "edit: publish it, record"});
  CHECK_FALSE(server.tag);
}

TEST_CASE("a dry run of a draft of ours foretells what is missing, and that it is published") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  Drive drive(server, wishes(server, {"a", "b"}));
  CHECK(drive.dry_run() == Lines{"upload b", "edit: publish it, record"});
  CHECK(drive.count("read 10") == 1);
  Desired kept = wishes(server, {"a", "b"});
  kept.draft = true;
  CHECK(Drive(server, kept).dry_run() == Lines{"upload b", "edit: it is complete, record"});
  Desired at_once = wishes(server, {"a", "b"});
  at_once.upload_before_publish = false;
  CHECK(Drive(server, at_once).dry_run() == Lines{"edit: publish it, record", "upload b"});
}

TEST_CASE("a dry run of a published release foretells replacements, deletions and edits") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.has_release(false, {});
  server.add("a", "old");
  server.add("other", "other");
  Desired desired = wishes(server, {"a", "b"});
  desired.remove_others = true;
  desired.name = "Title";
  CHECK(Drive(server, desired).dry_run() ==
        Lines{"upload a", "upload b", "delete 10", "delete 11", "edit: title"});
  CHECK(server.release->name == "v1");
}

TEST_CASE("a dry run that would change nothing foretells nothing") {
  Server server = server_with({{"a", "aaa"}});
  Drive(server, wishes(server, {"a"})).run();
  Drive drive(server, wishes(server, {"a"}));
  CHECK(drive.dry_run().empty());
  CHECK(drive.session().ended());
}

TEST_CASE("a dry run of another commit's draft foretells that it is started over") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  server.add("a", "AAA");
  CHECK(Drive(server, wishes(server, {"a"})).dry_run() ==
        Lines{"edit: start over: it was being filled for another commit", "delete 10", "upload a"});
}

TEST_CASE(
    "a dry run of one of several jobs foretells its upload, and no edit before all are there") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, job(server, "a", {"a", "b", "c"})).run();
  CHECK(Drive(server, job(server, "b", {"a", "b", "c"})).dry_run() == Lines{"upload b"});
  CHECK(Drive(server, job(server, "b", {"a", "b"})).dry_run() ==
        Lines{"upload b", "delete 11", "edit: publish it, record"});
  CHECK(Drive(server, job(server, "a", {"a", "b"})).dry_run().empty());
}

TEST_CASE("a dry run waits for nobody: it foretells the wait, and what comes after it") {
  struct Case {
    const char* what;
    Server server;
    Desired desired;
    Lines forecast;
  };
  std::vector<Case> cases;
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, job(server, "a", {"a", "b"})).run();
  {
    Case one{"another job is about to tell what its file holds", server, {}, {}};
    one.server.add("b", "bbb");
    one.desired = job(server, "a", {"a", "b"});
    one.forecast = {"wait", "delete 11", "edit: publish it, record"};
    cases.push_back(one);
  }
  {
    Case one{"public too early", server, {}, {}};
    one.server.release->draft = false;
    one.desired = job(server, "a", {"a", "b"});
    one.forecast = {"wait", "delete 11", "edit: it is complete, record"};
    cases.push_back(one);
  }
  {
    Case one{"the server may still publish the draft", server, {}, {}};
    one.server.release->target = "main";
    one.desired = job(server, "a", {"a", "b"});
    one.forecast = {"wait"};
    cases.push_back(one);
  }
  {
    Case one{"a draft of another commit, without a tag", server_with({{"a", "aaa"}}), {}, {}};
    one.server.tag.reset();
    one.server.has_release(true, other_commit);
    one.server.add("a", "AAA");
    one.desired = wishes(one.server, {"a"});
    one.forecast = {"wait", "edit: start over: it was being filled for another commit", "delete 10",
                    "upload a"};
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

TEST_CASE("a dry run foretells SHA256SUMS where the rest is there") {
  Server server = server_with({{"a", "aaa"}});
  Drive(server, wishes(server, {"a"})).run();
  Desired desired = wishes(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  CHECK(Drive(server, desired).dry_run() == Lines{"upload SHA256SUMS"});
}

TEST_CASE("a dry run foretells that notes about assets go, where nothing else is left to do") {
  Server server = server_with({{"a", "aaa"}});
  Drive(server, wishes(server, {"a"})).run();
  server.add(core::entry_name(server.release->assets[0], core::digest_of("aaa")), "");
  CHECK(Drive(server, wishes(server, {"a"})).dry_run() == Lines{"delete 11"});
}
