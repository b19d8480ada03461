// SPDX-License-Identifier: MIT
// `sign`: a key that no job has signs the draft that a job has left.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/digest.hpp"
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

struct Project {
  Project() { server.create_tag("v1.0.0"); }

  Workspace with_files() const {
    Workspace place(server, "v1.0.0");
    place.file("dist/app.tgz", "the application").file("dist/app.zip", "the same for Windows");
    place.input("files", "dist/*");
    return place;
  }
  /// The job's part: a draft with the files and their digests.
  void draft(const std::string& more = "", const std::string& value = "") const {
    Workspace job = with_files();
    job.input("draft", "true").input("checksums", "sha256").input(more, value);
    REQUIRE(job.publish().status == 0);
  }
  /// The part of whoever has the key.
  Workspace desk() const {
    Workspace place = with_files();
    place.input("signing_key", signer.secret_key());
    return place;
  }
  Run verify() const {
    return Workspace(server, "v1.0.0").input("public_key", signer.public_key()).run({"verify"});
  }

  Server server;
  Signer signer;
};

Run sign(Workspace& desk, const Names& arguments = {}) {
  Names all = {"sign"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Run run = desk.run(all);
  UNSCOPED_INFO(run.log);
  return run;
}

Run sign(Workspace&& desk, const Names& arguments = {}) { return sign(desk, arguments); }

std::size_t uploads(Server& server) {
  const auto requests = server.requests();
  return static_cast<std::size_t>(std::count_if(
      requests.begin(), requests.end(), [](const auto& one) { return one.method == "POST"; }));
}

/// It stays a draft, and no signature is made.
void check_unsigned(Server& server) {
  const auto release = server.release("v1.0.0");
  CHECK(release.draft);
  const Names names = release.names();
  CHECK(std::find(names.begin(), names.end(), "SHA256SUMS.minisig") == names.end());
}

}  // namespace

TEST_CASE("a draft is signed by a key that no job has, and published") {
  Project project;
  project.draft();
  if (project.server.is_sandbox()) project.server.forget_requests();
  REQUIRE(sign(project.desk()).status == 0);
  if (project.server.is_sandbox()) CHECK(uploads(project.server) == 1);
  const auto release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"SHA256SUMS", "SHA256SUMS.minisig", "app.tgz", "app.zip"});
  const Run verified = project.verify();
  INFO(verified.log);
  CHECK(verified.status == 0);
  CHECK(verified.outputs.at("files") == "app.tgz\napp.zip");
  if (project.server.is_sandbox()) project.server.forget_requests();
  CHECK(sign(project.desk()).status == 0);
  if (project.server.is_sandbox()) CHECK(uploads(project.server) == 0);
}

TEST_CASE("with 'update' a draft of jobs without the key is given its update.json and signed") {
  Project project;
  const std::string config = fmt::format(
      "draft: true\nupdate: {{app: your-app, public_key: {}, payloads: {{linux-x86_64: "
      "'*.tgz'}}}}\n",
      project.signer.public_key());
  Workspace job = project.with_files();
  REQUIRE(job.file(".gitea/release.yml", config).publish().status == 0);
  CHECK(project.server.release("v1.0.0").draft);
  REQUIRE(sign(project.desk().file(".gitea/release.yml", config)).status == 0);
  CHECK_FALSE(project.server.release("v1.0.0").draft);
  CHECK(core::parse_manifest(project.server.download("v1.0.0", "update.json").body)
            .payloads.at("linux-x86_64")
            .name == "app.tgz");
  CHECK(project.verify().status == 0);
}

TEST_CASE("nothing is signed that is not on this computer") {
  Project project;
  project.draft();
  const auto refusal = [&](auto&& desk) {
    const Run run = sign(std::forward<decltype(desk)>(desk));
    CHECK(run.status == 1);
    check_unsigned(project.server);
    return run.log;
  };
  CHECK_THAT(refusal(project.desk().file("dist/app.tgz", "The application")),
             ContainsSubstring("app.tgz is not the file on this computer"));
  CHECK_THAT(refusal(project.desk().file("dist/app.tgz", "longer than the application")),
             ContainsSubstring("app.tgz is not the file on this computer"));
  CHECK_THAT(refusal(project.desk().file("dist/more", "x")),
             ContainsSubstring("more is not in the release"));
  CHECK_THAT(refusal(project.desk().input("files", "dist/*.tgz")),
             ContainsSubstring("app.zip is not among the files on this computer"));
  CHECK_THAT(refusal(project.desk().input("required_files", "*.dmg")),
             ContainsSubstring("no asset matches *.dmg"));
  project.server.upload(project.server.release("v1.0.0").id, "foreign", "evil");
  CHECK_THAT(refusal(project.desk()),
             ContainsSubstring("foreign is not among the files on this computer"));
}

TEST_CASE("an asset that somebody has replaced is not signed, whatever the server says of it") {
  Project project;
  project.server.needs_sandbox();
  project.draft();
  const auto draft = project.server.release("v1.0.0");
  const auto path = fmt::format("/api/v1/repos/{}/releases/{}/assets/{}",
                                project.server.repository(), draft.id, draft.asset("app.tgz").id);
  REQUIRE(project.server.connect()->send("DELETE", path, "").status == 204);
  project.server.upload(draft.id, "app.tgz", "THE APPLICATION");
  const Run run = sign(project.desk());
  CHECK(run.status == 1);
  CHECK_THAT(run.log, ContainsSubstring("app.tgz is not the file on this computer"));
  check_unsigned(project.server);
}

TEST_CASE("files that were uploaded by hand are read before they are signed") {
  Project project;
  const auto draft = project.server.create_release(R"({"tag_name":"v1.0.0","draft":true})");
  project.server.upload(draft.id, "app.tgz", "the application");
  project.server.upload(draft.id, "app.zip", "the same for Windows");
  REQUIRE(sign(project.desk()).status == 0);
  CHECK(project.verify().status == 0);
}

TEST_CASE("a dry run of 'sign' says what it would do") {
  Project project;
  project.draft();
  const Run run = sign(project.desk(), {"--dry-run"});
  CHECK(run.status == 0);
  CHECK_THAT(run.log, ContainsSubstring("SHA256SUMS.minisig"));
  check_unsigned(project.server);
}

TEST_CASE("without a key, or a release, there is nothing to sign") {
  Project project;
  Run run = sign(project.desk());
  CHECK(run.status == 2);
  CHECK_THAT(run.log, ContainsSubstring("there is no release v1.0.0"));
  CHECK_FALSE(project.server.has_release("v1.0.0"));
  run = sign(project.desk().input("signing_key", ""));
  CHECK(run.status == 2);
  CHECK_THAT(run.log, ContainsSubstring("signing_key: it is not set"));
}
