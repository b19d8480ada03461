// SPDX-License-Identifier: MIT
// What is not what was signed is not found.
#include "launcher/fetch/check.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>
#include <vector>

#include "signing/signed_sums.hpp"
#include "units/launcher_fetch/project.hpp"

using Catch::Matchers::ContainsSubstring;
using project::Installation;
using project::outcome;
using project::Project;
using support::Files;
using support::Signer;

namespace {

/// Files of the release v1.2.0 that are not what was signed, and the reason that is given.
struct Lie {
  const char* what;
  Files (*files)(const Project&);
  const char* said;
};

Files with(Files files, const std::string& name, const std::string& content) {
  files[name] = content;
  return files;
}

const std::vector<Lie> lies = {
    {"the files of an older release",
     [](const Project& project) { return project.signed_files("1.1.0"); },
     "the files were signed for the tag v1.1.0, not for v1.2.0"},
    {"an older update.json",
     [](const Project& project) {
       return with(project.signed_files("1.2.0"), "update.json",
                   project.files("1.1.0").at("update.json"));
     },
     "update.json does not match its digest in SHA256SUMS"},
    {"a signed update.json of another version",
     [](const Project& project) {
       const Files files = project.files("1.1.0");
       return project.signer.sign(files, "v1.2.0", project.server.repository());
     },
     "its update.json is that of v1.1.0"},
    {"a signed update.json of another application",
     [](const Project& project) { return project.signed_files("1.2.0", {.app = "other-app"}); },
     "its update.json is for other-app, not for your-app"},
    {"another key",
     [](const Project& project) {
       return Signer().sign(project.files("1.2.0"), "v1.2.0", project.server.repository());
     },
     "it was signed with the key "},
    {"another repository",
     [](const Project& project) {
       return project.signer.sign(project.files("1.2.0"), "v1.2.0", "someone/else");
     },
     "signed for the repository someone/else"},
    {"a line that was added",
     [](const Project& project) {
       Files files = project.signed_files("1.2.0");
       files["SHA256SUMS"] += std::string(64, 'a') + "  evil\n";
       return files;
     },
     "the content is not what was signed"},
    {"no sums",
     [](const Project& project) {
       Files files = project.signed_files("1.2.0");
       files.erase("SHA256SUMS");
       return files;
     },
     "it has no SHA256SUMS"},
    {"a payload that was not signed",
     [](const Project& project) {
       Files files = project.files("1.2.0");
       files.erase(project::archive_name("1.2.0"));
       return project.signer.sign(files, "v1.2.0", project.server.repository());
     },
     "your-app-v1.2.0-linux-x64.tar.gz is not covered by the signature"},
    {"an update.json that cannot be read",
     [](const Project& project) {
       return project.signer.sign(with(project.files("1.2.0"), "update.json", "{"), "v1.2.0",
                                  project.server.repository());
     },
     "v1.2.0: "},
    {"a signature that is too large",
     [](const Project& project) {
       Files files = project.signed_files("1.2.0");
       files["SHA256SUMS.minisig"] += std::string(5000, '\n');
       return files;
     },
     "are read)"},
};

}  // namespace

TEST_CASE("a release that is not what was signed is refused, and an older one is taken") {
  for (const Lie& lie : lies) {
    INFO(lie.what);
    Project project;
    Signer::publish(project.server, "v1.2.0", lie.files(project));
    const fetch::CheckResult refused = Installation(project).check();
    CHECK(outcome(refused) == "refused");
    REQUIRE(refused.refused.size() == 1);
    CHECK_THAT(refused.refused.front(), ContainsSubstring(lie.said));
    CHECK(refused.refused.front().starts_with("v1.2.0: "));
    project.publish("1.1.0");
    const fetch::CheckResult found = Installation(project).check();
    CHECK(outcome(found) == "1.1.0");
    CHECK(found.refused == refused.refused);
  }
}

TEST_CASE("five releases that do not match end the search, although an older one is right") {
  Project project;
  project.publish("1.1.0");
  for (int i = 2; i < 8; ++i) {
    Signer::publish(project.server, fmt::format("v{}.0.0", i), project.signed_files("1.1.0"));
  }
  const fetch::CheckResult result = Installation(project).check();
  CHECK(outcome(result) == "refused");
  REQUIRE(result.refused.size() == 5);
  CHECK(result.refused.front().starts_with("v7.0.0: "));
  CHECK(result.refused.back().starts_with("v3.0.0: "));
}

TEST_CASE("files that are being replaced are read again") {
  Project project;
  const support::Release release = project.publish("1.2.0");
  for (const char* name : {"SHA256SUMS", "SHA256SUMS.minisig", "update.json"}) {
    INFO(name);
    project.server.fault(fmt::format(R"({{"kind":"garbage","path":"/attachments/{}","body":"{}"}})",
                                     release.asset(name).uuid,
                                     std::string(release.asset(name).size, 'x')));
    CHECK(outcome(Installation(project).check()) == "1.2.0");
  }
}

TEST_CASE("any of the trusted keys may have signed") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  installation.installed.keys = signing::parse_public_keys(
      "untrusted comment: first\n" + Signer().public_key() + "\n" + project.signer.public_key());
  CHECK(outcome(installation.check()) == "1.2.0");
  installation.installed.keys.pop_back();
  CHECK(outcome(installation.check()) == "refused");
}
