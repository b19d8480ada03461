// SPDX-License-Identifier: MIT
// Several jobs and several runs for one signed release.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/digest.hpp"
#include "scenarios/signing_project.hpp"

using Catch::Matchers::ContainsSubstring;
using signing_tests::Project;
using signing_tests::set_of_two;
using support::Release;
using support::Run;
using support::Server;
using support::Workspace;

TEST_CASE(
    "what 'overwrite_files: false' keeps is not signed unless a job with the key vouches for it") {
  Project project;
  project.server.needs_sandbox();
  SECTION("it does") {
    REQUIRE(project.job("app.tgz", "one", set_of_two).publish().status == 0);
    Workspace job = project.job("app.tgz", "another");
    job.file("app.zip", "two").input("files", "app.*");
    const Run run = job.input("overwrite_files", "false").publish();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(project.signed_digests().at("app.tgz") == core::digest_of("one"));
    CHECK(project.verify().status == 0);
  }
  SECTION("it does not") {
    const Release draft = project.server.create_release(R"({"tag_name":"v1.0.0","draft":true})");
    project.server.upload(draft.id, "app.tgz", "evil");
    Workspace job = project.job("app.tgz", "one");
    job.input("overwrite_files", "false");
    project.server.forget_requests();
    const Run run = job.input("draft", "false").publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK_THAT(run.log, ContainsSubstring("overwrite_files: false keeps app.tgz"));
    CHECK(project.server.writes() == 0);
  }
}

TEST_CASE("of more files than the record has room for the codes, all are signed and stay so") {
  Project project;
  project.server.needs_sandbox();
  constexpr int files = 350;
  const auto job = [&](const std::string& extension) {
    Workspace place = project.job("0." + extension, "content", "*.a\n*.b");
    for (int i = 1; i < files; ++i) place.file(fmt::format("{}.{}", i, extension), "content");
    place.input("files", "*." + extension);
    return place;
  };
  Workspace first = job("a");
  Workspace second = job("b");
  REQUIRE(first.publish().status == 0);
  REQUIRE(second.publish().status == 0);
  CHECK(project.signed_digests().size() == 2 * files);
  project.server.forget_requests();
  for (Workspace* place : {&first, &second}) {
    const Run run = place->publish();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(run.outputs.at("state") == "unchanged");
    CHECK(run.log.find("leaves out") == std::string::npos);
  }
  CHECK(project.server.writes() == 0);
  // Nothing loses its signature because a job does not know it.
  const Run more = project.job("more.txt", "more").publish();
  INFO(more.log);
  CHECK(more.status == 1);
  CHECK_THAT(more.log, ContainsSubstring("more.txt cannot be added to the signed release v1.0.0"));
  CHECK(project.server.writes() == 0);
  CHECK(project.signed_digests().size() == 2 * files);
}

TEST_CASE("jobs that are given the key later vouch for what they have uploaded without it") {
  Project project;
  const std::string set_of_three = "app.tgz\napp.zip\napp.dmg";
  REQUIRE(project.job("app.tgz", "one", set_of_three).publish().status == 0);
  Workspace second = project.job_without_key("app.zip", "two", set_of_three);
  Workspace third = project.job_without_key("app.dmg", "three", set_of_three);
  REQUIRE(second.publish().status == 0);
  REQUIRE(third.publish().status == 1);
  const Run run = second.input("signing_key", project.signer.secret_key()).publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK_THAT(run.log, ContainsSubstring("app.dmg was not uploaded by a job that has the signing"));
  CHECK(third.input("signing_key", project.signer.secret_key()).publish().status == 0);
  CHECK(project.signed_digests().size() == 3);
  CHECK(project.verify().status == 0);
}
