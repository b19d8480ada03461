// SPDX-License-Identifier: MIT
// `update` of the configuration file: update.json, which applications that update themselves read.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/digest.hpp"
#include "core/release/checksums.hpp"
#include "core/update/manifest.hpp"
#include "support/server.hpp"
#include "support/signer.hpp"
#include "support/workspace.hpp"

using Catch::Matchers::ContainsSubstring;
using support::Run;
using support::Server;
using support::Signer;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

constexpr const char* config_file = ".gitea/release.yml";

struct Project {
  Project() { server.create_tag("v1.3.0"); }

  std::string config(const std::string& more = "") const {
    return fmt::format(
        "update:\n  app: your-app\n  public_key: {}\n"
        "  payloads:\n    linux-x86_64: '*.tgz'\n    windows-x86_64: '*.zip'\n{}",
        signer.public_key(), more);
  }

  Workspace job_without_key(const Names& files, const std::string& required = "") const {
    Workspace job(server, "v1.3.0");
    for (const std::string& name : files) job.file("dist/" + name, "content of " + name);
    job.file(config_file, config()).input("files", "dist/*").input("required_files", required);
    return job;
  }
  Workspace job(const Names& files, const std::string& required = "") const {
    Workspace job = job_without_key(files, required);
    job.input("signing_key", signer.secret_key());
    return job;
  }

  core::Manifest manifest() {
    return core::parse_manifest(server.download("v1.3.0", "update.json").body);
  }
  Run verify() const {
    return Workspace(server, "v1.3.0").input("public_key", signer.public_key()).run({"verify"});
  }
  Names names() { return server.release("v1.3.0").names(); }

  Server server;
  Signer signer;
};

const Names both = {"app.tgz", "app.zip"};
const std::string required_both = "app.tgz\napp.zip";

Run publish(Workspace& job) {
  Run run = job.publish();
  UNSCOPED_INFO(run.log);
  return run;
}

Run publish(Workspace&& job) { return publish(job); }

}  // namespace

TEST_CASE(
    "a release has an update.json that is signed with the rest, and a second run sends nothing") {
  Project project;
  Workspace job = project.job(both);
  job.file(config_file, project.config("  from: '>=1.0.0'\n  critical: true\n"
                                       "  withdrawn: [1.2.10]\n  summary: Saves faster.\n"));
  REQUIRE(publish(job).status == 0);
  CHECK(project.names() ==
        Names{"SHA256SUMS", "SHA256SUMS.minisig", "app.tgz", "app.zip", "update.json"});
  core::Manifest expected;
  expected.app = "your-app";
  expected.version = "1.3.0";
  expected.tag = "v1.3.0";
  expected.payloads = {{"linux-x86_64", {"app.tgz", 18}}, {"windows-x86_64", {"app.zip", 18}}};
  expected.from = ">=1.0.0";
  expected.critical = true;
  expected.withdrawn = {"1.2.10"};
  expected.summary = "Saves faster.";
  CHECK(project.manifest() == expected);
  const Run verified = project.verify();
  INFO(verified.log);
  CHECK(verified.status == 0);
  CHECK(verified.outputs.at("files") == "app.tgz\napp.zip\nupdate.json");
  CHECK(verified.outputs.at("uncovered").empty());
  if (project.server.is_sandbox()) project.server.forget_requests();
  CHECK(publish(job.input("remove_other_files", "true")).outputs.at("state") == "unchanged");
  if (project.server.is_sandbox()) CHECK(project.server.writes() == 0);
}

TEST_CASE("update.json costs one upload more than a signature, and no request besides") {
  Server().needs_sandbox();
  const auto requests_of = [](bool with_update) {
    Project project;
    Workspace job = project.job(both);
    if (!with_update) job.file(config_file, "");
    project.server.forget_requests();
    CHECK(publish(job).status == 0);
    return project.server.requests().size();
  };
  CHECK(requests_of(true) == requests_of(false) + 1);
}

TEST_CASE("the job that completes the set writes update.json for the files of all") {
  Project project;
  Workspace first = project.job({"app.tgz"}, required_both);
  Workspace second = project.job({"app.zip"}, required_both);
  REQUIRE(publish(first).status == 0);
  CHECK(project.server.release("v1.3.0").draft);
  REQUIRE(publish(second).status == 0);
  CHECK_FALSE(project.server.release("v1.3.0").draft);
  CHECK(project.manifest().payloads.at("linux-x86_64").name == "app.tgz");
  CHECK(project.manifest().payloads.at("windows-x86_64").name == "app.zip");
  CHECK(project.verify().status == 0);
  for (Workspace* job : {&first, &second}) CHECK(job->publish().outputs.at("state") == "unchanged");
}

TEST_CASE("with 'update' a job without the key publishes nothing, and says what it waits for") {
  Project project;
  const Run run = publish(project.job_without_key(both));
  CHECK(run.status == 1);
  CHECK_THAT(run.log,
             ContainsSubstring("stays a draft: SHA256SUMS.minisig must be created by a job"));
  CHECK(project.server.release("v1.3.0").draft);
  CHECK(project.names() == both);
  // Its files are not signed on the word of the server, but those of a job that has them, too, are.
  CHECK(publish(project.job(both)).status == 0);
  CHECK_FALSE(project.server.release("v1.3.0").draft);
  CHECK(project.verify().status == 0);
}

TEST_CASE("a payload that no job with the key has uploaded is not signed") {
  Project project;
  project.server.needs_sandbox();
  const auto draft = project.server.create_release(R"({"tag_name":"v1.3.0","draft":true})");
  project.server.upload(draft.id, "app.zip", "evil");
  const Run run = publish(project.job({"app.tgz"}).input("draft", "false"));
  CHECK(run.status == 1);
  CHECK_THAT(run.log,
             ContainsSubstring("app.zip was not uploaded by a job that has the signing key"));
  CHECK(project.server.release("v1.3.0").draft);
}

TEST_CASE("an update.json that somebody else has uploaded is replaced") {
  Project project;
  project.server.needs_sandbox();
  const auto draft = project.server.create_release(R"({"tag_name":"v1.3.0","draft":true})");
  project.server.upload(draft.id, "update.json", "evil");
  REQUIRE(publish(project.job(both).input("draft", "false")).status == 0);
  CHECK(project.manifest().app == "your-app");
  CHECK(project.names().size() == 5);
  CHECK(project.verify().status == 0);
}

TEST_CASE("another summary changes update.json and its signature, and no payload") {
  Project project;
  Workspace job = project.job(both);
  REQUIRE(publish(job).status == 0);
  const auto before = project.server.release("v1.3.0");
  job.file(config_file, project.config("  summary: In other words.\n"));
  REQUIRE(publish(job).status == 0);
  CHECK(project.manifest().summary == "In other words.");
  CHECK(project.verify().status == 0);
  const auto after = project.server.release("v1.3.0");
  for (const std::string& name : both) CHECK(after.asset(name).id == before.asset(name).id);
  CHECK(after.names() == before.names());
}

TEST_CASE("each payload is one file, or nothing is written") {
  Project project;
  const auto refusal = [](auto&& job) {
    const Run run = publish(std::forward<decltype(job)>(job));
    CHECK(run.status == 2);
    return run.log;
  };
  CHECK_THAT(refusal(project.job({"app.tgz", "app.zip", "more.tgz"})),
             ContainsSubstring(
                 "'*.tgz', the payload for linux-x86_64, matches 2 files: app.tgz, more.tgz"));
  CHECK_THAT(refusal(project.job({"app.tgz"})),
             ContainsSubstring("'*.zip', the payload for windows-x86_64, matches no file"));
  CHECK_FALSE(project.server.has_release("v1.3.0"));
  // Nor does a published release get a second one.
  REQUIRE(publish(project.job(both)).status == 0);
  const auto before = project.server.release("v1.3.0").names();
  CHECK_THAT(refusal(project.job({"second.zip"})), ContainsSubstring("matches 2 files"));
  CHECK(project.server.release("v1.3.0").names() == before);
}

TEST_CASE("what is wrong with 'update' is told before the first write") {
  Project project;
  const auto refusal = [&](const std::string& text, const std::string& tag = "v1.3.0") {
    Workspace job = project.job(both);
    job.file(config_file, text).input("tag_name", tag);
    const Run run = publish(job);
    CHECK(run.status == 2);
    return run.log;
  };
  CHECK_THAT(refusal(project.config(), "nightly"),
             ContainsSubstring("update: the tag 'nightly' is not a version"));
  CHECK_THAT(refusal(project.config("  from: '1.0'\n")),
             ContainsSubstring("from: '1.0' is not '>=VERSION'"));
  CHECK_THAT(refusal(project.config("  withdrawn: [old]\n")),
             ContainsSubstring("withdrawn: 'old' is not a version"));
  CHECK_THAT(refusal(project.config("  critical: perhaps\n")),
             ContainsSubstring("release.yml:7:13: critical: 'perhaps' is not one of true, false"));
  CHECK_THAT(refusal(project.config("  sumary: x\n")),
             ContainsSubstring("Did you mean 'summary'?"));
  CHECK_THAT(refusal("update: {app: x}\n"),
             ContainsSubstring("'app', 'public_key' and 'payloads' have to be set"));
  CHECK_THAT(refusal("update: {app: a b, public_key: " + project.signer.public_key() +
                     ", payloads: {x: '*.tgz'}}\n"),
             ContainsSubstring("'a b' is not the name of an application"));
  CHECK_THAT(refusal("update: {app: x, public_key: " + Signer().public_key() +
                     ", payloads: {x: '*.tgz'}}\n"),
             ContainsSubstring("but signing_key belongs to"));
  CHECK_THAT(refusal("update: {app: x, public_key: RWQ, payloads: {x: '*.tgz'}}\n"),
             ContainsSubstring("update: public_key: "));
  CHECK_THAT(publish(project.job({"app.tgz", "app.zip", "update.json"})).log,
             ContainsSubstring("'files' contains a file named update.json"));
  CHECK_THAT(publish(project.job_without_key(both).input("upload_before_publish", "false")).log,
             ContainsSubstring("update and upload_before_publish: false contradict each other"));
  CHECK_FALSE(project.server.has_release("v1.3.0"));
}

TEST_CASE("the Downloads table does not offer update.json") {
  Project project;
  const Run run = publish(project.job(both).input("downloads", "true"));
  REQUIRE(run.status == 0);
  CHECK_THAT(run.outputs.at("body"), ContainsSubstring("app.zip"));
  CHECK(run.outputs.at("body").find("update.json") == std::string::npos);
}

TEST_CASE("a dry run names update.json and the signature among the generated files") {
  Project project;
  const Run run = publish(project.job(both).input("dry_run", "true"));
  CHECK(run.status == 0);
  CHECK_THAT(run.log,
             ContainsSubstring("  upload update.json (generated from the assets)\n"
                               "  upload SHA256SUMS (generated from the assets)\n"
                               "  upload SHA256SUMS.minisig (generated from the assets)\n"));
  CHECK_FALSE(project.server.has_release("v1.3.0"));
}
