// SPDX-License-Identifier: MIT
// Actions that fail: how often a session repeats them, and when it ends.
#include <catch2/catch_test_macros.hpp>

#include "core/release/sections.hpp"
#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"

using core::Action;
using core::Fault;
using core::Result;
using core::Session;
using core::SessionOptions;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Server;
using driven::server_with;

TEST_CASE("failures are counted per kind of action, and one beyond the limit is the error") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  SessionOptions options;
  options.retries = 2;
  Drive drive(server, desired_for(server, {"a"}), options);
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
  Drive failing(server, desired_for(server, {"a"}), options);
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

TEST_CASE("uploads that fail in parallel count as one failure") {
  Server server = server_with({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  server.tag_at(commit);
  SessionOptions options;
  options.retries = 2;
  Session session(desired_for(server, {"a", "b", "c"}), options);
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

TEST_CASE("the session waits for the given time before it repeats a failed action") {
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
  Drive drive(server, desired_for(server, {"a"}), options);
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

TEST_CASE("reads at the start of a run are repeated after a pause, and not for ever") {
  const auto is_meant = [](const Action& action, int which) {
    return which == 0   ? std::holds_alternative<core::ConfirmTag>(action)
           : which == 1 ? std::holds_alternative<core::ResolveTarget>(action)
           : which == 2 ? std::holds_alternative<core::GenerateNotes>(action)
                        : std::holds_alternative<core::ReadRelease>(action);
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
      Drive drive(server, desired_for(server, {"a"}), options);
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

TEST_CASE("a refusal by the server ends the session with that error, unless an asset was read") {
  for (const bool read : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    server.tag_at(commit);
    server.has_release(true, commit);
    server.add("a", "aaa");
    Drive drive(server, desired_for(server, {"a"}));
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

TEST_CASE("twelve rounds without changes end the session, with a list of what is left") {
  Server server = server_with({{"a", "aaa"}});
  server.tag_at(commit);
  Drive drive(server, desired_for(server, {"a"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::EditRelease>(action)) return {};
    core::Ok ok;  // answered as if it had been carried out
    ok.release = server.release;
    return ok;
  };
  drive.run();
  CHECK(drive.error() ==
        "after 12 attempts nothing has changed on the server; still to be done: update the "
        "release: published");
  CHECK(drive.session().error()->fault == Fault::failed);
  CHECK(drive.writes().size() == 2 + 12);
}
