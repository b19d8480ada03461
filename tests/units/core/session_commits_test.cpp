// SPDX-License-Identifier: MIT
// Tags that move, go or come while a session is going on, and releases that are filled for another
// commit.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/driven.hpp"

using core::Action;
using core::ConfirmTag;
using core::Desired;
using core::Fault;
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
  return server;
}

std::optional<std::string> mark_of(const Server& server) {
  return core::parse_notes(server.release->body, !server.release->draft).mark;
}

std::size_t looks_before(const Drive& drive, const std::string& word) {
  const auto end = std::find(drive.log.begin(), drive.log.end(), word);
  return static_cast<std::size_t>(std::count(drive.log.begin(), end, "look"));
}

/// What is made of an answer that says that there is one already.
Result conflict(bool refused) {
  core::Error error(Fault::uncertain, "it exists already");
  error.reason = core::Reason::already_exists;
  return refused ? Result(core::Refused{error}) : Result(core::Unknown{error, {}});
}

/// Does `work` at the first upload, before it is carried out.
void at_first_upload(Drive& drive, const std::function<void()>& work) {
  drive.meets = [work, first = true](const Action& action) mutable -> std::optional<Result> {
    if (std::holds_alternative<UploadAsset>(action) && std::exchange(first, false)) work();
    return {};
  };
}

}  // namespace

// --- the tag ---

TEST_CASE("a tag that was moved during the uploads: they are taken back, and nothing else") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.tag_at(commit);
  server.has_release(true, commit);
  server.add("a", "of another job");
  server.record({"a"});
  Drive drive(server, wishes(server, {"a", "b"}));
  at_first_upload(drive, [&] { server.tag_at(other_commit); });
  drive.run();
  CHECK(drive.error() == "the tag v1 was moved from " + commit + " to " + other_commit +
                             " while this run was going on; what it uploaded was taken back");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.session().error()->hint == "The run of the new commit publishes it.");
  CHECK(drive.log == Lines{"look", "tag", "upload a", "upload b", "tag", "delete 11", "delete 12"});
  CHECK(server.release->assets.size() == 1);
  CHECK(server.release->draft);
}

TEST_CASE("a run whose tag was moved takes its notes for the other jobs back as well") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(true, commit);
  server.add("b", "bbb");
  Desired desired = wishes(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* wait = std::get_if<core::Wait>(&action);
    if (wait == nullptr || wait->reason.empty()) return {};
    // While this run waits to hear what b holds, the new commit's run starts the draft over.
    server.tag_at(other_commit);
    server.release->body = core::render_notes({"Notes", other_commit, {}}, {});
    server.add(core::entry_name(server.release->assets[0], core::digest_of("bbb")), "");
    return {};
  };
  drive.run();
  CHECK(drive.error().starts_with("the tag v1 was moved"));
  CHECK(drive.log == Lines{"look", "tag", "upload a", "tag", "look", "note 11", "look", "wait",
                           "look", "tag", "delete 11", "delete 12"});
}

TEST_CASE("a deletion of one's own upload that gets no answer is repeated, but not for ever") {
  for (const int lost : {2, 100}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    server.tag_at(commit);
    core::SessionOptions options;
    options.retries = 3;
    options.backoff = [](int next, std::optional<seconds>) {
      return std::chrono::milliseconds(next * 100'000);
    };
    Drive drive(server, wishes(server, {"a", "b"}), options);
    int deletions = 0;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (std::holds_alternative<UploadAsset>(action)) server.tag_at(other_commit);
      const auto* gone = std::get_if<core::DeleteAsset>(&action);
      if (gone == nullptr || gone->asset.name != "a" || ++deletions > lost) return {};
      return driven::unanswered();
    };
    drive.run();
    CHECK(drive.error().starts_with("the tag v1 was moved"));
    CHECK(deletions == (lost == 2 ? 3 : 4));
    CHECK(server.release->assets.size() == (lost == 2 ? 0 : 1));
    CHECK(drive.waited >= std::chrono::milliseconds(500'000));
    CHECK(drive.waited < std::chrono::milliseconds(1'000'000));
  }
}

TEST_CASE("a tag that is deleted during a run is not made anew") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, wishes(server, {"a"}));
  at_first_upload(drive, [&] { server.tag.reset(); });
  drive.run();
  CHECK(drive.error() ==
        "the tag v1 was deleted while this run was going on; what it uploaded was taken back");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.session().error()->hint ==
        "Push the tag again; the run that its push starts publishes the release.");
  CHECK(server.release->draft);
  CHECK(server.release->assets.empty());
  CHECK_FALSE(server.tag);
}

TEST_CASE(
    "a tag that comes during a run at the same commit is fine, but then it may not go again") {
  for (const bool goes : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    core::SessionOptions slow;
    slow.backoff = [](int, std::optional<seconds>) { return seconds(20); };
    Drive drive(server, wishes(server, {"a"}), slow);
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (std::holds_alternative<UploadAsset>(action)) server.tag_at(commit);
      if (!std::holds_alternative<core::EditRelease>(action) || !std::exchange(first, false)) {
        return {};
      }
      if (goes) server.tag.reset();
      return driven::unanswered();
    };
    drive.run();
    CHECK(drive.error().empty() == !goes);
    CHECK(drive.error().starts_with("the tag v1 was deleted") == goes);
    CHECK(server.release->draft == goes);
  }
}

TEST_CASE("a tag that comes during a run at another commit: the uploads are taken back") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
  at_first_upload(drive, [&] { server.tag_at(other_commit); });
  drive.run();
  CHECK(drive.error() == "the tag v1 was made at " + other_commit + " while this run of " + commit +
                             " was going on; what it uploaded was taken back");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(server.release->draft);
  CHECK(server.release->assets.empty());
}

TEST_CASE(
    "a tag that another run made at the moment of publishing is told, and nothing is undone") {
  for (const bool answered : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Drive drive(server, wishes(server, {"a"}));
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      const auto* edit = std::get_if<core::EditRelease>(&action);
      if (edit == nullptr || edit->draft != false || !std::exchange(first, false)) return {};
      server.tag_at(other_commit);
      const core::Ok ok = server.answer(action);
      return answered ? Result(ok) : Result(driven::unanswered());
    };
    drive.run();
    CHECK(drive.error() == "the release v1 is published with the files of commit " + commit +
                               ", but the tag was made at " + other_commit +
                               " by somebody else at the same time");
    CHECK(drive.session().error()->fault == Fault::failed);
    CHECK_FALSE(server.release->draft);
    CHECK(server.release->assets.size() == 1);
  }
}

TEST_CASE("before publishing the tag is asked for again where the last answer is old") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  core::SessionOptions slow;
  slow.backoff = [](int, std::optional<seconds>) { return seconds(20); };
  Drive waiting(server, wishes(server, {"a"}), slow);
  bool first = true;
  waiting.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::EditRelease>(action) || !std::exchange(first, false)) {
      return {};
    }
    server.tag_at(other_commit);
    return driven::unanswered();
  };
  waiting.run();
  CHECK(waiting.error().starts_with("the tag v1 was moved"));
  CHECK(server.release->draft);
}

TEST_CASE("an annotated tag whose answer was lost is looked for before it is made again") {
  for (const bool made : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Desired desired = wishes(server, {"a"});
    desired.tag_message = "Message";
    Drive drive(server, desired);
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<core::CreateTag>(action)) return {};
      if (!std::exchange(first, false)) {
        return server.tag ? std::optional<Result>(driven::refused(409)) : std::nullopt;
      }
      if (made) server.answer(action);
      return driven::unanswered();
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("create tag") == (made ? 1 : 2));
    CHECK_FALSE(server.release->draft);
  }
}

TEST_CASE("an annotated tag that is there already is looked for, and decides who goes on") {
  for (const int retries : {0, 5}) {
    for (const bool refused : {true, false}) {
      for (const std::string& made_at : {commit, other_commit}) {
        INFO(retries << refused << made_at);
        Server server = server_with({{"a", "aaa"}});
        Desired desired = wishes(server, {"a"});
        desired.tag_message = "Message";
        core::SessionOptions options;
        options.retries = retries;
        Drive drive(server, desired, options);
        drive.meets = [&](const Action& action) -> std::optional<Result> {
          if (!std::holds_alternative<core::CreateTag>(action)) return {};
          server.tag_at(made_at);  // by somebody else, a moment ago
          return conflict(refused);
        };
        drive.run();
        CHECK(drive.count("create tag") == 1);
        if (made_at == commit) {
          CHECK(drive.error().empty());
          CHECK_FALSE(server.release->draft);
        } else {
          CHECK(drive.error() == "the tag v1 was made at " + other_commit + " while this run of " +
                                     commit + " was going on");
          CHECK_FALSE(server.release);
        }
      }
    }
  }
}

TEST_CASE("a tag that the server says is there, and does not show, ends the run with its words") {
  for (const int retries : {0, 2}) {
    Server server = server_with({{"a", "aaa"}});
    Desired desired = wishes(server, {"a"});
    desired.tag_message = "Message";
    core::SessionOptions options;
    options.retries = retries;
    Drive drive(server, desired, options);
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<core::CreateTag>(action)) return {};
      return conflict(false);
    };
    drive.run();
    CHECK(drive.error() == "it exists already");
    CHECK(drive.count("create tag") == std::max<std::size_t>(1, retries) + 1);
  }
}

TEST_CASE("a release that another job has just made is filled, however few tries are left") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  core::SessionOptions options;
  options.retries = 0;
  Drive drive(server, wishes(server, {"a"}), options);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::CreateRelease>(action)) return {};
    server.has_release(true, commit);
    return conflict(false);
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK_FALSE(server.release->draft);
}

// --- a draft of another commit, with a tag ---

TEST_CASE(
    "the draft of a commit that the tag has left is started over, once the tag is confirmed") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(true, other_commit);
  server.add("a", "aaa");
  server.add("old", "old");
  Drive drive(server, wishes(server, {"a"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.log == Lines{"look", "tag", "tag", "look",
                           "edit: start over: it was being filled for another commit", "look",
                           "delete 10", "delete 11", "upload a", "tag", "look",
                           "edit: publish it, record", "look"});
  CHECK(drive.has_warned("the tag was moved since this draft was begun: it is started over"));
  CHECK(server.release->target == commit);
  CHECK(server.release->assets.size() == 1);
}

TEST_CASE("a run whose tag has moved on does not start the new commit's draft over") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(true, other_commit);
  server.add("a", "AAA");
  Drive drive(server, wishes(server, {"a"}));
  int asked = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<ConfirmTag>(action) && ++asked == 2) server.tag_at(other_commit);
    return {};
  };
  drive.run();
  CHECK(drive.error().starts_with("the tag v1 was moved"));
  CHECK(drive.writes().empty());
}

TEST_CASE("a start-over whose answer is lost is repeated, not fled from") {
  for (const bool tagged : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    if (tagged) server.tag_at(commit);
    server.has_release(true, other_commit);
    Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE("without a tag a run gives way at once when another commit's draft moves") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  Drive drive(server, wishes(server, {"a"}));
  int looks = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::Look>(action) && ++looks == 3) server.add("a", "AAA");
    return {};
  };
  drive.run();
  CHECK(drive.error() == "another run is filling the release v1 for commit " + other_commit +
                             ", and this run is of " + commit +
                             "; the tag does not exist yet, so this run gives way");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(
      drive.session().error()->hint ==
      "Push the tag at the commit that is to be released, and run again. A draft of a run that has "
      "failed can also be deleted by hand.");
  CHECK(drive.writes().empty());
  CHECK(looks == 4);
}

TEST_CASE(
    "without a tag a draft that has not moved for 30 seconds is started over, with a target") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  server.release->target = other_commit;
  server.add("a", "AAA");
  Drive drive(server, wishes(server, {"a"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("the draft was begun for commit " + other_commit +
                         ", whose run has ended: it is started over"));
  CHECK(drive.waited >= seconds(28));
  CHECK(drive.waited < seconds(40));
  CHECK(looks_before(drive, "edit: start over: it was being filled for another commit") > 10);
  CHECK(server.release->target == commit);
  CHECK(server.tag->commit == commit);
  CHECK_FALSE(server.release->draft);
  REQUIRE(server.release->assets.size() == 1);
  CHECK(server.contents[server.release->assets[0].id] == "aaa");
}

TEST_CASE("a quiet draft that its commit's run finishes after all is not started over") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, other_commit);
  Drive drive(server, wishes(server, {"a"}));
  int looks = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::Look>(action) || ++looks != 8) return {};
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

TEST_CASE("a tag that comes while a run watches another commit's draft decides who goes on") {
  for (const std::string& made_at : {commit, other_commit}) {
    Server server = server_with({{"a", "aaa"}});
    server.has_release(true, other_commit);
    Drive drive(server, wishes(server, {"a"}));
    int looks = 0;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (std::holds_alternative<core::Look>(action) && ++looks == 5) server.tag_at(made_at);
      return {};
    };
    drive.run();
    CHECK(drive.error().empty() == (made_at == commit));
    CHECK(server.release->draft == (made_at == other_commit));
    CHECK(server.tag->commit == made_at);
  }
}

TEST_CASE("a run asks for the tag once more before it gives way: it may have come by now") {
  for (const std::string& made_at : {commit, other_commit}) {
    for (const bool is_public : {true, false}) {
      Server server = server_with({{"a", "aaa"}});
      server.has_release(true, other_commit);
      Drive drive(server, wishes(server, {"a"}));
      int looks = 0;
      drive.meets = [&](const Action& action) -> std::optional<Result> {
        if (!std::holds_alternative<core::Look>(action) || ++looks != 3) return {};
        server.tag_at(made_at);
        server.add("a", "AAA");
        server.release->draft = !is_public;  // as servers do when the tag comes
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
        CHECK(drive.error() == "the tag v1 was made at " + other_commit + " while this run of " +
                                   commit + " was going on");
        CHECK(drive.writes().empty());
      }
    }
  }
}

TEST_CASE(
    "a run whose own draft another commit has started over gives way and takes nothing along") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE("a run that had not written yet gives way as well, once it has seen its own mark") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE(
    "two runs of different commits without a tag: one publishes, and the other says why not") {
  for (const bool same_files : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Drive first(server, wishes(server, {"a"}));
    core::SessionOptions options;
    options.built = {other_commit, false};
    Drive second(server, wishes(server, {"a"}), options);
    for (int i = 0; i < 3; ++i) first.step();  // the draft, with the mark of the first
    if (!same_files) server.files["a"] = "bbb";
    bool first_goes_on = true;
    bool second_goes_on = true;
    while (first_goes_on || second_goes_on) {
      if (second_goes_on) second_goes_on = second.step();
      if (first_goes_on) first_goes_on = first.step();
    }
    CHECK(first.error().empty());
    CHECK(second.error().starts_with("the tag v1 was made at " + commit));
    CHECK(second.writes().empty());
    CHECK(server.tag->commit == commit);
    CHECK_FALSE(server.release->draft);
  }
}

TEST_CASE(
    "a run whose tag was made by another commit's release meanwhile does not touch that one") {
  Server server = server_with({{"a", "aaa"}});
  Desired desired = wishes(server, {"a"});
  desired.name = "Title";
  Drive drive(server, desired);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::CreateRelease>(action)) return {};
    server.tag_at(other_commit);
    server.has_release(false, {});
    server.add("a", "aaa");
    server.record({"a"});
    return driven::unanswered();  // what the API makes of "there is one already"
  };
  drive.run();
  CHECK(drive.error().starts_with("the tag v1 was made at " + other_commit));
  CHECK(drive.writes() == Lines{"create draft"});
}
