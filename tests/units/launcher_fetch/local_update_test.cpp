// SPDX-License-Identifier: MIT
// Updates from a local file.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <string>

#include "core/error.hpp"
#include "launcher/fetch/fetch_error.hpp"
#include "support/workspace.hpp"
#include "units/launcher_fetch/project.hpp"

using Catch::Matchers::ContainsSubstring;
using project::Installation;
using project::Project;
using project::Special;
using support::Files;
using support::Signer;

namespace {

namespace fs = std::filesystem;

/// A folder with the files of a release, and an installation that has no server.
struct Offline {
  Project project;
  Installation installation{project};
  TempDir folder;

  fs::path lay_out(const Files& files) const {
    for (const auto& [name, content] : files) folder.write(name, content);
    return folder.path() / project::archive_name("1.2.0");
  }
  fs::path lay_out(const Special& special = {}) const {
    return lay_out(project.signed_files("1.2.0", special));
  }
  std::string refused(const fs::path& archive) {
    try {
      installation.download_from(archive);
    } catch (const fetch::FetchError& error) {
      CHECK(error.obstacle == fetch::Obstacle::refused);
      CHECK(installation.names_in("ready").empty());
      CHECK(installation.names_in("downloads").empty());
      return error.message;
    }
    return "accepted";
  }
};

}  // namespace

TEST_CASE("a local file is installed without a server, and stays where it is") {
  Offline offline;
  const fs::path archive = offline.lay_out();
  const fs::path renamed = archive.parent_path() / "renamed by the user";
  fs::rename(archive, renamed);
  const fs::path ready = offline.installation.download_from(renamed);
  CHECK(support::read_file(ready / "current/bin/app") == "app");
  CHECK(support::read_file(ready / "payload") == core::digest_of(project::archive_of("1.2.0")));
  CHECK(fs::exists(renamed));
  CHECK(offline.installation.names_in("downloads").empty());
}

TEST_CASE("a local file that was changed, cut or extended is refused") {
  for (const int change : {0, -1, 1}) {
    Offline offline;
    const fs::path archive = offline.lay_out();
    std::string content = support::read_file(archive);
    content.back() = 'X';
    content.resize(static_cast<std::size_t>(static_cast<int>(content.size()) + change), 'x');
    offline.folder.write(archive.filename().string(), content);
    CHECK_THAT(offline.refused(archive), ContainsSubstring("does not match its signed digest"));
  }
}

TEST_CASE("the small files beside a local file are verified") {
  Offline offline;
  SECTION("an update.json of another release") {
    Files files = offline.project.signed_files("1.2.0");
    files["update.json"] = offline.project.files("1.3.0").at("update.json");
    CHECK_THAT(offline.refused(offline.lay_out(files)),
               ContainsSubstring("update.json does not match its digest"));
  }
  SECTION("another key") {
    const Files files = Signer().sign(offline.project.files("1.2.0"), "v1.2.0",
                                      offline.project.server.repository());
    CHECK_THAT(offline.refused(offline.lay_out(files)),
               ContainsSubstring("it was signed with the key"));
  }
  SECTION("another repository") {
    const Files files =
        offline.project.signer.sign(offline.project.files("1.2.0"), "v1.2.0", "someone/else");
    CHECK_THAT(offline.refused(offline.lay_out(files)),
               ContainsSubstring("signed for the repository someone/else"));
  }
  SECTION("one of them is missing") {
    const fs::path archive = offline.lay_out();
    fs::remove(offline.folder.path() / "SHA256SUMS.minisig");
    CHECK_THROWS_WITH(offline.installation.download_from(archive),
                      ContainsSubstring("SHA256SUMS.minisig"));
  }
}

TEST_CASE("a local file is no way around what a check respects") {
  Offline offline;
  fetch::Installed& installed = offline.installation.installed;
  SECTION("a lower version") {
    installed.version = *core::parse_version("1.3.0");
    CHECK_THAT(offline.refused(offline.lay_out()),
               ContainsSubstring("version 1.2.0 is not higher than 1.3.0, which is installed"));
  }
  SECTION("the same version") {
    installed.version = *core::parse_version("1.2.0");
    CHECK_THAT(offline.refused(offline.lay_out()), ContainsSubstring("is not higher than 1.2.0"));
  }
  SECTION("a withdrawn version") {
    installed.withdrawn = {*core::parse_version("1.2.0")};
    CHECK_THAT(offline.refused(offline.lay_out()), ContainsSubstring("it was withdrawn"));
  }
  SECTION("another application") {
    CHECK_THAT(offline.refused(offline.lay_out({.app = "other"})),
               ContainsSubstring("is for other, not for your-app"));
  }
  SECTION("another platform") {
    CHECK_THAT(offline.refused(offline.lay_out({.platform = "linux-aarch64"})),
               ContainsSubstring("it has nothing for linux-x86_64"));
  }
  SECTION("a step that is too large") {
    CHECK_THAT(offline.refused(offline.lay_out({.from = ">=1.1.0"})),
               ContainsSubstring("it can only be installed over 1.1.0 or higher"));
  }
}
