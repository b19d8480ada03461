// SPDX-License-Identifier: MIT
// A job with the key is killed while it completes a signed set: what the other jobs vouched for is in
// the SHA256SUMS that it has signed, or still announced.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/release/vouching.hpp"
#include "units/core/release/driven.hpp"
#include "units/core/release/driven_checks.hpp"

using core::Action;
using core::Desired;
using driven::checksums_of;
using driven::commit;
using driven::content_of;
using driven::Drive;
using driven::Files;
using driven::Lines;
using driven::Server;

namespace {

const Files whole_set = {{"a", "aaa"}, {"b", "bbb"}, {"c", "ccc"}};

std::string signature_of(const std::string& checksums, const std::string& key = "key") {
  return fmt::format("{} signs {}", key, checksums);
}

/// The job of one file, with the key.
Desired signer_of(const Server& server, const std::string& name) {
  Desired desired = driven::one_of_set(server, name, driven::names_in(whole_set));
  desired.checksums = {core::Algorithm::sha256};
  desired.signing =
      core::Signing{[](const std::string& checksums) { return signature_of(checksums); },
                    [](const std::string& text) {
                      return core::digest_of("key" + text).substr(0, core::code_length);
                    }};
  return desired;
}

/// The job of "c" after the others have left a draft.
Server before_the_last() {
  Server server = driven::tagged_server_with(whole_set);
  for (const char* name : {"a", "b"}) Drive(server, signer_of(server, name)).run();
  return server;
}

struct Killed {};

/// Runs the job, and kills it before its action number `last`. False if it ends before that.
bool run_until(Server& server, const std::string& name, int last) {
  Drive drive(server, signer_of(server, name));
  drive.meets = [&](const Action&) -> std::optional<core::Result> {
    if (last-- == 0) throw Killed{};
    return {};
  };
  try {
    drive.run();
  } catch (const Killed&) {
    return true;
  }
  return false;
}

void check_signed(const Server& server) {
  CHECK_FALSE(server.release->draft);
  CHECK(server.release->assets.size() == whole_set.size() + 2);
  for (const auto& [name, content] : whole_set) CHECK(content_of(server, name) == content);
  CHECK(content_of(server, "SHA256SUMS") == checksums_of(whole_set));
  CHECK(content_of(server, "SHA256SUMS.minisig") == signature_of(checksums_of(whole_set)));
  for (const auto& [id, entry] : driven::notes_of(server).record) {
    const bool is_made = server.contents.at(id).find("  a\n") != std::string::npos;
    CHECK((is_made || core::is_code(entry.code)));
  }
}

/// What a killed job has left: all announcements are gone.
Server left_with(const std::string& checksums, const std::string& signature) {
  Server server = driven::tagged_server_with(whole_set);
  server.has_release(true, commit);
  for (const auto& [name, content] : whole_set) server.add(name, content);
  server.add("SHA256SUMS", checksums);
  server.add("SHA256SUMS.minisig", signature);
  return server;
}

/// The error of the job of "c" when it runs with these assets.
std::string error_in(Server& server) {
  Drive drive(server, signer_of(server, "c"));
  drive.run();
  CHECK(server.release->draft == !drive.error().empty());
  return drive.error();
}

}  // namespace

TEST_CASE("a job that is killed anywhere while it completes a signed set can run again") {
  int kills = 0;
  for (Server server = before_the_last(); run_until(server, "c", kills);
       server = before_the_last()) {
    ++kills;
    INFO("killed before action " << kills);
    Drive drive(server, signer_of(server, "c"));
    drive.run();
    CHECK(drive.error().empty());
    check_signed(server);
  }
  CHECK(kills > 15);
}

TEST_CASE("after such a kill another job of the signed set may run first") {
  int completed = 0;
  int kills = 0;
  for (Server server = before_the_last(); run_until(server, "c", kills);
       server = before_the_last()) {
    ++kills;
    INFO("killed before action " << kills);
    Drive(server, signer_of(server, "a")).run();
    if (!server.release->draft) ++completed;
    Drive drive(server, signer_of(server, "c"));
    drive.run();
    CHECK(drive.error().empty());
    check_signed(server);
  }
  CHECK(completed > 5);
}

// The job that has written it may be about to publish: an announcement would become public.
TEST_CASE("a signed SHA256SUMS vouches for its lines, and nothing is sent or announced again") {
  Server server = left_with(checksums_of(whole_set), signature_of(checksums_of(whole_set)));
  Drive drive(server, signer_of(server, "c"));
  drive.run();
  CHECK(drive.error().empty());
  CHECK(drive.writes() == Lines{"edit: published, digests"});
  check_signed(server);
}

TEST_CASE(
    "a SHA256SUMS that this key has not signed, or that says other things, vouches for nothing") {
  const std::string right = checksums_of(whole_set);
  const std::string refusal = "was not uploaded by a job that has the signing key";
  SECTION("another key") {
    Server server = left_with(right, signature_of(right, "other"));
    CHECK(error_in(server).find(refusal) != std::string::npos);
  }
  SECTION("the signature of another one") {
    Server server = left_with(right, signature_of(right + right));
    CHECK(error_in(server).find(refusal) != std::string::npos);
  }
  SECTION("without a signature") {
    Server server = left_with(right, signature_of(right));
    server.release->assets.pop_back();
    CHECK(error_in(server).find(refusal) != std::string::npos);
  }
  SECTION("of a form that is not signed") {
    Server server = left_with("# " + right, signature_of("# " + right));
    CHECK(error_in(server).find(refusal) != std::string::npos);
  }
  SECTION("a file of another commit: this job's own file is another one there") {
    const std::string old = checksums_of({{"a", "aaa"}, {"b", "bbb"}, {"c", "CCC"}});
    Server server = left_with(old, signature_of(old));
    CHECK(error_in(server).find(refusal) != std::string::npos);
  }
  SECTION("a file of another commit: what another job vouches for is another one there") {
    const std::string old = checksums_of({{"a", "AAA"}, {"b", "bbb"}, {"c", "ccc"}});
    Server server = driven::tagged_server_with(whole_set);
    Drive(server, signer_of(server, "a")).run();
    server.add("b", "bbb");
    server.add("SHA256SUMS", old);
    server.add("SHA256SUMS.minisig", signature_of(old));
    CHECK(error_in(server).find("b " + refusal) != std::string::npos);
  }
  SECTION("a file that was replaced before") {
    const std::string sums = checksums_of({{"a", "aaa"}, {"b", "BBB"}, {"c", "ccc"}});
    Server server = left_with(sums, signature_of(sums));
    CHECK(error_in(server).find("b " + refusal) != std::string::npos);
  }
  SECTION("a file that was replaced afterwards") {
    Server server = left_with(right, signature_of(right));
    server.release->assets.erase(server.release->assets.begin());
    server.add("a", "aaa");
    CHECK(error_in(server).find("a " + refusal) != std::string::npos);
  }
}
