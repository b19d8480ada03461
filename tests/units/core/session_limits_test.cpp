// SPDX-License-Identifier: MIT
// What does not fit: titles and notes that are too long, a record with no room for every asset, and
// servers that take no entries.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "core/text.hpp"
#include "units/core/driven.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::EditRelease;
using core::Result;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::wishes;

namespace {

const std::string commit(40, '1');

Server server_with(const std::map<std::string, std::string>& files) {
  Server server;
  server.head = commit;
  server.files = files;
  server.tag_at(commit);
  return server;
}

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

/// A server that cuts titles, as a run with this title meets it.
Drive titled(Server& server, const std::string& title, const std::string& cut) {
  Desired desired = wishes(server, {"a"});
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

/// So many files of one server and run, with names of three digits or four.
std::map<std::string, std::string> many_files(int count) {
  std::map<std::string, std::string> files;
  for (int i = 0; i < count; ++i) files[fmt::format("file-{:04}", i)] = fmt::format("{:09}", i);
  return files;
}

Lines names_of(const std::map<std::string, std::string>& files) {
  Lines names;
  for (const auto& [name, content] : files) names.push_back(name);
  return names;
}

std::size_t requests(const Drive& drive) {
  std::size_t result = 0;
  for (const std::string& word : drive.log) {
    if (!word.starts_with("hash") && word != "wait") ++result;
  }
  return result;
}

}  // namespace

// --- titles and notes ---

TEST_CASE("a title that the server has cut counts as written, with a warning, on every run") {
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
    Server server = server_with({{"a", "aaa"}});
    Drive first = titled(server, cut.title, cut.stored);
    first.run();
    CHECK(first.error().empty());
    CHECK(first.has_warned("the server has shortened the title"));
    CHECK(first.writes() == Lines{"create draft", "upload a", "edit: publish it, record"});

    Drive second = titled(server, cut.title, cut.stored);
    second.run();
    CHECK(second.error().empty());
    CHECK(second.has_warned("the server has shortened the title"));
    CHECK(second.writes().empty());

    server.release->name = "Old";
    Drive third = titled(server, cut.title, cut.stored);
    third.run();
    CHECK(third.error().empty());
    CHECK(third.writes() == Lines{"edit: title"});
    CHECK(server.release->name == cut.stored);
  }
}

TEST_CASE("a warning is not lost where the next action fails") {
  Server server = server_with({{"a", "aaa"}});
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
  CHECK(drive.has_warned("the server has shortened the title"));
}

TEST_CASE("a title or notes that merely go on from what is there are written") {
  const std::string old = repeated("A sentence of the old notes. ", 20);
  Server server = server_with({{"a", "aaa"}});
  server.has_release(false, {});
  server.release->name = repeated("Title ", 20);
  server.release->body = old;
  server.add("a", "aaa");
  Desired desired = wishes(server, {"a"});
  desired.name = repeated("Title ", 20) + "and more";
  desired.text = core::WishedText{old + "\n\nAnd what is new."};
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK_FALSE(drive.has_warned("shortened"));
  CHECK(server.release->name == *desired.name);
  CHECK(core::parse_notes(server.release->body, true).text == core::normalized(desired.text->text));
}

TEST_CASE("notes without room for a record: a warning on each run, and no second run writes") {
  for (const std::size_t size : {core::notes_limit - 100, core::notes_limit + 1'000}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    Desired desired = wishes(server, {"a", "b"});
    desired.text = core::WishedText{std::string(size, 'x')};
    Drive first(server, desired);
    first.run();
    CHECK(first.error().empty());
    CHECK(first.has_warned("the notes have room for the digests of 0 of 2 assets"));
    CHECK(core::parse_notes(server.release->body, true).text == desired.text->text);

    Drive second(server, desired);
    second.run();
    CHECK(second.error().empty());
    CHECK(second.writes().empty());
    CHECK(second.has_warned("2 files were compared by name and size only"));
  }
}

TEST_CASE(
    "a Downloads table that is too long leaves room for the record, and is not written again") {
  for (const bool with_sums : {true, false}) {
    Server server = server_with(many_files(400));
    Desired desired = wishes(server, names_of(server.files));
    desired.text = core::WishedText{std::string(core::notes_limit / 3, 'x')};
    desired.downloads.emplace();
    if (with_sums) desired.checksums = {Algorithm::sha256};
    Drive first(server, desired);
    first.run();
    CHECK(first.error().empty());
    CHECK(first.has_warned("the generated notes and the Downloads table are shortened"));
    CHECK(server.release->body.size() <= core::notes_limit);
    CHECK(core::parse_notes(server.release->body, true).record.size() >= (with_sums ? 1 : 400));
    for (const bool changed : {false, true}) {
      if (changed) server.files["file-0399"] = "xxxxxxxxx";
      Drive next(server, desired);
      next.run();
      CHECK(next.error().empty());
      CHECK(next.has_warned("are shortened"));
      CHECK_FALSE(next.has_warned("by name and size only"));
      CHECK(next.writes().empty() == !changed);
      CHECK(next.count("upload file-0399") == (changed ? 1 : 0));
      CHECK(next.count("upload SHA256SUMS") == (changed && with_sums ? 1 : 0));
    }
  }
}

// --- the record ---

TEST_CASE("of 2,000 files SHA256SUMS tells what the record has no room for") {
  Server server = server_with(many_files(2000));
  Desired desired = wishes(server, names_of(server.files));
  desired.checksums = {Algorithm::sha256};
  Drive first(server, desired);
  first.run();
  CHECK(first.error().empty());
  CHECK_FALSE(first.has_warned("room"));
  CHECK(server.release->assets.size() == 2001);

  Drive second(server, desired);
  second.run();
  CHECK(second.error().empty());
  CHECK(second.writes().empty());
  CHECK(second.warnings.empty());
  CHECK(second.count("read sums") == 1);
  CHECK(requests(second) <= 4);

  server.files["file-0001"] = "xxxxxxxxx";
  Drive third(server, desired);
  third.run();
  CHECK(third.error().empty());
  const Lines uploads = third.writes();
  CHECK(third.count("upload file-0001") == 1);
  CHECK(third.count("upload SHA256SUMS") == 1);
  CHECK(std::count_if(uploads.begin(), uploads.end(),
                      [](const std::string& word) { return word.starts_with("upload"); }) == 2);

  Drive fourth(server, desired);
  fourth.run();
  CHECK(fourth.error().empty());
  CHECK(fourth.writes().empty());
  CHECK(requests(fourth) <= 4);
}

TEST_CASE("of 2,000 files without SHA256SUMS the rest is compared by name and size") {
  Server server = server_with(many_files(2000));
  const Desired desired = wishes(server, names_of(server.files));
  Drive first(server, desired);
  first.run();
  CHECK(first.error().empty());
  CHECK(first.has_warned("Set 'checksums: sha256', whose file tells of all"));

  Drive second(server, desired);
  second.run();
  CHECK(second.error().empty());
  CHECK(second.writes().empty());
  CHECK(second.has_warned("files were compared by name and size only"));
  CHECK(second.has_warned("Set 'checksums: sha256', whose file tells of all"));

  server.files["file-1999"] = "of another size";
  Drive third(server, wishes(server, names_of(server.files)));
  third.run();
  CHECK(third.error().empty());
  CHECK(third.count("upload file-1999") == 1);
}

TEST_CASE("of 900 files the record tells alone, and nobody reads SHA256SUMS") {
  Server server = server_with(many_files(900));
  Desired desired = wishes(server, names_of(server.files));
  desired.checksums = {Algorithm::sha256};
  Drive(server, desired).run();
  Drive second(server, desired);
  second.run();
  CHECK(second.writes().empty());
  CHECK(requests(second) == 2);
}

TEST_CASE("SHA256SUMS tells of no asset that came later: what such a one holds is read") {
  Server server = server_with(many_files(2000));
  Desired desired = wishes(server, names_of(server.files));
  desired.checksums = {Algorithm::sha256};
  Drive(server, desired).run();
  std::erase_if(server.release->assets,
                [&](const core::Asset& one) { return one.name == "file-0999"; });
  server.add("file-0999", "newer one");  // by hand, and as long as the other
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read sums") == 1);
  CHECK(drive.writes() == Lines{"upload file-0999", "delete 2011", "edit: record"});
  CHECK(drive.warnings.empty());
}

TEST_CASE("a SHA256SUMS that cannot be read, or holds other bytes, tells nothing, and stays") {
  Server server = server_with(many_files(2000));
  Desired desired = wishes(server, names_of(server.files));
  desired.checksums = {Algorithm::sha256};
  Drive(server, desired).run();
  for (const auto& text :
       {std::optional<std::string>(), std::optional(core::digest_of("x") + "  file-0000\n")}) {
    Drive drive(server, desired);
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<core::ReadChecksums>(action)) return {};
      core::Ok ok;
      ok.text = text;
      return ok;
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("read sums") == 1);
    CHECK(drive.writes().empty());
    CHECK(drive.session().memory().known.size() < 1200);
    CHECK(drive.has_warned("files were compared by name and size only"));
  }
}

// --- entries ---

TEST_CASE("a server that refuses entries is told by the notes of the draft") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, commit);
  Desired desired = wishes(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  drive.meets = [](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<core::NoteDigest>(action)) return {};
    return driven::refused(400);
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"upload a", "note 10", "edit: record, for the other jobs"});
  const core::Notes notes = core::parse_notes(server.release->body);
  CHECK(notes.mark == commit);
  CHECK(is_recorded(notes.record, server.release->assets[0], core::digest_of("aaa")));
}

TEST_CASE("digests that other jobs overwrite in the notes are told four times, and not again") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(true, commit);
  Desired desired = wishes(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  const std::string before = server.release->body;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::NoteDigest>(action)) return driven::refused(400);
    if (!std::holds_alternative<EditRelease>(action)) return {};
    const core::Ok ok = server.answer(action);
    server.release->body = before;
    return ok;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("note 10") == 1);
  CHECK(drive.count("edit: record, for the other jobs") == 4);
  CHECK(server.release->draft);
}
