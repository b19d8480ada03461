// SPDX-License-Identifier: MIT
// Tags that are moved, created or deleted while a session is active.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"

using core::Action;
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

/// The result of a response that says that it already exists.
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

TEST_CASE("if the tag moves during the uploads, the run deletes its uploads, and nothing else") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.tag_at(commit);
  server.has_release(true, commit);
  server.add("a", "of another job");
  server.record({"a"});
  Drive drive(server, desired_for(server, {"a", "b"}));
  at_first_upload(drive, [&] { server.tag_at(other_commit); });
  drive.run();
  CHECK(drive.error() == "the tag v1 was moved from " + commit + " to " + other_commit +
                             " during this run; the files that it uploaded were deleted again");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.session().error()->hint == "The run for the new commit publishes the release.");
  CHECK(drive.log == Lines{"look", "tag", "upload a", "upload b", "tag", "delete 11", "delete 12"});
  CHECK(server.release->assets.size() == 1);
  CHECK(server.release->draft);
}

TEST_CASE("a run whose tag was moved deletes its announcements as well") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  server.has_release(true, commit);
  server.add("b", "bbb");
  Desired desired = desired_for(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* wait = std::get_if<core::Wait>(&action);
    if (wait == nullptr || wait->reason.empty()) return {};
    // While this run waits for the digest of b, the new commit's run starts the draft over.
    server.tag_at(other_commit);
    server.release->body = core::render_notes({"Notes", other_commit, {}}, {});
    server.add(core::announcement_name(server.release->assets[0], core::digest_of("bbb")), "");
    return {};
  };
  drive.run();
  CHECK(drive.error().starts_with("the tag v1 was moved"));
  CHECK(drive.log == Lines{"look", "tag", "upload a", "tag", "look", "note 11", "look", "wait",
                           "look", "tag", "delete 11", "delete 12"});
}

TEST_CASE("a deletion of an own upload without a response is repeated, but not for ever") {
  for (const int lost : {2, 100}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    server.tag_at(commit);
    core::SessionOptions options;
    options.retries = 3;
    options.backoff = [](int next, std::optional<seconds>) {
      return std::chrono::milliseconds(next * 100'000);
    };
    Drive drive(server, desired_for(server, {"a", "b"}), options);
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

TEST_CASE("a tag that is deleted during a run is not created again") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, desired_for(server, {"a"}));
  at_first_upload(drive, [&] { server.tag.reset(); });
  drive.run();
  CHECK(drive.error() ==
        "the tag v1 was deleted during this run; the files that it uploaded were deleted again");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.session().error()->hint ==
        "Push the tag again: the run that the push triggers publishes the release.");
  CHECK(server.release->draft);
  CHECK(server.release->assets.empty());
  CHECK_FALSE(server.tag);
}

TEST_CASE("a tag that appears at the same commit is fine, but must not be deleted afterwards") {
  for (const bool goes : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    core::SessionOptions slow;
    slow.backoff = [](int, std::optional<seconds>) { return seconds(20); };
    Drive drive(server, desired_for(server, {"a"}), slow);
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

TEST_CASE("if a tag appears at another commit, the run deletes its uploads") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  at_first_upload(drive, [&] { server.tag_at(other_commit); });
  drive.run();
  CHECK(drive.error() == "the tag v1 was created at " + other_commit + " during this run for " +
                             commit + "; the files that it uploaded were deleted again");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(server.release->draft);
  CHECK(server.release->assets.empty());
}

TEST_CASE("a tag that another run created during publication is reported, and nothing is undone") {
  for (const bool answered : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Drive drive(server, desired_for(server, {"a"}));
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      const auto* edit = std::get_if<core::EditRelease>(&action);
      if (edit == nullptr || edit->draft != false || !std::exchange(first, false)) return {};
      server.tag_at(other_commit);
      const core::Ok ok = server.answer(action);
      return answered ? Result(ok) : Result(driven::unanswered());
    };
    drive.run();
    CHECK(drive.error() ==
          "the release v1 was published with the files of commit " + commit +
              ", but at the same time another run or a user created the tag at commit " +
              other_commit);
    CHECK(drive.session().error()->fault == Fault::failed);
    CHECK_FALSE(server.release->draft);
    CHECK(server.release->assets.size() == 1);
  }
}

TEST_CASE("a run reads the tag again before publishing if the last response is old") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  core::SessionOptions slow;
  slow.backoff = [](int, std::optional<seconds>) { return seconds(20); };
  Drive waiting(server, desired_for(server, {"a"}), slow);
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

TEST_CASE("the creation of an annotated tag without a response is checked before it is repeated") {
  for (const bool made : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Desired desired = desired_for(server, {"a"});
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

TEST_CASE("an annotated tag that already exists is read, and decides whether the run goes on") {
  for (const int retries : {0, 5}) {
    for (const bool refused : {true, false}) {
      for (const std::string& made_at : {commit, other_commit}) {
        INFO(retries << refused << made_at);
        Server server = server_with({{"a", "aaa"}});
        Desired desired = desired_for(server, {"a"});
        desired.tag_message = "Message";
        core::SessionOptions options;
        options.retries = retries;
        Drive drive(server, desired, options);
        drive.meets = [&](const Action& action) -> std::optional<Result> {
          if (!std::holds_alternative<core::CreateTag>(action)) return {};
          server.tag_at(made_at);  // by another run, a moment ago
          return conflict(refused);
        };
        drive.run();
        CHECK(drive.count("create tag") == 1);
        if (made_at == commit) {
          CHECK(drive.error().empty());
          CHECK_FALSE(server.release->draft);
        } else {
          CHECK(drive.error() ==
                "the tag v1 was created at " + other_commit + " during this run for " + commit);
          CHECK_FALSE(server.release);
        }
      }
    }
  }
}

TEST_CASE(
    "a tag that the server calls existing but does not return ends the run with its message") {
  for (const int retries : {0, 2}) {
    Server server = server_with({{"a", "aaa"}});
    Desired desired = desired_for(server, {"a"});
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

TEST_CASE("a release that another job has just created is filled, even without attempts left") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  core::SessionOptions options;
  options.retries = 0;
  Drive drive(server, desired_for(server, {"a"}), options);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::CreateRelease>(action)) return {};
    server.has_release(true, commit);
    return conflict(false);
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK_FALSE(server.release->draft);
}

TEST_CASE(
    "on a server that takes seconds for each response, the tag is read once before it is "
    "published") {
  for (const auto response : {seconds(6), seconds(40)}) {
    for (const bool is_set : {false, true}) {
      INFO(response.count() << " s, set " << is_set);
      Server server = server_with({{"a", "aaa"}});
      server.tag_at(commit);
      Desired desired = desired_for(server, {"a"});
      if (is_set) desired.required = {"a"};
      Drive drive(server, desired);
      drive.request_time = response;
      drive.run();
      CHECK(drive.error().empty());
      CHECK_FALSE(server.release->draft);
      CHECK(drive.count("tag") <= 4);
    }
  }
}
