// SPDX-License-Identifier: MIT
// Checksum files that a run finds: they describe assets for which the record has no room, or which other
// jobs have uploaded.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/release/checksums.hpp"
#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Algorithm;
using core::Desired;
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

TEST_CASE("without room for the record a changed file gets no digest from SHA256SUMS") {
  for (const char* content : {"changed", "BBB"}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}});
    Drive(server, desired_without_room(server, {"a", "b", "c"})).run();
    REQUIRE(content_of(server, "SHA256SUMS") == checksums_of(server.files));
    server.files["b"] = content;
    Drive second(server, desired_without_room(server, {"a", "b", "c"}));
    second.run();
    CHECK(second.error().empty());
    CHECK(second.warnings.empty());
    CHECK(second.count("read sums") == 1);
    CHECK(content_of(server, "SHA256SUMS") == checksums_of(server.files));
    CHECK(second.writes() == Lines{"upload b", "upload SHA256SUMS", "delete 11", "delete 13"});
    Drive third(server, desired_without_room(server, {"a", "b", "c"}));
    third.run();
    CHECK(third.writes().empty());
    CHECK(third.warnings.empty());
  }
}

TEST_CASE("a run that supplies one file of many keeps the lines of the others in SHA256SUMS") {
  for (const bool roomy : {false, true}) {
    Files files;
    for (int i = 0; i < (roomy ? 2000 : 3); ++i) {
      files[fmt::format("file-{:04}", i)] = fmt::format("{:09}", i);
    }
    Server server = tagged_server_with(files);
    Lines names;
    for (const auto& [name, content] : files) names.push_back(name);
    const auto desired_with = [&](const Lines& some) {
      Desired desired = desired_without_room(server, some);
      if (roomy) desired.text.reset();
      return desired;
    };
    Drive(server, desired_with(names)).run();
    server.files["new"] = "new";
    Drive drive(server, desired_with({"new"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK_FALSE(drive.has_warned("does not list"));
    CHECK(drive.count("read sums") == 1);
    const bool has_all = content_of(server, "SHA256SUMS") == checksums_of(server.files);
    CHECK(has_all);
  }
}

TEST_CASE("lines that people wrote are kept, except for deleted files and for newer ones") {
  Server server = tagged_server_with({{"a", "aaa"}, {"later", "l"}});
  server.has_release(false, {});
  server.add("by hand", "hhh");
  server.add("replaced", "old");
  const std::string line = core::digest_of("hhh") + " *by hand\n";
  server.add("SHA256SUMS", line + checksums_of({{"gone", "g"}, {"replaced", "old"}}));
  std::erase_if(server.release->assets, [](const auto& one) { return one.name == "replaced"; });
  server.add("replaced", "new");
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "SHA256SUMS") == checksums_of({{"a", "aaa"}, {"by hand", "hhh"}}));
  CHECK(drive.has_warned("SHA256SUMS does not list replaced: its digest is unknown"));
  // Lines that people wrote are not vouched for.
  CHECK(core::parse_notes(server.release->body, true).record.size() == 2);
}

TEST_CASE("if SHA256SUMS cannot be read, files are uploaded again so that it keeps their lines") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}});
  Drive(server, desired_without_room(server, {"a", "b", "c"})).run();
  const std::string before = content_of(server, "SHA256SUMS");
  Drive unchanged(server, desired_without_room(server, {"a", "b", "c"}));
  unchanged.meets = unreadable;
  unchanged.run();
  CHECK(unchanged.writes().empty());
  CHECK(unchanged.has_warned("3 files were compared by name and size only"));
  CHECK(unchanged.has_warned("SHA256SUMS could not be read"));

  server.files["b"] = "changed";
  Drive changed(server, desired_without_room(server, {"a", "b", "c"}));
  changed.meets = unreadable;
  changed.run();
  CHECK(changed.error().empty());
  CHECK_FALSE(changed.has_warned("does not list"));
  CHECK(content_of(server, "SHA256SUMS") == checksums_of(server.files));
  CHECK(server.release->assets.size() == 4);

  Drive third(server, desired_without_room(server, {"a", "b", "c"}));
  third.meets = unreadable;
  third.run();
  CHECK(third.writes().empty());
}

TEST_CASE(
    "a run that was killed before it wrote SHA256SUMS is completed even if that is unreadable") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, desired_without_room(server, {"a", "b"})).run();
  server.files["b"] = "changed";
  std::erase_if(server.release->assets, [](const auto& one) { return one.name == "b"; });
  server.add("b", "changed");
  Drive drive(server, desired_without_room(server, {"a", "b"}));
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "SHA256SUMS") == checksums_of(server.files));
}

TEST_CASE("other jobs' files with unknown digests are listed when SHA256SUMS is rewritten") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, desired_without_room(server, {"a", "b"})).run();
  server.files["b"] = "changed";
  Drive drive(server, desired_without_room(server, {"b"}));
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("SHA256SUMS does not list a"));
  CHECK(content_of(server, "SHA256SUMS") == checksums_of({{"b", "changed"}}));
}

TEST_CASE("of two assets with one name and unknown digests the newer one stays") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Desired desired = desired_without_room(server, {"a"});
  desired.checksums.clear();
  Drive(server, desired).run();
  server.add("a", "aaa");
  Drive drive(server, desired);
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"delete 10"});
}

TEST_CASE("a SHA256SUMS that is requested later covers files that the record had no room for") {
  for (const bool readable : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
    Desired without = desired_without_room(server, {"a", "b"});
    without.checksums.clear();
    Drive(server, without).run();
    Drive drive(server, desired_without_room(server, {"a", "b"}));
    if (!readable) drive.meets = unreadable;
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.warnings.empty());
    CHECK(content_of(server, "SHA256SUMS") == checksums_of(server.files));
    CHECK(drive.count("upload a") == (readable ? 0 : 1));
    CHECK(drive.count("read 10") == 1);
  }
}

TEST_CASE(
    "without a record, a file that another user replaced at the same size is uploaded again") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Drive(server, desired_without_room(server, {"a", "b"})).run();
  std::erase_if(server.release->assets, [](const auto& one) { return one.name == "b"; });
  server.add("b", "BBB");
  Drive drive(server, desired_without_room(server, {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(content_of(server, "b") == "bbb");
  CHECK(content_of(server, "SHA256SUMS") == checksums_of(server.files));
}

TEST_CASE("SHA512SUMS keeps the lines of files that this run does not bring") {
  for (const bool roomy : {false, true}) {
    Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
    const auto desired_with = [&](const Lines& names) {
      Desired desired = desired_without_room(server, names);
      if (roomy) desired.text.reset();
      desired.checksums = {Algorithm::sha512};
      return desired;
    };
    Drive(server, desired_with({"a", "b"})).run();
    server.files["b"] = "changed";
    Drive drive(server, desired_with({"b"}));
    drive.run();
    CHECK(drive.error().empty());
    CHECK_FALSE(drive.has_warned("was not written"));
    CHECK(content_of(server, "SHA512SUMS") == checksums_of(server.files, Algorithm::sha512));
    Drive again(server, desired_with({"a", "b"}));
    again.run();
    CHECK(again.writes().empty());
  }
}

TEST_CASE("a SHA512SUMS that cannot be updated is reported to describe earlier files") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  Desired desired = desired_for(server, {"a", "b"});
  desired.checksums = {Algorithm::sha512};
  Drive(server, desired).run();
  server.files["b"] = "changed";
  desired = desired_for(server, {"b"});
  desired.checksums = {Algorithm::sha512};
  Drive drive(server, desired);
  drive.meets = unreadable;
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.has_warned("SHA512SUMS was not written: this run does not upload a"));
  CHECK(drive.has_warned("The existing file lists earlier assets"));
}

TEST_CASE("with overwrite_files: false a local file's digest is never used for another's asset") {
  for (const bool recorded : {true, false}) {
    Server server = tagged_server_with({{"a", "ours"}, {"b", "bbb"}});
    server.has_release(false, {});
    server.add("a", "theirs");
    if (recorded) server.record({"a"});
    Desired desired = desired_for(server, {"a", "b"});
    desired.overwrite = core::Overwrite::keep;
    desired.checksums = {Algorithm::sha512};
    Drive drive(server, desired);
    drive.run();
    CHECK(drive.error().empty());
    CHECK(content_of(server, "a") == "theirs");
    CHECK(content_of(server, "SHA512SUMS").empty());
    CHECK(drive.has_warned("SHA512SUMS was not written: this run does not upload a"));
  }
}
