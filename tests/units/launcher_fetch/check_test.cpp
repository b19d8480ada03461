// SPDX-License-Identifier: MIT
// Which release an installation finds, on an honest server and on a lying one.
#include "launcher/fetch/check.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <catch2/matchers/catch_matchers_vector.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "signing/signed_sums.hpp"
#include "units/launcher_fetch/project.hpp"

using Catch::Matchers::ContainsSubstring;
using project::Installation;
using project::outcome;
using project::Project;
using support::Files;
using support::Signer;

namespace {

core::Version version(const std::string& text) { return *core::parse_version(text); }

}  // namespace

TEST_CASE("the highest version is found, although a back-port was published last") {
  Project project;
  project.publish("1.2.0");
  project.publish("1.10.0");
  project.publish("1.9.1");
  Signer::publish(project.server, "nightly", {{"f", "x"}});
  Installation installation(project);
  const fetch::CheckResult result = installation.check();
  REQUIRE(outcome(result) == "1.10.0");
  CHECK(result.update->manifest.tag == "v1.10.0");
  CHECK(result.update->payload.name == "your-app-v1.10.0-linux-x64.tar.gz");
  CHECK(result.update->payload_digest == core::digest_of(project::archive_of("1.10.0")));
  CHECK(result.update->page == fmt::format("{}/{}/releases/tag/v1.10.0", project.server.url(),
                                           project.server.repository()));
  CHECK(result.without_version == 1);
  CHECK(result.unseen == 0);
}

TEST_CASE("nothing is newer than the newest version") {
  Project project;
  Installation installation(project, "1.10.0");
  CHECK(outcome(installation.check()) == "nothing");
  project.publish("1.9.1");
  project.publish("1.10.0");
  CHECK(outcome(installation.check()) == "nothing");
}

TEST_CASE("the channel decides about prereleases") {
  Project project;
  project.publish("1.1.0");
  project.publish("1.2.0-rc.1");
  project.publish("1.3.0-beta.2");
  Installation installation(project);
  CHECK(outcome(installation.check()) == "1.1.0");
  installation.installed.config.channel = core::Channel::rc;
  CHECK(outcome(installation.check()) == "1.2.0-rc.1");
  installation.installed.config.channel = core::Channel::beta;
  CHECK(outcome(installation.check()) == "1.3.0-beta.2");
}

TEST_CASE("only tags with the prefix of the configuration count") {
  Project project;
  project.publish("1.1.0", {.tag = "app/v1.1.0"});
  project.publish("2.0.0");
  project.publish("3.0.0", {.tag = "lib/v3.0.0"});
  Installation installation(project);
  installation.installed.config.prefix = "app/";
  const fetch::CheckResult result = installation.check();
  CHECK(outcome(result) == "1.1.0");
  CHECK_THAT(result.update->page, ContainsSubstring("/releases/tag/app%2Fv1.1.0"));
}

TEST_CASE("versions that failed or were skipped here are not found again") {
  Project project;
  project.publish("1.1.0");
  project.publish("1.2.0");
  project.publish("1.3.0");
  Installation installation(project);
  installation.installed.unwanted = {version("1.3.0"), version("1.2.0")};
  CHECK(outcome(installation.check()) == "1.1.0");
}

TEST_CASE("a version can be asked for by name") {
  Project project;
  project.publish("1.1.0");
  project.publish("1.2.0");
  Installation installation(project);
  installation.installed.only = version("1.1.0");
  CHECK(outcome(installation.check()) == "1.1.0");
  installation.installed.only = version("1.0.0");  // the installed one
  CHECK(outcome(installation.check()) == "nothing");
}

TEST_CASE("a withdrawn version is passed over and remembered") {
  Project project;
  project.publish("1.1.0");
  project.publish("1.2.0");
  project.publish("1.3.0", {.platform = "windows-x86_64", .withdrawn = {"1.2.0"}});
  Installation installation(project);
  const fetch::CheckResult result = installation.check();
  CHECK(outcome(result) == "1.1.0");
  CHECK(result.passed_over == std::vector<std::string>{"v1.3.0: it has nothing for linux-x86_64",
                                                       "v1.2.0: it was withdrawn"});
  REQUIRE(result.withdrawn == std::vector{version("1.2.0")});
  // The server hides the release that has withdrawn it.
  project.server.delete_release(project.server.release("v1.3.0").id);
  installation.installed.withdrawn = result.withdrawn;
  CHECK(outcome(installation.check()) == "1.1.0");
}

TEST_CASE("a stepping stone is found, and then the version behind it") {
  Project project;
  project.publish("2.0.0");
  project.publish("3.0.0", {.from = ">=2.0.0"});
  Installation installation(project);
  const fetch::CheckResult result = installation.check();
  CHECK(outcome(result) == "2.0.0");
  CHECK(result.passed_over ==
        std::vector<std::string>{"v3.0.0: it can only be installed over 2.0.0 or higher"});
  installation.installed.version = version("2.0.0");
  CHECK(outcome(installation.check()) == "3.0.0");
}

TEST_CASE("a release that needs a newer launcher, or has no update.json, is passed over") {
  Project project;
  project.publish("1.1.0");
  project.publish("1.2.0", {.launcher = 2});
  project.signer.publish_signed(project.server, "v1.3.0", {{"f", "x"}});
  const fetch::CheckResult result = Installation(project).check();
  CHECK(outcome(result) == "1.1.0");
  CHECK(result.passed_over == std::vector<std::string>{"v1.3.0: it has no update.json",
                                                       "v1.2.0: it needs a newer launcher"});
}

TEST_CASE("a release without a signature is named, and not taken") {
  Project project;
  Files files = project.signed_files("1.2.0");
  files.erase("SHA256SUMS.minisig");
  Signer::publish(project.server, "v1.2.0", files);
  const fetch::CheckResult result = Installation(project).check();
  CHECK(outcome(result) == "nothing");
  CHECK(result.unsigned_tags == std::vector<std::string>{"v1.2.0"});
}

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

TEST_CASE("all pages of the list are read") {
  Project project;
  project.publish("2.0.0");
  for (int i = 0; i < 55; ++i) {
    Signer::publish(project.server, fmt::format("v1.0.{}", i), {{"f", "x"}});
  }
  CHECK(outcome(Installation(project).check()) == "2.0.0");
}

TEST_CASE("a private repository is read with the token only") {
  Project project;
  project.publish("1.2.0");
  project.server.edit_repository(R"({"private":true})");
  Installation installation(project);
  CHECK(outcome(installation.check()) == "1.2.0");
  installation.way.token = {};
  CHECK_THROWS_AS(installation.check(), core::Error);
}

TEST_CASE("a server that asks to wait is obeyed, or the error says for how long") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  project.server.fault(
      R"({"kind":"status","status":429,"path":"/releases","headers":{"Retry-After":"0"}})");
  CHECK(outcome(installation.check()) == "1.2.0");
  project.server.fault(
      R"({"kind":"status","status":429,"path":"/releases","headers":{"Retry-After":"3600"}})");
  installation.way.deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  try {
    installation.check();
    FAIL("it did not fail");
  } catch (const core::Error& error) {
    CHECK(error.reason == core::Reason::too_many_requests);
    CHECK(error.retry_after == std::chrono::seconds(3600));
  }
}

TEST_CASE("a server that fails is an error, not the absence of an update") {
  Project project;
  project.publish("1.2.0");
  project.server.fault(R"({"kind":"status","status":500,"path":"/releases","times":-1})");
  CHECK_THROWS_AS(Installation(project).check(), core::Error);
  project.server.clear_faults();
  project.server.fault(R"({"kind":"status","status":500,"path":"/attachments","times":-1})");
  CHECK_THROWS_AS(Installation(project).check(), core::Error);
}
