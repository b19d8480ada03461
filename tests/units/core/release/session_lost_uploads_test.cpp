// SPDX-License-Identifier: MIT
// Uploads without a response: they may have arrived, or arrive later.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;
using core::Unknown;
using core::UploadAsset;
using driven::check_asset;
using driven::desired_for;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::tagged_server_with;

namespace {

/// No response to an upload of which that many bytes were sent.
Unknown lost(const Server& server, const UploadAsset& upload, bool all_sent) {
  Unknown unknown = driven::unanswered();
  if (all_sent) {
    unknown.digests[Algorithm::sha256] = core::digest_of(server.files.at(upload.name));
  }
  return unknown;
}

/// Does `work` at the first upload, whose response is lost.
void lose_first_upload(Drive& drive, Server& server, bool all_sent,
                       const std::function<void(const UploadAsset&)>& work) {
  drive.meets = [&server, work, all_sent,
                 first = true](const Action& action) mutable -> std::optional<Result> {
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr || !std::exchange(first, false)) return {};
    const Unknown result = lost(server, *upload, all_sent);
    work(*upload);
    return result;
  };
}

}  // namespace

TEST_CASE("an upload that succeeded without a response is read back, and not repeated") {
  for (const bool all_sent : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    Drive drive(server, desired_for(server, {"a"}));
    lose_first_upload(drive, server, all_sent, [&](const UploadAsset& upload) {
      server.add(upload.name, server.files.at(upload.name));
    });
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("upload a") == 1);
    CHECK(drive.count("read 10") == 1);
    check_asset(server, "a", "aaa");
    CHECK(drive.session().memory().sent.contains("a") == all_sent);
  }
}

TEST_CASE("an upload that never arrived is repeated") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  lose_first_upload(drive, server, true, [](const UploadAsset&) {});
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 2);
  check_asset(server, "a", "aaa");
}

TEST_CASE("an upload that arrives after it was repeated ends with one asset and a correct record") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  int uploads = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr) return {};
    if (++uploads == 1) return lost(server, *upload, true);
    const core::Ok second = server.answer(action);
    server.add("a", "aaa");  // the first one
    return second;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(uploads == 2);
  check_asset(server, "a", "aaa");
}

TEST_CASE("if a lost upload succeeded but cannot be read back, the file is uploaded again") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  bool first = true;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    if (std::holds_alternative<core::ReadAsset>(action)) return core::Ok{};
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr || !std::exchange(first, false)) return {};
    server.answer(action);
    return lost(server, *upload, true);
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 2);
  check_asset(server, "a", "aaa");
  CHECK(server.release->assets[0].id > 10);
}

TEST_CASE("another job's asset with the same name and size is never taken for a lost upload") {
  for (const bool all_sent : {true, false}) {
    Server server = tagged_server_with({{"a", "aaa"}});
    Drive drive(server, desired_for(server, {"a"}));
    lose_first_upload(drive, server, all_sent, [&](const UploadAsset&) { server.add("a", "AAA"); });
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("upload a") == 2);
    check_asset(server, "a", "aaa");
  }
}

TEST_CASE("another job's asset with a different announced digest is neither taken nor read") {
  Server server = tagged_server_with({{"a", "aaa"}, {"b", "b"}});
  Desired desired = desired_for(server, {"a", "b"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  lose_first_upload(drive, server, true, [&](const UploadAsset&) {
    const core::Asset theirs = server.add("a", "AAA");
    server.add(core::announcement_name(theirs, core::digest_of("AAA")), "");
  });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read 10") == 0);
  CHECK(drive.count("upload a") == 2);
  check_asset(server, "a", "aaa");
}

TEST_CASE("a lost upload is announced to the other jobs once its content is known") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Desired desired = desired_for(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  lose_first_upload(drive, server, true, [&](const UploadAsset&) { server.add("a", "aaa"); });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"create draft", "upload a", "note 10"});
  CHECK(drive.session().missing() == Lines{"b"});
}

TEST_CASE("the digest of a lost upload is that of the bytes sent, even if the file has changed") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Drive drive(server, desired_for(server, {"a"}));
  lose_first_upload(drive, server, true, [&](const UploadAsset&) {
    server.add("a", "aaa");
    server.files["a"] = "bbb";
  });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("hash a") == 0);
  check_asset(server, "a", "aaa");
}

TEST_CASE("a SHA256SUMS that arrives after it was repeated ends as one file") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  Drive drive(server, desired);
  int uploads = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr || !upload->content) return {};
    if (++uploads == 1) {
      Unknown unknown = driven::unanswered();
      unknown.digests[Algorithm::sha256] = core::digest_of(*upload->content);
      return unknown;
    }
    const core::Ok second = server.answer(action);
    server.add(upload->name, *upload->content);  // the first one
    return second;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(uploads == 2);
  check_asset(server, "SHA256SUMS", core::digest_of("aaa") + "  a\n");
}

TEST_CASE("a SHA256SUMS whose upload got no response ends as one correct file") {
  for (const bool landed : {true, false}) {
    for (const bool fan_in : {true, false}) {
      Server server = tagged_server_with({{"a", "aaa"}});
      Desired desired = desired_for(server, {"a"});
      desired.checksums = {Algorithm::sha256};
      if (fan_in) desired.required = {"a"};
      Drive drive(server, desired);
      bool first = true;
      drive.meets = [&](const Action& action) -> std::optional<Result> {
        const auto* upload = std::get_if<UploadAsset>(&action);
        if (upload == nullptr || !upload->content || !std::exchange(first, false)) return {};
        if (landed) server.answer(action);
        return driven::unanswered();
      };
      drive.run();
      CHECK(drive.error().empty());
      check_asset(server, "SHA256SUMS", core::digest_of("aaa") + "  a\n");
    }
  }
}

TEST_CASE(
    "in a published release a lost upload is read back, too, and the replaced asset deleted") {
  Server server = tagged_server_with({{"a", "aaa"}});
  server.has_release(false, {});
  server.add("a", "old");
  Drive drive(server, desired_for(server, {"a"}));
  lose_first_upload(drive, server, true, [&](const UploadAsset&) { server.add("a", "aaa"); });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 1);
  check_asset(server, "a", "aaa");
}

TEST_CASE("a generated file that arrived without a response is read back, and not repeated") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  Drive drive(server, desired);
  int uploads = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr || !upload->content || ++uploads > 1) return {};
    Unknown unknown = driven::unanswered();
    unknown.digests[Algorithm::sha256] = core::digest_of(*upload->content);
    server.add(upload->name, *upload->content);
    return unknown;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(uploads == 1);
  CHECK(server.release->assets.size() == 2);
}

TEST_CASE("uploads of a generated file that never arrived do not count as written by this run") {
  Server server = tagged_server_with({{"a", "aaa"}});
  Desired desired = desired_for(server, {"a"});
  desired.checksums = {Algorithm::sha256};
  Drive drive(server, desired);
  int uploads = 0;
  drive.meets = [&](const Action& action) -> std::optional<Result> {
    const auto* upload = std::get_if<UploadAsset>(&action);
    if (upload == nullptr || !upload->content || ++uploads > core::max_made) return {};
    if (uploads < core::max_made) return driven::unanswered();
    const core::Ok last = server.answer(action);
    server.add(upload->name, "an older version that arrives late");
    return last;
  };
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.warnings.empty());
  CHECK(uploads == core::max_made + 1);
  check_asset(server, "SHA256SUMS", core::digest_of("aaa") + "  a\n");
}
