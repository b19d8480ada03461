// SPDX-License-Identifier: MIT
// `signing_key`: what is signed, and what is never signed.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdlib>

#include "core/digest.hpp"
#include "scenarios/signing_project.hpp"
#include "support/server.hpp"
#include "support/signer.hpp"
#include "support/workspace.hpp"

using Catch::Matchers::ContainsSubstring;
using signing_tests::Names;
using signing_tests::Project;
using signing_tests::set_of_two;
using support::Release;
using support::Run;
using support::Server;
using support::Workspace;

TEST_CASE("a release is signed, anybody can verify it, and a second run sends nothing") {
  Project project;
  Workspace job = project.job("app.tgz", "the application");
  const Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  const Release release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"SHA256SUMS", "SHA256SUMS.minisig", "app.tgz"});
  CHECK(project.verify().status == 0);
  const std::string signature = project.server.download("v1.0.0", "SHA256SUMS.minisig").body;
  CHECK_THAT(signature, ContainsSubstring("trusted comment: tag=v1.0.0 repository=" +
                                          project.server.repository() + "\n"));
  if (std::system("command -v minisign >/dev/null") == 0) {
    const TempDir dir;
    dir.write("SHA256SUMS", project.server.download("v1.0.0", "SHA256SUMS").body);
    dir.write("SHA256SUMS.minisig", signature);
    dir.write("app.tgz", "the application");
    const std::string line = "cd " + dir.path().string() + " && minisign -Vm SHA256SUMS -P " +
                             project.signer.public_key() +
                             " && sha256sum -c --ignore-missing SHA256SUMS";
    CHECK(std::system((line + " >/dev/null").c_str()) == 0);
  }
  if (project.server.is_sandbox()) project.server.forget_requests();
  const Run again = job.publish();
  INFO(again.log);
  CHECK(again.status == 0);
  CHECK(again.outputs.at("state") == "unchanged");
  if (project.server.is_sandbox()) CHECK(project.server.writes() == 0);
}

TEST_CASE("a signature costs one upload and no other request") {
  Server().needs_sandbox();
  const auto requests_of = [](bool is_signed) {
    Project project;
    Workspace job = project.job_without_key("app.tgz", "x");
    job.input("checksums", "sha256");
    if (is_signed) job.input("signing_key", project.signer.secret_key());
    project.server.forget_requests();
    CHECK(job.publish().status == 0);
    return project.server.requests().size();
  };
  CHECK(requests_of(true) == requests_of(false) + 1);
}

TEST_CASE("jobs with the key vouch for each other, and the job that completes the set signs") {
  Project project;
  Workspace first = project.job("app.tgz", "one", set_of_two);
  Workspace second = project.job("app.zip", "two", set_of_two);
  REQUIRE(first.publish().status == 0);
  CHECK(project.server.release("v1.0.0").draft);
  const Run run = second.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK_FALSE(project.server.release("v1.0.0").draft);
  CHECK(project.signed_digests() ==
        std::map<std::string, core::Digest>{{"app.tgz", core::digest_of("one")},
                                            {"app.zip", core::digest_of("two")}});
  CHECK(project.verify().status == 0);
  if (project.server.is_sandbox()) project.server.forget_requests();
  for (Workspace* job : {&first, &second}) CHECK(job->publish().outputs.at("state") == "unchanged");
  if (project.server.is_sandbox()) CHECK(project.server.writes() == 0);
}

TEST_CASE("a job without the key neither publishes a signed set nor gets its file signed") {
  Project project;
  Workspace without = project.job_without_key("app.zip", "two", set_of_two);
  SECTION("as the last job") {
    REQUIRE(project.job("app.tgz", "one", set_of_two).publish().status == 0);
    const Run run = without.publish();
    INFO(run.log);
    CHECK(run.status == 1);
    CHECK_THAT(run.log,
               ContainsSubstring("stays a draft: SHA256SUMS.minisig must be created by a job"));
  }
  SECTION("as the first job") {
    REQUIRE(without.publish().status == 0);
    const Run run = project.job("app.tgz", "one", set_of_two).publish();
    INFO(run.log);
    CHECK(run.status == 1);
    CHECK_THAT(run.log,
               ContainsSubstring("app.zip was not uploaded by a job that has the signing key"));
  }
  CHECK(project.server.release("v1.0.0").draft);
  CHECK(project.signed_digests().empty());
  // With the key, the set is completed.
  CHECK(without.input("signing_key", project.signer.secret_key()).publish().status == 0);
  CHECK_FALSE(project.server.release("v1.0.0").draft);
  CHECK(project.verify().status == 0);
}

TEST_CASE("a published and signed file is not replaced") {
  Project project;
  REQUIRE(project.job("app.tgz", "one").publish().status == 0);
  for (const bool has_key : {true, false}) {
    Workspace job =
        has_key ? project.job("app.tgz", "another") : project.job_without_key("app.tgz", "another");
    const Run run = job.publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK_THAT(run.log, ContainsSubstring("Publish a higher version"));
  }
  CHECK(project.server.download("v1.0.0", "app.tgz").body == "one");
  CHECK(project.verify().status == 0);
}

TEST_CASE("a job without the key does not change a signed SHA256SUMS") {
  Project project;
  REQUIRE(project.job("app.tgz", "one").publish().status == 0);
  Workspace job = project.job_without_key("more.txt", "two");
  const Run run = job.input("checksums", "sha256").publish();
  INFO(run.log);
  CHECK(run.status == 0);
  const Run verified = project.verify();
  CHECK(verified.status == 0);
  CHECK(verified.outputs.at("uncovered") == "more.txt");
}

TEST_CASE("a job with the key can add another file to a signed release") {
  Project project;
  REQUIRE(project.job("app.tgz", "one").publish().status == 0);
  REQUIRE(project.job("more.txt", "two").publish().status == 0);
  const Run verified = project.verify();
  INFO(verified.log);
  CHECK(verified.status == 0);
  CHECK(verified.outputs.at("files") == "app.tgz\nmore.txt");
}

TEST_CASE("mistakes in the key are reported before the first write, without showing it") {
  Project project;
  const auto refusal = [&](const std::string& key, const std::string& password = "") {
    Workspace job = project.job_without_key("app.tgz", "one");
    const Run run = job.input("signing_key", key).input("signing_password", password).publish();
    CHECK(run.status == 2);
    CHECK_FALSE(project.server.has_release("v1.0.0"));
    return run.log;
  };
  const std::string key = project.signer.secret_key();
  CHECK_THAT(refusal(key.substr(0, key.size() - 40)),
             ContainsSubstring("signing_key: this is not a secret key"));
  CHECK_THAT(refusal(project.signer.public_key()), ContainsSubstring("it is a public key"));
  CHECK_THAT(refusal(key, "hunter2"), ContainsSubstring("the signing key has none"));
  const std::string locked = signing::SecretKey::generate().file(core::Token("hunter2"));
  CHECK_THAT(refusal(locked), ContainsSubstring("has a password, and none is given"));
  CHECK_THAT(refusal(locked, "hunter3"),
             ContainsSubstring("the password of the signing key is wrong"));
  CHECK_THAT(refusal("", "hunter2"),
             ContainsSubstring("signing_password: it is set without a signing_key"));
  Workspace job = project.job("app.tgz", "one");
  job.input("upload_before_publish", "false");
  CHECK_THAT(job.publish().log, ContainsSubstring("upload_before_publish: false contradict"));
  Workspace own = project.job("SHA256SUMS.minisig", "mine");
  CHECK_THAT(own.publish().log, ContainsSubstring("'files' contains its own SHA256SUMS.minisig"));
  CHECK_FALSE(project.server.has_release("v1.0.0"));
}

TEST_CASE("'remove_other_files' keeps the signature") {
  Project project;
  Workspace job = project.job("app.tgz", "one");
  REQUIRE(job.publish().status == 0);
  CHECK(job.input("remove_other_files", "true").publish().outputs.at("state") == "unchanged");
  CHECK(project.verify().status == 0);
}
