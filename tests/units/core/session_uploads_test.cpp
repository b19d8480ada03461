// SPDX-License-Identifier: MIT
// What a session makes of its uploads: answers that are lost, files that are broken, and other jobs
// that bring the same name.
#include <catch2/catch_test_macros.hpp>

#include "core/release/session.hpp"
#include "units/core/driven.hpp"

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Fault;
using core::Result;
using core::SessionOptions;
using core::Unknown;
using core::UploadAsset;
using driven::Drive;
using driven::Lines;
using driven::Server;
using driven::wishes;
using std::chrono::seconds;

namespace {

const std::string commit(40, '1');

Server server_with(const std::map<std::string, std::string>& files) {
  Server server;
  server.head = commit;
  server.files = files;
  server.tag_at(commit);
  return server;
}

/// No answer to an upload of which so much was sent.
Unknown lost(const Server& server, const UploadAsset& upload, bool all_sent) {
  Unknown unknown = driven::unanswered();
  if (all_sent) {
    unknown.digests[Algorithm::sha256] = core::digest_of(server.files.at(upload.name));
  }
  return unknown;
}

/// Does `work` at the first upload, whose answer is lost.
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

/// The one asset of this name holds `content`, and the record knows it.
void check_asset(const Server& server, const std::string& name, const std::string& content) {
  std::vector<core::Asset> have = server.release->assets;
  std::erase_if(have, [&](const core::Asset& one) { return one.name != name; });
  REQUIRE(have.size() == 1);
  CHECK(server.contents.at(have[0].id) == content);
  const auto record = core::parse_notes(server.release->body, !server.release->draft).record;
  CHECK(is_recorded(record, have[0], core::digest_of(content)));
}

}  // namespace

TEST_CASE("an upload that landed though its answer was lost is read back, and not sent again") {
  for (const bool all_sent : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE("an upload that never arrived is sent again") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
  lose_first_upload(drive, server, true, [](const UploadAsset&) {});
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 2);
  check_asset(server, "a", "aaa");
}

TEST_CASE("an upload that arrives after it was sent again ends with one asset and a true record") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE("where a lost upload landed but cannot be read back, the file is sent again") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
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

TEST_CASE("another job's asset of the same name and size is never taken for a lost upload") {
  for (const bool all_sent : {true, false}) {
    Server server = server_with({{"a", "aaa"}});
    Drive drive(server, wishes(server, {"a"}));
    lose_first_upload(drive, server, all_sent, [&](const UploadAsset&) { server.add("a", "AAA"); });
    drive.run();
    CHECK(drive.error().empty());
    CHECK(drive.count("upload a") == 2);
    check_asset(server, "a", "aaa");
  }
}

TEST_CASE("another job's asset whose entry tells other content is not taken, nor read") {
  Server server = server_with({{"a", "aaa"}, {"b", "b"}});
  Desired desired = wishes(server, {"a", "b"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  lose_first_upload(drive, server, true, [&](const UploadAsset&) {
    const core::Asset theirs = server.add("a", "AAA");
    server.add(core::entry_name(theirs, core::digest_of("AAA")), "");
  });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("read 10") == 0);
  CHECK(drive.count("upload a") == 2);
  check_asset(server, "a", "aaa");
}

TEST_CASE("a lost upload is told of to the other jobs once its content is known") {
  Server server = server_with({{"a", "aaa"}});
  Desired desired = wishes(server, {"a"});
  desired.required = {"a", "b"};
  Drive drive(server, desired);
  lose_first_upload(drive, server, true, [&](const UploadAsset&) { server.add("a", "aaa"); });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"create draft", "upload a", "note 10"});
  CHECK(drive.session().missing() == Lines{"b"});
}

TEST_CASE("the digest of a lost upload is that of the bytes sent, whatever the file holds now") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
  lose_first_upload(drive, server, true, [&](const UploadAsset&) {
    server.add("a", "aaa");
    server.files["a"] = "bbb";
  });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("hash a") == 0);
  check_asset(server, "a", "aaa");
}

TEST_CASE("an upload that the server stored short is taken back at once and sent again") {
  Server server = server_with({{"a", "aaaaa"}});
  Drive drive(server, wishes(server, {"a"}));
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
                           "upload a", "tag", "look", "edit: publish it, record", "look"});
  check_asset(server, "a", "aaaaa");
}

TEST_CASE("uploads that are always stored short end the session, with what the server stored") {
  Server server = server_with({{"a", "aaaaa"}});
  SessionOptions options;
  options.retries = 3;
  Drive drive(server, wishes(server, {"a"}), options);
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
    "with overwrite_files: false a broken upload of ours is replaced, another's file is not") {
  for (const bool answered : {true, false}) {
    Server server = server_with({{"a", std::string(5000, 'a')}, {"b", "bbb"}});
    server.has_release(true, commit);
    server.add("b", "BBB");
    server.record({"b"});
    Desired desired = wishes(server, {"a", "b"});
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

TEST_CASE("with overwrite_files: false what a killed run left broken in our draft is replaced") {
  Server server = server_with({{"a", std::string(5000, 'a')}});
  server.has_release(true, commit);
  server.add("a", std::string(1000, 'a'));
  Desired desired = wishes(server, {"a"});
  desired.overwrite = core::Overwrite::keep;
  Drive drive(server, desired);
  drive.run();
  CHECK(drive.error().empty());
  check_asset(server, "a", std::string(5000, 'a'));
}

TEST_CASE("what a killed run left whole in our draft is read back and not sent again") {
  Server server = server_with({{"a", "aaa"}, {"b", "bbb"}});
  server.has_release(true, commit);
  server.add("a", "aaa");
  server.add("b", "BBB");
  Drive drive(server, wishes(server, {"a", "b"}));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 0);
  CHECK(drive.count("upload b") == 1);
  check_asset(server, "a", "aaa");
  check_asset(server, "b", "bbb");
}

TEST_CASE("another run's newer asset of one's own name is read, kept, and recorded as what it is") {
  Server server = server_with({{"a", "aaa"}});
  Drive drive(server, wishes(server, {"a"}));
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
  CHECK(drive.has_warned("another run replaced a after this one uploaded it"));
  std::vector<std::uint64_t> ids;
  for (const core::Asset& one : server.release->assets) ids.push_back(one.id);
  CHECK(ids == std::vector<std::uint64_t>{10, 11});  // its run deletes what is below its own
  const auto record = core::parse_notes(server.release->body, true).record;
  CHECK(is_recorded(record, server.release->assets[1], core::digest_of("AAA")));
}

TEST_CASE("digests that 'checksums' asks for are those of the bytes that were sent") {
  Server server = server_with({{"a", "aaa"}});
  Desired desired = wishes(server, {"a"});
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

TEST_CASE("a SHA256SUMS that arrives after it was sent again ends as one file") {
  Server server = server_with({{"a", "aaa"}});
  Desired desired = wishes(server, {"a"});
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

TEST_CASE("a SHA256SUMS whose upload was not answered ends as one file, and the right one") {
  for (const bool landed : {true, false}) {
    for (const bool fan_in : {true, false}) {
      Server server = server_with({{"a", "aaa"}});
      Desired desired = wishes(server, {"a"});
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

TEST_CASE("in a published release a lost upload is read back as well, and what it replaces goes") {
  Server server = server_with({{"a", "aaa"}});
  server.has_release(false, {});
  server.add("a", "old");
  Drive drive(server, wishes(server, {"a"}));
  lose_first_upload(drive, server, true, [&](const UploadAsset&) { server.add("a", "aaa"); });
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.count("upload a") == 1);
  check_asset(server, "a", "aaa");
}
