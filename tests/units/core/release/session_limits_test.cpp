// SPDX-License-Identifier: MIT
// Titles and notes that are too long, and servers that reject announcements.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "core/text/text.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::EditRelease;
using core::Result;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::names_in;
using driven::numbered_files;
using driven::Server;
using driven::tagged_server_with;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

/// A server that truncates titles, for a run with this title.
Drive titled(Server& server, const std::string& title, const std::string& cut) {
  Desired desired = desired_for(server, {"a"});
  desired.name = title;
  Drive drive(server, desired);
  drive.meets = [&server, title, cut](const Action& action) -> std::optional<Result> {
    const bool answers_with_it = std::holds_alternative<core::CreateRelease>(action) ||
                                 std::holds_alternative<EditRelease>(action);
    if (!answers_with_it) return {};
    core::Ok ok = server.answer(action);
    if (server.release->name == title) server.release->name = cut;
    ok.release = server.release;
    return ok;
  };
  return drive;
}

}  // namespace

// --- titles and notes ---

TEST_CASE("a title that the server has truncated counts as written, with a warning in every run") {
  struct Cut {
    const char* server;
    std::string title;
    std::string stored;
  };
  const std::string cyrillic = repeated("Ж", 175);  // 350 bytes
  const std::string wide = repeated("漢", 150);     // 450 bytes
  const std::string long_title = repeated("T", 300);
  for (const Cut& cut : {Cut{"255 bytes", cyrillic, repeated("Ж", 127)},
                         Cut{"255 bytes and an ellipsis", cyrillic, repeated("Ж", 126) + "…"},
                         Cut{"255 bytes and an ellipsis", wide, repeated("漢", 84) + "…"},
                         Cut{"253 characters", long_title, repeated("T", 252) + "…"},
                         Cut{"255 bytes", long_title, repeated("T", 255)},
                         Cut{"a blank where it is cut", repeated("T", 254) + " more and more",
                             repeated("T", 254)}}) {
    INFO(cut.server << ": " << cut.title);
    Server server = tagged_server_with({{"a", "aaa"}});
    Drive first = titled(server, cut.title, cut.stored);
    first.run();
    CHECK(first.error().empty());
    CHECK(first.has_warned("the server shortened the title"));
    CHECK(first.writes() == Lines{"create draft", "upload a", "edit: published, digests"});

    Drive second = titled(server, cut.title, cut.stored);
    second.run();
    CHECK(second.error().empty());
    CHECK(second.has_warned("the server shortened the title"));
    CHECK(second.writes().empty());

    server.release->name = "Old";
    Drive third = titled(server, cut.title, cut.stored);
    third.run();
    CHECK(third.error().empty());
    CHECK(third.writes() == Lines{"edit: title"});
    CHECK(server.release->name == cut.stored);
  }
}

TEST_CASE("a warning is not lost if the next action fails") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive drive = titled(server, repeated("T", 300), repeated("T", 252) + "…");
  const auto cuts = drive.meets;
  bool first = true;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const bool is_upload = std::holds_alternative<core::UploadAsset>(action);
    if (is_upload && std::exchange(first, false)) return driven::unanswered();
    return cuts(action);
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("the server shortened the title"));
}

TEST_CASE("a title or notes that merely continue the present ones are written") {
  const std::string old = repeated("A sentence of the old notes. ", 20);
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(false, {});
  server.release->name = repeated("Title ", 20);
  server.release->body = old;
  server.add("a", "aaa");
  Desired desired = desired_for(server, {"a"});
  desired.name = repeated("Title ", 20) + "and more";
  desired.text = core::DesiredText{old + "\n\nAnd what is new."};
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK_FALSE(drive.has_warned("shortened"));
  CHECK(server.release->name == *desired.name);
  CHECK(core::parse_notes(server.release->body, true).text == core::normalized(desired.text->text));
}

TEST_CASE("notes without room for a record: a warning in each run, and no write by a second run") {
  for (const std::size_t size : {core::notes_limit - 100, core::notes_limit + 1'000}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
    Desired desired = desired_for(server, {"a", "b"});
    desired.text = core::DesiredText{std::string(size, 'x')};
    Drive first(server, desired);
    first.run();
    CHECK(first.error().empty());
    CHECK(first.has_warned("the notes have room for the digests of only 0 of 2 assets"));
    CHECK(core::parse_notes(server.release->body, true).text == desired.text->text);

    Drive second(server, desired);
    second.run();
    CHECK(second.error().empty());
    CHECK(second.writes().empty());
    CHECK(second.has_warned("2 files were compared by name and size only"));
  }
}

TEST_CASE("a Downloads table that is too long leaves room for the record, and is not rewritten") {
  for (const bool with_sums : {true, false}) {
    // With SHA256SUMS the table has no digests, and room for more.
    Server server = tagged_server_with(numbered_files(with_sums ? 800 : 400));
    Desired desired = desired_for(server, names_in(server.files));
    desired.text = core::DesiredText{std::string(core::notes_limit / 3, 'x')};
    desired.downloads.emplace();
    if (with_sums) desired.checksums = {Algorithm::sha256};
    Drive first(server, desired);
    first.run();
    CHECK(first.error().empty());
    CHECK(first.has_warned("the generated notes and the Downloads table were shortened"));
    CHECK(server.release->body.size() <= core::notes_limit);
    CHECK(core::parse_notes(server.release->body, true).record.size() >= (with_sums ? 1 : 400));
    for (const bool changed : {false, true}) {
      if (changed) server.files["file-0399"] = "xxxxxxxxx";
      Drive next(server, desired);
      next.run();
      CHECK(next.error().empty());
      CHECK(next.has_warned("were shortened"));
      CHECK_FALSE(next.has_warned("by name and size only"));
      CHECK(next.writes().empty() == !changed);
      CHECK(next.count("upload file-0399") == (changed ? 1 : 0));
      CHECK(next.count("upload SHA256SUMS") == (changed && with_sums ? 1 : 0));
    }
  }
}

// --- announcements ---

TEST_CASE("if the server rejects announcements, the notes of the draft hold them") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(true, commit);
  Desired desired = desired_for(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  drive.meets = [](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::AnnounceDigest>(action)) return {};
    return driven::refused(400);
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"upload a", "note 10", "edit: digests for the other jobs"});
  const core::Notes notes = core::parse_notes(server.release->body);
  CHECK(notes.mark == commit);
  CHECK(is_recorded(notes.record, server.release->assets[0], core::digest_of("aaa")));
}

TEST_CASE("digests that other jobs overwrite in the notes are written four times, and no more") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(true, commit);
  Desired desired = desired_for(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  const std::string before = server.release->body;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::AnnounceDigest>(action)) return driven::refused(400);
    if (!std::holds_alternative<EditRelease>(action)) return {};
    const core::Ok ok = server.answer(action);
    server.release->body = before;
    return ok;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("note 10") == 1);
  CHECK(drive.count("edit: digests for the other jobs") == 4);
  CHECK(server.release->draft);
}
