// SPDX-License-Identifier: MIT
// Checksum files with other names, and the digests that the Downloads table takes from such files.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/release/checksums.hpp"
#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using driven::checksums_of;
using driven::content_of;
using driven::desired_for;
using driven::desired_without_room;
using driven::Drive;
using driven::Files;
using driven::Lines;
using driven::Server;
using driven::tagged_server_with;
using driven::unreadable;

TEST_CASE("the Downloads table has digests from SHA256SUMS that are not in the record") {
  for (const bool readable : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}});
    const auto desired_with = [&](const Lines& names) {
      Desired desired = desired_without_room(server, names);
      desired.text->text.resize(core::notes_limit - 1'000);  // for the table, and two entries
      desired.downloads.emplace().digest = core::ShownDigest::all;
      return desired;
    };
    Drive(server, desired_with({"a", "b", "c"})).run();
    const auto has_row = [&](const std::string& content) {
      return server.release->body.find("`" + core::digest_of(content) + "`") != std::string::npos;
    };
    REQUIRE(core::parse_notes(server.release->body, true).record.size() == 2);
    CHECK((has_row("aaa") && has_row("bbb") && has_row("ccc")));

    server.files["b"] = "changed";
    Drive drive(server, desired_with({"b"}));
    if (!readable) drive.meets = unreadable;
    drive.run();
    CHECK(drive.error().empty());
    CHECK(has_row("changed"));
    CHECK((has_row("aaa") && has_row("ccc")) == readable);
  }
}

TEST_CASE("a Downloads table alone is reason enough to read SHA256SUMS") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(false, {});
  server.add("by hand", "hhh");
  server.add("SHA256SUMS", checksums_of({{"by hand", "hhh"}}));
  Desired desired = desired_for(server, {"a"});
  desired.downloads.emplace();
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read sums") == 1);
  CHECK(server.release->body.find(core::digest_of("hhh").substr(0, 12)) != std::string::npos);
  Drive again(server, desired);
  again.run();
  CHECK(again.writes().empty());

  server.release->body.clear();
  desired.downloads->digest = core::ShownDigest::none;
  Drive without(server, desired);
  without.run();
  CHECK(without.count("read sums") == 0);
}

// --- other names ---

TEST_CASE(
    "checksum files with other names are kept up to date, and are read for unrecorded digests") {
  Files files;
  for (int i = 0; i < 1500; ++i) files[fmt::format("file-{:04}", i)] = fmt::format("{:09}", i);
  Server server = tagged_server_with(files);
  Lines names;
  for (const auto& [name, content] : files) names.push_back(name);
  Desired desired = desired_for(server, names);
  desired.checksums = {Algorithm::sha256, Algorithm::sha512};
  desired.checksum_names = core::ChecksumNames("checksums-{algorithm}.txt", desired.checksums);
  Drive(server, desired).run();
  CHECK(server.release->assets.size() == 1502);
  const auto is_right = [&](const char* name, Algorithm algorithm) {
    return content_of(server, name) == checksums_of(server.files, algorithm);
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

TEST_CASE("if the notes have room for one entry, it is that of the checksum file") {
  Server server = tagged_server_with({{"a", std::string(1'000, 'a')}});
  Desired desired = desired_without_room(server, {"a"});
  desired.text->text.resize(core::notes_limit - 203 - 120);
  desired.checksum_names = core::ChecksumNames("checksums.txt", desired.checksums);
  Drive(server, desired).run();
  const core::Record record = core::parse_notes(server.release->body, true).record;
  REQUIRE(record.size() == 1);
  CHECK(record.begin()->first == 11);
  CHECK(server.release->assets.back().id == 11);
  CHECK(server.release->assets.back().name == "checksums.txt");
}

TEST_CASE(
    "an old SHA256SUMS from before 'checksums_name' was set is an ordinary asset, with a warning") {
  for (const bool remove_others : {false, true}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    Desired desired = desired_for(server, {"a"});
    desired.checksums = {Algorithm::sha256};
    Drive(server, desired).run();
    const std::string before = content_of(server, "SHA256SUMS");
    desired.checksum_names = core::ChecksumNames("checksums.txt", desired.checksums);
    desired.remove_others = remove_others;
    Drive drive(server, desired);
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.has_warned("SHA256SUMS is not updated, because 'checksums_name' sets a different "
                           "name. Delete it") == !remove_others);
    CHECK(content_of(server, "SHA256SUMS") == (remove_others ? "" : before));
    Files listed = {{"a", "aaa"}};
    if (!remove_others) listed["SHA256SUMS"] = before;
    CHECK(content_of(server, "checksums.txt") == checksums_of(listed));
    Drive again(server, desired);
    again.run();
    CHECK(again.writes().empty());
  }
}

TEST_CASE("a server that rejects the name of a checksum file: the error names the input") {
  for (const bool is_sums : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    Desired desired = desired_for(server, {"a"});
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
          (is_sums ? "Give it a name that the server accepts: 'checksums_name: "
                     "checksums-{algorithm}.txt'. Change it."
                   : "Change it."));
  }
}

namespace {

Desired per_file(const Server& server, const Lines& names) {
  Desired desired = desired_for(server, names);
  desired.checksums = {Algorithm::sha256};
  desired.checksum_names.add_per_file(desired.checksums);
  return desired;
}

}  // namespace

TEST_CASE("per-file: each asset has a file of its own, which a second run leaves alone") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive drive(server, per_file(server, {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "a.sha256") == core::digest_of("aaa") + "  a\n");
  CHECK(content_of(server, "b.sha256") == core::digest_of("bbb") + "  b\n");
  CHECK(content_of(server, "SHA256SUMS") == checksums_of({{"a", "aaa"}, {"b", "bbb"}}));
  Drive again(server, per_file(server, {"a", "b"}));
  again.run();
  CHECK(again.writes().empty());

  server.files["a"] = "changed";
  Drive changed(server, per_file(server, {"a", "b"}));
  changed.run();
  CHECK(content_of(server, "a.sha256") == core::digest_of("changed") + "  a\n");
  CHECK(changed.count("upload b.sha256") == 0);
}

TEST_CASE("per-file: the job that completes a set writes the files of all jobs") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  const auto job = [&](const std::string& name) {
    Desired desired = per_file(server, {name});
    desired.required = {"a", "b", "*.sha256"};
    return desired;
  };
  Drive first(server, job("a"));
  first.run();
  CHECK(first.count("upload a.sha256") == 0);
  CHECK(server.release->draft);
  Drive(server, job("b")).run();
  CHECK_FALSE(server.release->draft);
  CHECK(content_of(server, "a.sha256") == core::digest_of("aaa") + "  a\n");
  CHECK(content_of(server, "b.sha256") == core::digest_of("bbb") + "  b\n");
  Drive again(server, job("a"));
  again.run();
  CHECK(again.writes().empty());
}

TEST_CASE("per-file: the file of an asset goes with it") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, per_file(server, {"a", "b"})).run();
  Desired desired = per_file(server, {"b"});
  desired.remove_others = true;
  Drive(server, desired).run();
  Lines names;
  for (const core::Asset& asset : server.release->assets) names.push_back(asset.name);
  std::sort(names.begin(), names.end());
  CHECK(names == Lines{"SHA256SUMS", "b", "b.sha256"});
}
