// SPDX-License-Identifier: MIT
// A session from its first look to its end. What happens to its uploads, to its commit and in public
// is in session_uploads_test.cpp, session_commits_test.cpp and session_public_test.cpp.
#include "core/release/session.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/sections.hpp"
#include "units/core/driven.hpp"

using core::Action;
using core::Desired;
using core::Fault;
using core::IfExists;
using core::Result;
using core::Session;
using core::SessionOptions;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::wishes;

namespace {

const std::string commit(40, '1');
const std::string other_commit(40, '2');

Server server_with(const std::map<std::string, std::string>& files) {
  Server server;
  server.head = commit;
  server.files = files;
  return server;
}

SessionOptions built(const std::string& sha, bool pushed_this_tag = false) {
  SessionOptions options;
  options.built = {sha, pushed_this_tag};
  return options;
}

}  // namespace

TEST_CASE("for a tag that exists a run creates a draft, fills it and publishes it") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, wishes(server, {"a"}));
  drive.run();
  CHECK(drive.log == Lines{"look", "tag", "create draft", "upload a", "tag", "look",
                           "edit: publish it, record", "look"});
  CHECK(drive.error().empty());
  CHECK(drive.warnings.empty());
  CHECK_FALSE(server.release->draft);
  CHECK(server.release->target == commit);  // where the server would make the tag anew
  const core::Notes notes = core::parse_notes(server.release->body, true);
  CHECK_FALSE(notes.mark);
  CHECK(is_recorded(notes.record, server.release->assets[0], core::digest_of("aaa")));
  CHECK(drive.session().wrote());
  CHECK(drive.session().memory().created);
}

TEST_CASE("without a tag the target is looked up first, and the tag is checked once it is made") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
  drive.run();
  CHECK(drive.log == Lines{"look", "tag", "resolve", "create draft", "upload a", "tag", "look",
                           "edit: publish it, record", "tag", "look"});
  CHECK(drive.error().empty());
  CHECK(server.release->target == commit);
  CHECK(server.tag->commit == commit);
  CHECK(drive.session().memory().commit == commit);
}

TEST_CASE("a tag that is to be made goes to the wished target, else to what was built") {
  for (const bool named : {true, false}) {
    Server server = server_with({});
    server.head = "nobody asked for this one";
    Desired desired = wishes(server, {});
    if (named) desired.target = commit;
    Drive drive(server, desired, built(named ? other_commit : commit));
    drive.run();
    CHECK(server.tag->commit == commit);
  }
}

TEST_CASE("a second run with the same files looks and ends") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive(server, wishes(server, {"a"})).run();
  Drive again(server, wishes(server, {"a"}));
  again.run();
  CHECK(again.log == Lines{"look", "tag", "hash a"});
  CHECK_FALSE(again.session().wrote());
  CHECK_FALSE(again.session().has_replaced("a"));
}

TEST_CASE("a file that changed is sent, and what it replaces goes after it is seen") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive(server, wishes(server, {"a"})).run();
  server.files["a"] = "bbb";
  Drive again(server, wishes(server, {"a"}));
  again.run();
  CHECK(again.log == Lines{"look", "tag", "hash a", "upload a", "tag", "look", "delete 10",
                           "edit: record", "look"});
  CHECK(again.session().has_replaced("a"));
  REQUIRE(server.release->assets.size() == 1);
  CHECK(server.contents[server.release->assets[0].id] == "bbb");
}

TEST_CASE("notes are made from the commits once, for the commit of the tag") {
  for (const bool tagged : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    if (tagged) server.tag_at(commit);
    SessionOptions options;
    options.generate_notes = true;
    Drive drive(server, wishes(server, {"a"}), options);
    drive.run();
    CHECK(drive.count("generate") == 1);
    CHECK(core::section(core::parse_notes(server.release->body, true).text,
                        core::Section::generated) == "Made from " + commit);
  }
}

TEST_CASE("the tag is asked for again where the first question had no answer") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE("if_exists: skip and fail look at published releases only, before anything is written") {
  for (const auto wish : {IfExists::skip, IfExists::fail}) {
    for (const bool draft : {true, false}) {
      for (const bool marked : {true, false}) {
        Server server = server_with({{"a", "aaa"}});
        server.tag_at(commit);
        server.has_release(draft, marked ? std::optional(commit) : std::nullopt);
        SessionOptions options;
        options.if_exists = wish;
        Drive drive(server, wishes(server, {"a"}), options);
        drive.run();
        const bool published = !draft && !marked;
        CHECK(drive.session().wrote() == !published);
        CHECK(drive.session().skipped() == (published && wish == IfExists::skip));
        CHECK(drive.error().empty() == !(published && wish == IfExists::fail));
      }
    }
  }
}

TEST_CASE("if_exists: fail names the release, and that the workflow has to change") {
  Server server = server_with({});
  server.tag_at(commit);
  server.has_release(false, {});
  SessionOptions options;
  options.if_exists = IfExists::fail;
  Drive drive(server, wishes(server, {}), options);
  drive.run();
  CHECK(drive.error() ==
        "the release v1 is published already (https://git.example.org/releases/tag/v1)");
  CHECK(drive.session().error()->fault == Fault::workflow);
}

TEST_CASE("overwrite_files: fail names what differs, once everything is known that can be") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}, {"new", "n"}});
  server.tag_at(commit);
  server.has_release(false, {});
  for (const char* name : {"a", "b"}) server.add(name, server.files[name]);
  server.add("c", "CCC");
  server.record({"a", "c"});
  Desired desired = wishes(server, {"a", "b", "c", "new"});
  desired.overwrite = core::Overwrite::fail;
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error() == "the release v1 has assets of these names already: b, c");
  CHECK(drive.session().error()->fault == Fault::workflow);
  CHECK(drive.writes().empty());

  desired = wishes(server, {"a", "new"});
  desired.overwrite = core::Overwrite::fail;
  Drive fine(server, desired);
  fine.run();
  CHECK(fine.error().empty());
  CHECK(fine.count("upload new") == 1);
  CHECK(fine.count("upload a") == 0);
}

TEST_CASE("overwrite_files: fail looks once: what another job adds later is no clash") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(false, {});
  Desired desired = wishes(server, {"a"});
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

TEST_CASE("a release of a tag that differs in case only is another one, and cannot be made") {
  Server server = server_with({});
  server.tag_at(commit);
  server.has_release(false, {});
  server.release->tag = "V1";
  Drive drive(server, wishes(server, {}));
  drive.run();
  CHECK(drive.error().starts_with("there is a release V1 already"));
  CHECK(drive.session().error()->fault == Fault::workflow);
  CHECK(drive.log == Lines{"look"});
}

TEST_CASE("a run that a later push of its tag has overtaken ends at its first look") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(other_commit);
  Drive drive(server, wishes(server, {"a"}), built(commit, true));
  drive.run();
  CHECK(drive.error() == "the tag v1 was moved: this run built " + commit + ", and it is at " +
                             other_commit + " now");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.log == Lines{"look", "tag"});
}

TEST_CASE("a run of another commit than the tag's that no push of it started is only warned") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(other_commit);
  Drive drive(server, wishes(server, {"a"}), built(commit));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.warnings ==
        Lines{"the tag v1 is at " + other_commit + ", but this run is of " + commit});
}

TEST_CASE("a release that is deleted while it is filled is not made anew") {
  for (const bool another : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    server.tag_at(commit);
    Drive drive(server, wishes(server, {"a"}));
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<core::Look>(action) || !server.release) return {};
      server.release.reset();
      if (another) {
        server.has_release(true, {});
        server.release->id = 2;
      }
      return {};
    };
    drive.run();
    CHECK(drive.error() == std::string("the release v1 was deleted while this run was filling it") +
                               (another ? "; another one is there now" : ""));
    CHECK(drive.session().error()->fault == Fault::failed);
  }
}

TEST_CASE("failures are counted for each kind of action, and the one too many is the error") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  SessionOptions options;
  options.retries = 2;
  Drive drive(server, wishes(server, {"a"}), options);
  std::map<std::string, int> failed;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const bool fails = std::holds_alternative<core::CreateRelease>(action) ||
                       std::holds_alternative<core::UploadAsset>(action) ||
                       std::holds_alternative<core::EditRelease>(action);
    if (!fails || failed[driven::words(action)]++ >= 2) return {};
    return driven::unanswered();
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(failed.size() == 3);

  server.release.reset();
  Drive failing(server, wishes(server, {"a"}), options);
  failing.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::UploadAsset>(action)) return {};
    return driven::unanswered();
  };
  failing.run();
  CHECK(failing.error() == "no answer");
  CHECK(failing.session().error()->fault == Fault::uncertain);
  CHECK(failing.count("upload a") == 3);
  CHECK(failing.session().failures(core::UploadAsset{}) == 3);
}

TEST_CASE("uploads that fail side by side count as one failure") {
  Server server = server_with({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  server.tag_at(commit);
  SessionOptions options;
  options.retries = 2;
  Session session(wishes(server, {"a", "b", "c"}), options);
  int outages = 0;
  for (int steps = 0; steps < 20 && !session.ended(); ++steps) {
    bool goes_on = true;
    const bool is_out = outages < 2;
    for (const Action& action : session.next({}).now) {
      const bool is_upload = std::holds_alternative<core::UploadAsset>(action);
      if (!is_upload && !goes_on) break;
      const bool fails = is_upload && is_out;
      goes_on =
          session.done(action, fails ? Result(driven::unanswered()) : server.answer(action), {}) &&
          goes_on;
      if (fails) CHECK(session.failures(action) == outages + 1);
    }
    if (!goes_on) ++outages;
  }
  CHECK(outages == 2);
  CHECK(session.ended());
  CHECK_FALSE(session.error());
  CHECK(server.release->assets.size() == 3);
}

TEST_CASE("before a failed action is tried again the session waits as it is told to") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  SessionOptions options;
  std::vector<int> tries;
  std::optional<std::chrono::seconds> asked_for;
  options.backoff = [&](int next, std::optional<std::chrono::seconds> retry_after) {
    tries.push_back(next);
    asked_for = retry_after;
    return std::chrono::milliseconds(next * 100'000);
  };
  Drive drive(server, wishes(server, {"a"}), options);
  int failed = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::EditRelease>(action) || ++failed > 2) return {};
    core::Unknown unknown = driven::unanswered();
    unknown.error.retry_after = std::chrono::seconds(7);
    return unknown;
  };
  drive.run();
  CHECK(tries == std::vector<int>{2, 3});
  CHECK(asked_for == std::chrono::seconds(7));
  CHECK(drive.waited >= std::chrono::milliseconds(500'000));
  CHECK(drive.waited < std::chrono::milliseconds(510'000));
}

TEST_CASE("questions at the start of a run are repeated after a pause, and not for ever") {
  const auto is_meant = [](const Action& action, int which) {
    return which == 0   ? std::holds_alternative<core::ConfirmTag>(action)
           : which == 1 ? std::holds_alternative<core::ResolveTarget>(action)
           : which == 2 ? std::holds_alternative<core::GenerateNotes>(action)
                        : std::holds_alternative<core::Look>(action);
  };
  for (int which = 0; which < 4; ++which) {
    for (const int failing : {2, 100}) {
      INFO(which << ", " << failing);
      Server server = server_with({{"a", "aaa"}});
      SessionOptions options;
      options.generate_notes = true;
      options.retries = 3;
      options.backoff = [](int next, std::optional<std::chrono::seconds>) {
        return std::chrono::milliseconds(next * 100'000);
      };
      Drive drive(server, wishes(server, {"a"}), options);
      int asked = 0;
      std::chrono::milliseconds waited_at_last{0};
      drive.meets = [&](const Action& action) -> std::optional<Result> {
        if (!is_meant(action, which)) return {};
        if (++asked > failing) return {};
        waited_at_last = drive.waited;
        return driven::unanswered();
      };
      drive.run();
      CHECK(drive.error().empty() == (failing == 2));
      if (failing == 2) {
        CHECK(drive.waited >= std::chrono::milliseconds(500'000));
        CHECK(drive.waited < std::chrono::milliseconds(510'000));
      } else {
        CHECK(asked == 4);
        CHECK(waited_at_last == std::chrono::milliseconds(900'000));
        CHECK(drive.writes().empty());
      }
    }
  }
}

TEST_CASE("what the server refuses ends the session with that error, unless it only was a read") {
  for (const bool read : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    server.tag_at(commit);
    server.has_release(true, commit);
    server.add("a", "aaa");
    Drive drive(server, wishes(server, {"a"}));
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      const bool meant = read ? std::holds_alternative<core::ReadAsset>(action)
                              : std::holds_alternative<core::EditRelease>(action);
      return meant ? std::optional<Result>(driven::refused(403)) : std::nullopt;
    };
    drive.run();
    CHECK(drive.error() == (read ? "" : "refused"));
    CHECK(drive.count("upload a") == (read ? 1 : 0));
  }
}

TEST_CASE("twelve rounds in which nothing changes end the session, and say what is left") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, wishes(server, {"a"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::EditRelease>(action)) return {};
    core::Ok ok;  // answered as if it had been done
    ok.release = server.release;
    return ok;
  };
  drive.run();
  CHECK(drive.error() ==
        "12 rounds changed nothing; this is still to be done: edit the release: publish it");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.writes().size() == 2 + 12);
}
