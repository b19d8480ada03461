// SPDX-License-Identifier: MIT
// Uploads that the server stored incompletely, and assets with the name of an own file.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using core::SessionOptions;
using core::UploadAsset;
using driven::check_asset;
using driven::commit;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::tagged_server_with;

TEST_CASE("an upload that the server stored incompletely is deleted at once and repeated") {
  Server server = tagged_server_with({{"a", "aaaaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  bool first = true;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<UploadAsset>(action) || !std::exchange(first, false)) return {};
    core::Ok ok;
    ok.asset = server.add("a", "aa");
    ok.digests[Algorithm::sha256] = core::digest_of("aaaaa");
    return ok;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.log == Lines{"look", "tag", "create draft", "upload a", "delete 10", "look",
                           "upload a", "tag", "look", "edit: published, digests", "look"});
  check_asset(server, "a", "aaaaa");
}

TEST_CASE("uploads that are always stored incompletely end the session, with the stored size") {
  Server server = tagged_server_with({{"a", "aaaaa"}});
  SessionOptions options;
  options.retries = 3;
  Drive drive(server, desired_for(server, {"a"}), options);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<UploadAsset>(action)) return {};
    core::Ok ok;
    ok.asset = server.add("a", "aa");
    ok.digests[Algorithm::sha256] = core::digest_of("aaaaa");
    return ok;
  };
  drive.run();
  CHECK(drive.error() == "uploading a: the server stored 2 of 5 bytes");
  CHECK(drive.count("upload a") == 4);
  CHECK(server.release->assets.empty());
  CHECK(server.release->draft);
}

TEST_CASE(
    "with overwrite_files: false our own incomplete upload is replaced, another file is not") {
  for (const bool answered : {true, false}) {
    Server server = tagged_server_with({{"a", std::string(5000, 'a')}, {"b", "bbb"}});
    server.has_release(true, commit);
    server.add("b", "BBB");
    server.record({"b"});
    Desired desired = desired_for(server, {"a", "b"});
    desired.overwrite = core::Overwrite::keep;
    Drive drive(server, desired);
    bool first = true;
    drive.meets = [&](const Action& action) -> std::optional<Result> {
      if (!std::holds_alternative<UploadAsset>(action) || !std::exchange(first, false)) return {};
      core::Ok ok;
      ok.asset = server.add("a", std::string(1000, 'a'));
      ok.digests[Algorithm::sha256] = core::digest_of(server.files["a"]);
      return answered ? Result(ok) : Result(driven::unanswered());
    };
    drive.run();
    CHECK(drive.error().empty());
    CHECK_FALSE(server.release->draft);
    check_asset(server, "a", std::string(5000, 'a'));
    check_asset(server, "b", "BBB");
  }
}

TEST_CASE(
    "with overwrite_files: false incomplete files of a killed run in our draft are replaced") {
  Server server = tagged_server_with({{"a", std::string(5000, 'a')}});
  server.has_release(true, commit);
  server.add("a", std::string(1000, 'a'));
  Desired desired = desired_for(server, {"a"});
  desired.overwrite = core::Overwrite::keep;
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  check_asset(server, "a", std::string(5000, 'a'));
}

TEST_CASE("complete files of a killed run in our draft are read back and not uploaded again") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  server.add("b", "BBB");
  Drive drive(server, desired_for(server, {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 0);
  CHECK(drive.count("upload b") == 1);
  check_asset(server, "a", "aaa");
  check_asset(server, "b", "bbb");
}

TEST_CASE(
    "another run's newer asset with our name is read, kept, and recorded with its own digest") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (!std::holds_alternative<UploadAsset>(action)) return {};
    const core::Ok ok = server.answer(action);
    server.add("a", "AAA");
    return ok;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 1);
  CHECK(drive.count("read 11") == 1);
  CHECK(drive.has_warned("another run replaced a after this run uploaded it"));
  std::vector<std::uint64_t> ids;
  for (const core::Asset& one : server.release->assets) ids.push_back(one.id);
  CHECK(ids == std::vector<std::uint64_t>{10, 11});  // its run deletes ids below its own
  const auto record = core::parse_notes(server.release->body, true).record;
  CHECK(is_recorded(record, server.release->assets[1], core::digest_of("AAA")));
}

TEST_CASE("digests for 'checksums' are computed from the bytes that were sent") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256, Algorithm::sha512};
  Drive drive(server, desired);
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr || upload->name != "a") return {};
    const core::Ok ok = server.answer(action);
    server.files["a"] = "bbb";
    return ok;
  };
  drive.run();
  CHECK(drive.error().empty());
  check_asset(server, "SHA256SUMS", core::digest_of("aaa") + "  a\n");
  check_asset(server, "SHA512SUMS", core::digest_of("aaa", Algorithm::sha512) + "  a\n");
}
