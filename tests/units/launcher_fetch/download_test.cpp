// SPDX-License-Identifier: MIT
// What arrives in updater/ready/, from an honest server and from a lying one.
#include "launcher/fetch/download.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <string>

#include "launcher/fetch/fetch_error.hpp"
#include "support/workspace.hpp"
#include "units/launcher_fetch/archives.hpp"
#include "units/launcher_fetch/project.hpp"

using Catch::Matchers::ContainsSubstring;
using fetch::FetchError;
using fetch::Obstacle;
using project::archive_name;
using project::Installation;
using project::Project;
using support::Files;
using support::Signer;

namespace {

namespace fs = std::filesystem;

/// The files of v1.2.0 with another payload in the place of the signed one.
Files with_payload(const Project& project, const std::string& payload) {
  Files files = project.signed_files("1.2.0");
  files[archive_name("1.2.0")] = payload;
  return files;
}

/// The message of the refusal.
template <typename Work>
std::string refused(Work&& work) {
  try {
    work();
  } catch (const FetchError& error) {
    CHECK(error.obstacle == Obstacle::refused);
    return error.message;
  }
  return "accepted";
}

}  // namespace

TEST_CASE("an update is unpacked into ready/, with the digest of its archive") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  const fs::path ready = installation.download();
  CHECK(ready == installation.updater() / "ready/1.2.0");
  CHECK(installation.names_in("ready/1.2.0") ==
        std::vector<std::string>{"current", "payload", "your-app"});
  CHECK(support::read_file(ready / "current/bin/app") == "app");
  CHECK(support::read_file(ready / "your-app") == "launcher");
  CHECK(support::read_file(ready / "payload") == core::digest_of(project::archive_of("1.2.0")));
  CHECK(installation.names_in("downloads").empty());
  CHECK(installation.names_in("ready") == std::vector<std::string>{"1.2.0"});
}

TEST_CASE("an update that is ready is not downloaded again") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  const auto update = *installation.check().update;
  installation.download(update);
  project.server.forget_requests();
  installation.download(update);
  CHECK(project.server.requests().empty());
}

TEST_CASE("a version that was installed and is asked for again is downloaded again") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  const fs::path ready = installation.download();
  fs::rename(ready / "current", installation.directory.path() / "current");
  installation.download();
  CHECK(fs::exists(ready / "current/bin/app"));
}

TEST_CASE("a ready version from another archive is replaced") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  installation.directory.write("updater/ready/1.2.0/payload", std::string(64, 'a'));
  installation.directory.write("updater/ready/1.2.0/current/old");
  const fs::path ready = installation.download();
  CHECK_FALSE(fs::exists(ready / "current/old"));
  CHECK(fs::exists(ready / "current/bin/app"));
  CHECK(installation.names_in("trash").empty());
}

TEST_CASE("a payload that was exchanged is refused and leaves nothing") {
  Project project;
  std::string other = project::archive_of("1.2.0");
  other.back() = 'X';
  Signer::publish(project.server, "v1.2.0", with_payload(project, other));
  Installation installation(project);
  CHECK_THAT(refused([&] { installation.download(); }),
             ContainsSubstring("does not match its signed digest"));
  CHECK(installation.names_in("downloads").empty());
  CHECK(installation.names_in("ready").empty());
}

TEST_CASE("a payload of another size is refused before it is downloaded") {
  for (const bool is_longer : {false, true}) {
    Project project;
    std::string other = project::archive_of("1.2.0");
    other.resize(is_longer ? other.size() + 1 : other.size() - 1);
    const auto release = Signer::publish(project.server, "v1.2.0", with_payload(project, other));
    Installation installation(project);
    const auto update = *installation.check().update;
    project.server.forget_requests();
    CHECK_THAT(refused([&] { installation.download(update); }),
               ContainsSubstring("does not have its signed size of "));
    CHECK(project.server.requests().empty());
    CHECK(installation.names_in("downloads").empty());
  }
}

TEST_CASE("a server that sends more or less than it announces is refused") {
  Project project;
  const auto release = project.publish("1.2.0");
  Installation installation(project);
  const std::string path = "/attachments/" + release.asset(archive_name("1.2.0")).uuid;
  for (const std::string& body : {std::string("short"), std::string(100'000, 'x')}) {
    project.server.fault(fmt::format(
        R"({{"kind":"garbage","path":"{}","body":"{}","content_type":"application/gzip"}})", path,
        body));
    CHECK_THAT(refused([&] { installation.download(); }),
               ContainsSubstring("does not have its signed size"));
    CHECK(installation.names_in("downloads").empty());
  }
  CHECK_NOTHROW(installation.download());
}

TEST_CASE("a payload that was deleted is an error, which does not end the part of an earlier run") {
  Project project;
  const auto release = project.publish("1.2.0");
  Installation installation(project);
  const auto update = *installation.check().update;
  installation.directory.write("updater/downloads/" + update.payload_digest + ".part", "x");
  project.server.fault(fmt::format(R"({{"kind":"status","status":404,"path":"/attachments/{}",
      "content_type":"text/plain","body":"Not found."}})",
                                   release.asset(archive_name("1.2.0")).uuid));
  CHECK_THROWS_WITH(installation.download(update), ContainsSubstring("could not be downloaded"));
  CHECK(installation.names_in("downloads").size() == 1);
}

TEST_CASE("the content must be the version that was signed") {
  for (const auto& [app, version] : {std::pair{"your-app", "1.1.0"}, {"other-app", "1.2.0"}}) {
    Project project;
    const std::string archive = archives::zip(
        {archives::file("current/RELEASE.json", project::release_file(app, version))});
    core::Manifest manifest;
    manifest.app = "your-app";
    manifest.version = "1.2.0";
    manifest.tag = "v1.2.0";
    manifest.payloads["linux-x86_64"] = {"a.zip", archive.size()};
    project.signer.publish_signed(
        project.server, "v1.2.0",
        {{"a.zip", archive}, {"update.json", core::render_manifest(manifest)}});
    Installation installation(project);
    CHECK_THAT(refused([&] { installation.download(); }),
               ContainsSubstring(
                   fmt::format("it contains {} {}, and your-app 1.2.0 was signed", app, version)));
    CHECK(installation.names_in("ready").empty());
    CHECK(installation.names_in("downloads").empty());
  }
}

TEST_CASE("a hostile archive is refused although it was signed, and leaves nothing") {
  Project project;
  Files files = project.files("1.2.0");
  const std::string evil = archives::tar_gz({archives::file("../evil")});
  core::Manifest manifest = core::parse_manifest(files.at("update.json"));
  manifest.payloads["linux-x86_64"].size = evil.size();
  files = {{archive_name("1.2.0"), evil}, {"update.json", core::render_manifest(manifest)}};
  project.signer.publish_signed(project.server, "v1.2.0", files);
  Installation installation(project);
  CHECK_THAT(refused([&] { installation.download(); }),
             ContainsSubstring("the entry '../evil' leads out of its folder"));
  CHECK(installation.names_in("ready").empty());
  CHECK(installation.names_in("downloads").empty());
}

TEST_CASE("room on the disk is checked before the first byte") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  auto update = *installation.check().update;
  update.payload.size = std::uint64_t{1} << 60U;
  project.server.forget_requests();
  try {
    installation.download(update);
    FAIL("there was room");
  } catch (const FetchError& error) {
    CHECK(error.obstacle == Obstacle::no_room);
    CHECK_THAT(error.message, ContainsSubstring("of room on the disk"));
  }
  CHECK(project.server.requests().empty());
}

TEST_CASE("a server that asks to wait during a download is obeyed") {
  Project project;
  const auto release = project.publish("1.2.0");
  Installation installation(project);
  project.server.fault(fmt::format(
      R"({{"kind":"status","status":429,"path":"/attachments/{}","headers":{{"Retry-After":"0"}}}})",
      release.asset(archive_name("1.2.0")).uuid));
  CHECK_NOTHROW(installation.download());
}

TEST_CASE("if several assets have the name of the payload, the newest counts") {
  Project project;
  const auto release = Signer::publish(project.server, "v1.2.0", {{archive_name("1.2.0"), "old"}});
  for (const auto& [name, content] : project.signed_files("1.2.0")) {
    project.server.upload(release.id, name, content);
  }
  Installation installation(project);
  CHECK_NOTHROW(installation.download());
}
