// SPDX-License-Identifier: MIT
// Downloads that break off are continued.
#include "launcher/fetch/download.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <random>
#include <string>

#include "support/workspace.hpp"
#include "units/launcher_fetch/project.hpp"

using Catch::Matchers::ContainsSubstring;
using project::archive_name;
using project::Installation;
using project::Project;

namespace {

namespace fs = std::filesystem;

std::string some_bytes(std::size_t size) {
  std::minstd_rand random(7);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() >> 8U);
  return bytes;
}

/// The files of v1.2.0 with another payload in the place of the signed one.

}  // namespace

TEST_CASE("a download that is cut anywhere ends with the right bytes") {
  Project project;
  const std::string content = some_bytes(3'000'000);
  const auto release = project.publish("1.2.0", {.content = content});
  Installation installation(project);
  const auto update = *installation.check().update;
  const std::string path = "/attachments/" + release.asset(archive_name("1.2.0")).uuid;
  std::minstd_rand random(1);
  for (int round = 0; round < 50; ++round) {
    fs::remove_all(installation.updater() / "ready");
    project.server.clear_faults();
    const int cuts = 1 + static_cast<int>(random() % 6);
    for (int i = 0; i < cuts; ++i) {
      project.server.fault(fmt::format(R"({{"kind":"cut","path":"{}","after":{}}})", path,
                                       1 + random() % 1'000'000));
    }
    const fs::path ready = installation.download(update);
    REQUIRE(support::read_file(ready / "current/bin/app") == content);
  }
}

TEST_CASE("a download that was stopped is continued by the next run, if the content is the same") {
  Project project;
  const std::string content = some_bytes(2'000'000);
  const auto release = project.publish("1.2.0", {.content = content});
  Installation installation(project);
  const auto update = *installation.check().update;
  std::uint64_t stopped_at = 0;
  const auto stop = [&](const fetch::Progress& progress) {
    CHECK(progress.total == update.payload.size);
    stopped_at = progress.done;
    return progress.done < 500'000;
  };
  CHECK_THROWS_WITH(installation.download(update, stop), ContainsSubstring("was stopped"));
  CHECK(installation.names_in("downloads") ==
        std::vector<std::string>{update.payload_digest + ".etag", update.payload_digest + ".part"});
  project.server.forget_requests();
  const fs::path ready = installation.download(update);
  CHECK(support::read_file(ready / "current/bin/app") == content);
  const auto requests = project.server.requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].status == 206);
  CHECK_THAT(requests[0].headers, ContainsSubstring(fmt::format("Range: bytes={}-", stopped_at)));
  CHECK_THAT(requests[0].headers, ContainsSubstring("If-Range: \""));
  CHECK(installation.names_in("downloads").empty());
}

TEST_CASE("with If-Range, a server with other content sends the whole") {
  Project project;
  project.publish("1.2.0", {.content = some_bytes(200'000)});
  Installation installation(project);
  const auto update = *installation.check().update;
  const std::string part = "updater/downloads/" + update.payload_digest;
  installation.directory.write(part + ".part", "the content that the server had before");
  installation.directory.write(part + ".etag", "\"before\"");
  project.server.forget_requests();
  installation.download(update);
  REQUIRE(project.server.requests().size() == 1);
  CHECK(project.server.requests()[0].status == 200);
}

TEST_CASE("the damaged part of an earlier run is downloaded again") {
  Project project;
  project.publish("1.2.0", {.content = some_bytes(200'000)});
  Installation installation(project);
  const auto update = *installation.check().update;
  const std::string part = "updater/downloads/" + update.payload_digest + ".part";
  for (const std::size_t size : {1UL, 100'000UL, update.payload.size, update.payload.size + 1}) {
    INFO(size);
    fs::remove_all(installation.updater() / "ready");
    installation.directory.write(part, std::string(size, 'x'));
    CHECK_NOTHROW(installation.download(update));
  }
}

TEST_CASE("a whole part of an earlier run needs no server") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  const auto update = *installation.check().update;
  installation.directory.write("updater/downloads/" + update.payload_digest + ".part",
                               project::archive_of("1.2.0"));
  project.server.forget_requests();
  CHECK_NOTHROW(installation.download(update));
  CHECK(project.server.requests().empty());
}

TEST_CASE("a link in the place of the part is not followed") {
  Project project;
  project.publish("1.2.0");
  Installation installation(project);
  const auto update = *installation.check().update;
  installation.directory.write("mine", "mine");
  fs::create_directories(installation.updater() / "downloads");
  fs::create_symlink(installation.directory / "mine",
                     installation.updater() / "downloads" / (update.payload_digest + ".part"));
  CHECK_THROWS(installation.download(update));
  CHECK(support::read_file(installation.directory / "mine") == "mine");
}
