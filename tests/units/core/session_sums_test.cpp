// SPDX-License-Identifier: MIT
// Files of digests that a run finds: their lines are all that tells of assets for which the record
// has no room, or which others have brought.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/checksums.hpp"
#include "core/release/session.hpp"
#include "units/core/driven.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::wishes;

namespace {

const std::string commit(40, '1');
using Files = std::map<std::string, std::string>;

Server server_with(const Files& files) {
  Server server;
  server.head = commit;
  server.files = files;
  server.tag_at(commit);
  return server;
}

/// Wishes for these files and their sums, with notes that leave no room for a record.
Desired roomless(const Server& server, const Lines& names) {
  Desired desired = wishes(server, names);
  desired.text = core::WishedText{std::string(core::notes_limit - 100, 'x')};
  desired.checksums = {Algorithm::sha256};
  return desired;
}

/// What the one asset of this name holds; "" where there is none.
std::string content_of(const Server& server, const std::string& name) {
  std::string content;
  int count = 0;
  for (const core::Asset& asset : server.release->assets) {
    if (asset.name != name) continue;
    content = server.contents.at(asset.id);
    ++count;
  }
  CHECK(count <= 1);
  return content;
}

std::string sums_of(const Files& files, Algorithm algorithm = Algorithm::sha256) {
  std::map<std::string, core::Digest> digests;
  for (const auto& [name, content] : files) digests[name] = core::digest_of(content, algorithm);
  return core::render_sums(digests);
}

/// Neither a file of digests nor any other asset can be read.
std::optional<Result> unreadable(const Action& action) {
  const bool reads = std::holds_alternative<core::ReadAsset>(action) ||
                     std::holds_alternative<core::ReadChecksums>(action);
  return reads ? std::optional<Result>(core::Ok{}) : std::nullopt;
}

}  // namespace

TEST_CASE("without room for the record a changed file takes no line from SHA256SUMS") {
  for (const char* content : {"changed", "BBB"}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}});
    Drive(server, roomless(server, {"a", "b", "c"})).run();
    REQUIRE(content_of(server, "SHA256SUMS") == sums_of(server.files));
    server.files["b"] = content;
    Drive second(server, roomless(server, {"a", "b", "c"}));
    second.run();
    CHECK(second.error().empty());
    CHECK(second.warnings.empty());
    CHECK(second.count("read sums") == 1);
    CHECK(content_of(server, "SHA256SUMS") == sums_of(server.files));
    CHECK(second.writes() == Lines{"upload b", "upload SHA256SUMS", "delete 11", "delete 13"});
    Drive third(server, roomless(server, {"a", "b", "c"}));
    third.run();
    CHECK(third.writes().empty());
    CHECK(third.warnings.empty());
  }
}

TEST_CASE("a run that brings one file of many keeps the lines of the others in SHA256SUMS") {
  for (const bool roomy : {false, true}) {
    Files files;
    for (int i = 0; i < (roomy ? 2000 : 3); ++i) {
      files[fmt::format("file-{:04}", i)] = fmt::format("{:09}", i);
    }
    Server server = server_with(files);
    Lines names;
    for (const auto& [name, content] : files) names.push_back(name);
    const auto wish = [&](const Lines& some) {
      Desired desired = roomless(server, some);
      if (roomy) desired.text.reset();
      return desired;
    };
    Drive(server, wish(names)).run();
    server.files["new"] = "new";
    Drive drive(server, wish({"new"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK_FALSE(drive.has_warned("leaves out"));
    CHECK(drive.count("read sums") == 1);
    const bool has_all = content_of(server, "SHA256SUMS") == sums_of(server.files);
    CHECK(has_all);
  }
}

TEST_CASE("lines that people wrote stay, but for those of files that are gone or came later") {
  Server server = server_with({{"a", "aaa"}, {"later", "l"}});
  server.has_release(false, {});
  server.add("by hand", "hhh");
  server.add("replaced", "old");
  const std::string line = core::digest_of("hhh") + " *by hand\n";
  server.add("SHA256SUMS", line + sums_of({{"gone", "g"}, {"replaced", "old"}}));
  std::erase_if(server.release->assets, [](const auto& one) { return one.name == "replaced"; });
  server.add("replaced", "new");
  Desired desired = wishes(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "SHA256SUMS") == sums_of({{"a", "aaa"}, {"by hand", "hhh"}}));
  CHECK(drive.has_warned("SHA256SUMS leaves out replaced: nothing is known of the content"));
  // Nobody vouches for what people wrote.
  CHECK(core::parse_notes(server.release->body, true).record.size() == 2);
}

TEST_CASE("where SHA256SUMS cannot be read, files are sent again before it loses their lines") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}});
  Drive(server, roomless(server, {"a", "b", "c"})).run();
  const std::string before = content_of(server, "SHA256SUMS");
  Drive unchanged(server, roomless(server, {"a", "b", "c"}));
  unchanged.meets = unreadable;
  unchanged.run();
  CHECK(unchanged.writes().empty());
  CHECK(unchanged.has_warned("3 files were compared by name and size only"));
  CHECK(unchanged.has_warned("SHA256SUMS could not be read"));

  server.files["b"] = "changed";
  Drive changed(server, roomless(server, {"a", "b", "c"}));
  changed.meets = unreadable;
  changed.run();
  CHECK(changed.error().empty());
  CHECK_FALSE(changed.has_warned("leaves out"));
  CHECK(content_of(server, "SHA256SUMS") == sums_of(server.files));
  CHECK(server.release->assets.size() == 4);

  Drive third(server, roomless(server, {"a", "b", "c"}));
  third.meets = unreadable;
  third.run();
  CHECK(third.writes().empty());
}

TEST_CASE("a run that was killed before it wrote SHA256SUMS is made good where it is unreadable") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, roomless(server, {"a", "b"})).run();
  server.files["b"] = "changed";
  std::erase_if(server.release->assets, [](const auto& one) { return one.name == "b"; });
  server.add("b", "changed");
  Drive drive(server, roomless(server, {"a", "b"}));
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "SHA256SUMS") == sums_of(server.files));
}

TEST_CASE(
    "what other jobs brought and nothing tells of is named where SHA256SUMS is written anew") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, roomless(server, {"a", "b"})).run();
  server.files["b"] = "changed";
  Drive drive(server, roomless(server, {"b"}));
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("SHA256SUMS leaves out a"));
  CHECK(content_of(server, "SHA256SUMS") == sums_of({{"b", "changed"}}));
}

TEST_CASE("of a file that is there twice, and of which nothing tells, the newer one stays") {
  Server server = server_with({{"a", "aaa"}});
  Desired desired = roomless(server, {"a"});
  desired.checksums.clear();
  Drive(server, desired).run();
  server.add("a", "aaa");
  Drive drive(server, desired);
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"delete 10"});
}

TEST_CASE("a SHA256SUMS that is wished for later tells of files for which there was no room") {
  for (const bool readable : {true, false}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    Desired without = roomless(server, {"a", "b"});
    without.checksums.clear();
    Drive(server, without).run();
    Drive drive(server, roomless(server, {"a", "b"}));
    if (!readable) drive.meets = unreadable;
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.warnings.empty());
    CHECK(content_of(server, "SHA256SUMS") == sums_of(server.files));
    CHECK(drive.count("upload a") == (readable ? 0 : 1));
    CHECK(drive.count("read 10") == 1);
  }
}

TEST_CASE("a file that somebody replaced by one of the same size is sent again, without a record") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, roomless(server, {"a", "b"})).run();
  std::erase_if(server.release->assets, [](const auto& one) { return one.name == "b"; });
  server.add("b", "BBB");
  Drive drive(server, roomless(server, {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "b") == "bbb");
  CHECK(content_of(server, "SHA256SUMS") == sums_of(server.files));
}

TEST_CASE("SHA512SUMS keeps the lines of files that this run does not bring") {
  for (const bool roomy : {false, true}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
    const auto wish = [&](const Lines& names) {
      Desired desired = roomless(server, names);
      if (roomy) desired.text.reset();
      desired.checksums = {Algorithm::sha512};
      return desired;
    };
    Drive(server, wish({"a", "b"})).run();
    server.files["b"] = "changed";
    Drive drive(server, wish({"b"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK_FALSE(drive.has_warned("is not written"));
    CHECK(content_of(server, "SHA512SUMS") == sums_of(server.files, Algorithm::sha512));
    Drive again(server, wish({"a", "b"}));
    again.run();
    CHECK(again.writes().empty());
  }
}

TEST_CASE("a SHA512SUMS that cannot be brought up to date is said to be of earlier files") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  Desired desired = wishes(server, {"a", "b"});
  desired.checksums = {Algorithm::sha512};
  Drive(server, desired).run();
  server.files["b"] = "changed";
  desired = wishes(server, {"b"});
  desired.checksums = {Algorithm::sha512};
  Drive drive(server, desired);
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("SHA512SUMS is not written: this run does not bring a"));
  CHECK(drive.has_warned("The one that is there is of earlier files"));
}

TEST_CASE("with overwrite_files: false no digest of a local file stands for another's asset") {
  for (const bool recorded : {true, false}) {
    Server server = server_with({{"a", "ours"}, {"b", "bbb"}});
    server.has_release(false, {});
    server.add("a", "theirs");
    if (recorded) server.record({"a"});
    Desired desired = wishes(server, {"a", "b"});
    desired.overwrite = core::Overwrite::keep;
    desired.checksums = {Algorithm::sha512};
    Drive drive(server, desired);
    drive.run();
    CHECK(drive.error().empty());
    CHECK(content_of(server, "a") == "theirs");
    CHECK(content_of(server, "SHA512SUMS").empty());
    CHECK(drive.has_warned("SHA512SUMS is not written: this run does not bring a"));
  }
}

TEST_CASE("the Downloads table has the digests that SHA256SUMS tells, though no record does") {
  for (const bool readable : {true, false}) {
    Server server = server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}});
    const auto wish = [&](const Lines& names) {
      Desired desired = roomless(server, names);
      desired.text->text.resize(core::notes_limit - 1'000);  // for the table, and two entries
      desired.downloads.emplace();
      return desired;
    };
    Drive(server, wish({"a", "b", "c"})).run();
    const auto has_row = [&](const std::string& content) {
      return server.release->body.find("`" + core::digest_of(content) + "`") != std::string::npos;
    };
    REQUIRE(core::parse_notes(server.release->body, true).record.size() == 2);
    CHECK((has_row("aaa") && has_row("bbb") && has_row("ccc")));

    server.files["b"] = "changed";
    Drive drive(server, wish({"b"}));
    if (!readable) drive.meets = unreadable;
    drive.run();
    CHECK(drive.error().empty());
    CHECK(has_row("changed"));
    CHECK((has_row("aaa") && has_row("ccc")) == readable);
  }
}

TEST_CASE("a Downloads table alone is reason enough to read SHA256SUMS") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(false, {});
  server.add("by hand", "hhh");
  server.add("SHA256SUMS", sums_of({{"by hand", "hhh"}}));
  Desired desired = wishes(server, {"a"});
  desired.downloads.emplace();
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read sums") == 1);
  CHECK(server.release->body.find(core::digest_of("hhh")) != std::string::npos);
  Drive again(server, desired);
  again.run();
  CHECK(again.writes().empty());
}

// --- other names ---

TEST_CASE("files of digests with another name are kept up to date, and tell what no record does") {
  Files files;
  for (int i = 0; i < 1500; ++i) files[fmt::format("file-{:04}", i)] = fmt::format("{:09}", i);
  Server server = server_with(files);
  Lines names;
  for (const auto& [name, content] : files) names.push_back(name);
  Desired desired = wishes(server, names);
  desired.checksums = {Algorithm::sha256, Algorithm::sha512};
  desired.sums = core::SumsNames("checksums-{algorithm}.txt", desired.checksums);
  Drive(server, desired).run();
  CHECK(server.release->assets.size() == 1502);
  const auto is_right = [&](const char* name, Algorithm algorithm) {
    return content_of(server, name) == sums_of(server.files, algorithm);
  };
  CHECK(is_right("checksums-sha256.txt", Algorithm::sha256));
  CHECK(is_right("checksums-sha512.txt", Algorithm::sha512));

  Drive second(server, desired);
  second.run();
  CHECK(second.writes().empty());
  CHECK(second.warnings.empty());

  server.files["file-0003"] = "xxxxxxxxx";
  Drive third(server, desired);
  third.run();
  CHECK(third.error().empty());
  CHECK(third.warnings.empty());
  CHECK(third.count("upload file-0003") == 1);
  CHECK(is_right("checksums-sha256.txt", Algorithm::sha256));
  CHECK(is_right("checksums-sha512.txt", Algorithm::sha512));
}

TEST_CASE("where the notes have room for one entry, it is that of the file of digests") {
  Server server = server_with({{"a", std::string(1'000, 'a')}});
  Desired desired = roomless(server, {"a"});
  desired.text->text.resize(core::notes_limit - 203 - 120);
  desired.sums = core::SumsNames("checksums.txt", desired.checksums);
  Drive(server, desired).run();
  const core::Record record = core::parse_notes(server.release->body, true).record;
  REQUIRE(record.size() == 1);
  CHECK(record.begin()->first == 11);
  CHECK(server.release->assets.back().id == 11);
  CHECK(server.release->assets.back().name == "checksums.txt");
}

TEST_CASE(
    "a SHA256SUMS of before 'checksums_name' was set is an asset like any other, and said so") {
  for (const bool remove_others : {false, true}) {
    Server server = server_with({{"a", "aaa"}});
    Desired desired = wishes(server, {"a"});
    desired.checksums = {Algorithm::sha256};
    Drive(server, desired).run();
    const std::string before = content_of(server, "SHA256SUMS");
    desired.sums = core::SumsNames("checksums.txt", desired.checksums);
    desired.remove_others = remove_others;
    Drive drive(server, desired);
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.has_warned("SHA256SUMS is an asset like any other, since 'checksums_name' names "
                           "another file: this run does not bring it up to date. Delete it") ==
          !remove_others);
    CHECK(content_of(server, "SHA256SUMS") == (remove_others ? "" : before));
    Files listed = {{"a", "aaa"}};
    if (!remove_others) listed["SHA256SUMS"] = before;
    CHECK(content_of(server, "checksums.txt") == sums_of(listed));
    Drive again(server, desired);
    again.run();
    CHECK(again.writes().empty());
  }
}

TEST_CASE("a server that refuses the name of a file of digests: the error names the input") {
  for (const bool is_sums : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Desired desired = wishes(server, {"a"});
    desired.checksums = {Algorithm::sha256};
    Drive drive(server, desired);
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      const auto* upload = std::get_if<core::UploadAsset>(&action);
      if (upload == nullptr || upload->content.has_value() != is_sums) return {};
      core::Refused refused = driven::refused(400);
      refused.error.reason = core::Reason::file_type;
      return refused;
    };
    drive.run();
    CHECK(drive.error() == "refused");
    CHECK(drive.session().error()->hint ==
          (is_sums ? "Give it a name that the server takes: 'checksums_name: "
                     "checksums-{algorithm}.txt'. Change it."
                   : "Change it."));
  }
}
