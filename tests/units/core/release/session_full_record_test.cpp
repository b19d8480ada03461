// SPDX-License-Identifier: MIT
// Releases with more assets than the record has room for.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "core/text/text.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::names_in;
using driven::numbered_files;
using driven::Server;
using driven::tagged_server_with;

namespace {

std::size_t requests(const Drive& drive) {
  std::size_t result = 0;
  for (const std::string& word : drive.log) {
    if (!word.starts_with("hash") && word != "wait") ++result;
  }
  return result;
}

}  // namespace

TEST_CASE("with 2,000 files SHA256SUMS has the digests that do not fit into the record") {
  Server server = tagged_server_with(numbered_files(2000));
  Desired desired = desired_for(server, names_in(server.files));
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

TEST_CASE("with 2,000 files and no SHA256SUMS the rest is compared by name and size") {
  Server server = tagged_server_with(numbered_files(2000));
  const Desired desired = desired_for(server, names_in(server.files));
  Drive first(server, desired);
  first.run();
  CHECK(first.error().empty());
  CHECK(first.has_warned("Set 'checksums: sha256' to store all digests in a file"));

  Drive second(server, desired);
  second.run();
  CHECK(second.error().empty());
  CHECK(second.writes().empty());
  CHECK(second.has_warned("files were compared by name and size only"));
  CHECK(second.has_warned("Set 'checksums: sha256' to store all digests in a file"));

  server.files["file-1999"] = "of another size";
  Drive third(server, desired_for(server, names_in(server.files)));
  third.run();
  CHECK(third.error().empty());
  CHECK(third.count("upload file-1999") == 1);
}

TEST_CASE("with 900 files the record is enough, and SHA256SUMS is not read") {
  Server server = tagged_server_with(numbered_files(900));
  Desired desired = desired_for(server, names_in(server.files));
  desired.checksums = {Algorithm::sha256};
  Drive(server, desired).run();
  Drive second(server, desired);
  second.run();
  CHECK(second.writes().empty());
  CHECK(requests(second) == 2);
}

TEST_CASE("SHA256SUMS says nothing about a newer asset, whose content is read") {
  Server server = tagged_server_with(numbered_files(2000));
  Desired desired = desired_for(server, names_in(server.files));
  desired.checksums = {Algorithm::sha256};
  Drive(server, desired).run();
  std::erase_if(server.release->assets,
                [&](const core::Asset& one) { return one.name == "file-0999"; });
  server.add("file-0999", "newer one");  // by hand, and with the same size
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read sums") == 1);
  CHECK(drive.writes() == Lines{"upload file-0999", "delete 2011", "edit: digests"});
  CHECK(drive.warnings.empty());
}

TEST_CASE("a SHA256SUMS that is unreadable, or has other bytes, is not believed, and stays") {
  Server server = tagged_server_with(numbered_files(2000));
  Desired desired = desired_for(server, names_in(server.files));
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
