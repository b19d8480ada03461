// SPDX-License-Identifier: MIT
// `signing_key`: forged announcements and records, and replaced assets, are not signed.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>

#include "core/digest.hpp"
#include "core/release/record.hpp"
#include "core/text/json.hpp"
#include "scenarios/signing_project.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using Catch::Matchers::ContainsSubstring;
using signing_tests::Project;
using signing_tests::set_of_two;
using support::Release;
using support::Run;
using support::Workspace;

TEST_CASE("a forged announcement is not signed") {
  Project project;
  REQUIRE(project.job("app.tgz", "one", set_of_two).publish().status == 0);
  const Release draft = project.server.release("v1.0.0");
  const auto forged = project.server.upload(draft.id, "app.zip", "evil");
  const std::string digest = core::digest_of("evil");
  SECTION("without a code") {
    project.server.upload(draft.id, fmt::format(".sha256.{}.{}.app.zip", forged.id, digest), "");
  }
  SECTION("with an invented code") {
    project.server.upload(
        draft.id, fmt::format(".sha256.{}.{}-{}.app.zip", forged.id, digest, std::string(32, 'a')),
        "");
  }
  SECTION("with the code of another file") {
    project.server.needs_sandbox();
    std::string code;
    for (const auto& row : project.server.rows()) {
      for (const auto& asset : row.array("assets")) {
        const std::string name = asset.string("name");
        const auto dash = name.find('-');
        if (name.starts_with(".sha256.") && dash != std::string::npos)
          code = name.substr(dash + 1, 32);
      }
    }
    REQUIRE(code.size() == 32);
    project.server.upload(draft.id,
                          fmt::format(".sha256.{}.{}-{}.app.zip", forged.id, digest, code), "");
  }
  const Run run = project.job("other", "x", set_of_two).publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK_THAT(run.log,
             ContainsSubstring("app.zip was not uploaded by a job that has the signing key"));
  CHECK(project.server.release("v1.0.0").draft);
  CHECK_FALSE(project.signed_digests().contains("app.zip"));
}

TEST_CASE("a forged record is not signed") {
  Project project;
  REQUIRE(project.job("app.tgz", "one", set_of_two).publish().status == 0);
  const Release draft = project.server.release("v1.0.0");
  const auto forged = project.server.upload(draft.id, "app.zip", "evil");
  const std::string record =
      core::render_record({{forged.id, {forged.uuid.substr(0, 8), core::digest_of("evil")}}});
  std::string body = draft.body + "\n" + record;
  core::JsonObject json;
  json.add("body", body);
  project.server.edit_release(draft.id, json.text());
  const Run run = project.job("app.tgz", "one", set_of_two).publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(project.server.release("v1.0.0").draft);
  CHECK(project.signed_digests().empty());
}

TEST_CASE("an asset that was replaced between two jobs is not signed") {
  Project project;
  project.server.needs_sandbox();
  REQUIRE(project.job("app.tgz", "one", set_of_two).publish().status == 0);
  const Release draft = project.server.release("v1.0.0");
  project.server.upload(draft.id, "app.tgz", "EVIL");
  SECTION("next to the right one, which is signed") {
    const Run run = project.job("app.zip", "two", set_of_two).publish();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(project.server.download("v1.0.0", "app.tgz").body == "one");
    CHECK(project.verify().status == 0);
  }
  SECTION("instead of the right one") {
    const auto path = fmt::format("/api/v1/repos/{}/releases/{}/assets/{}",
                                  project.server.repository(), draft.id, draft.asset("app.tgz").id);
    REQUIRE(project.server.connect()->send("DELETE", path, "").status == 204);
    const Run run = project.job("app.zip", "two", set_of_two).publish();
    INFO(run.log);
    CHECK(run.status == 1);
    CHECK(project.server.release("v1.0.0").draft);
    CHECK(project.signed_digests().empty());
  }
}

TEST_CASE("a foreign asset is not listed, and no asset name can add a line") {
  Project project;
  project.server.needs_sandbox();
  const Release draft = project.server.create_release(R"({"tag_name":"v1.0.0","draft":true})");
  const std::string line = core::digest_of("evil") + "  evil";
  for (const std::string& name :
       {std::string("foreign"), "x\n" + line, std::string("back\\slash")}) {
    project.server.upload(draft.id, name, "evil");
  }
  const bool has_key = GENERATE(true, false);
  Workspace job = project.job_without_key("app.tgz", "one");
  job.input("draft", "false").input("checksums", "sha256");
  if (has_key) job.input("signing_key", project.signer.secret_key());
  const Run run = job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  const std::string sums = project.server.download("v1.0.0", "SHA256SUMS").body;
  CHECK_THAT(sums, ContainsSubstring("app.tgz"));
  CHECK(sums.find("evil") == std::string::npos);
  CHECK(sums.find("foreign") == std::string::npos);
  if (has_key) CHECK_THAT(run.log, ContainsSubstring("SHA256SUMS leaves out"));
}
