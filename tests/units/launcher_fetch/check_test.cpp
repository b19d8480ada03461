// SPDX-License-Identifier: MIT
// Which release an installation finds, on an honest server and on a lying one.
#include "launcher/fetch/check.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"
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
