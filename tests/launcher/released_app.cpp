// SPDX-License-Identifier: MIT
#include "launcher/released_app.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "core/text/json.hpp"
#include "support/workspace.hpp"

namespace e2e {
namespace {

constexpr const char* config =
    "update:\n  app: hello\n  public_key: {}\n"
    "  payloads:\n    linux-x86_64: '*-linux-x64.tar.gz'\n{}";

/// Writes `added` into the file behind the first `place`.
void insert_behind(const fs::path& file, const std::string& place, const std::string& added) {
  std::string text = support::read_file(file);
  const auto at = text.find(place);
  REQUIRE(at != std::string::npos);
  std::ofstream(file) << text.insert(at + place.size(), added);
}

}  // namespace

void Project::publish(const std::string& version, const Edition& edition) {
  const support::Signer& key = edition.signer != nullptr ? *edition.signer : signer;
  const std::string tag = "v" + version;
  server.create_tag(tag);
  support::Workspace job(server, tag);
  const fs::path example = job.path() / "app";
  fs::copy(fs::path(GITEA_RELEASE_SOURCE) / "examples/launcher-app", example);
  insert_behind(example / "app.sh", "#!/bin/sh\n", edition.first + "\n");
  insert_behind(example / "package.sh", R"("snapshot": ["settings.txt"])", edition.members);
  insert_behind(example / "package.sh", R"("snapshot": [)", edition.snapshot);
  REQUIRE(Running({example / "package.sh", version, GITEA_RELEASE_LAUNCHER, key.public_key(),
                   server.url(), server.repository()},
                  job.path() / "package.log", {})
              .wait() == 0);
  job.file(".gitea/release.yml",
           fmt::format(fmt::runtime(config), key.public_key(), edition.settings));
  job.input("files", "app/dist/*").input("signing_key", key.secret_key());
  const support::Run run = job.publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
}

void Project::set_notes(const std::string& version, const std::string& notes) {
  server.edit_release(server.release("v" + version).id,
                      core::JsonObject().add("body", notes).text());
}

std::string Project::archive(const std::string& version) {
  return server.download("v" + version, archive_name(version)).body;
}

std::string Project::archive_name(const std::string& version) {
  return fmt::format("hello-{}-linux-x64.tar.gz", version);
}

std::string Project::path_of_archive(const std::string& version) {
  return "/attachments/" + server.release("v" + version).asset(archive_name(version)).uuid;
}

Unpacked::Unpacked(Project& project, const std::string& version) : InstalledApp("hello") {
  std::ofstream(folder() / "archive", std::ios::binary) << project.archive(version);
  REQUIRE(Running({"/bin/tar", "-C", folder(), "-xzf", folder() / "archive"}, next_output(), {})
              .wait() == 0);
}

}  // namespace e2e
