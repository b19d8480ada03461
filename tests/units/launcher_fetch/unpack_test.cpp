// SPDX-License-Identifier: MIT
// Good archives arrive byte by byte.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <map>
#include <random>
#include <string>

#include "support/process.hpp"
#include "units/launcher_fetch/archives.hpp"
#include "units/launcher_fetch/target.hpp"

using archives::file;
using archives::folder;
using archives::Item;
using archives::link_to;
using archives::release_file;
using archives::Target;
using archives::tree;

namespace fs = std::filesystem;

TEST_CASE("the version and the launcher are taken, below a folder or not, and nothing else") {
  std::map<std::string, std::string> expected = {
      {"your-app", "755 launcher"},        {"current", "755 folder"},
      {"current/RELEASE.json", "644 {}"},  {"current/bin", "755 folder"},
      {"current/bin/tool", "755 program"}, {"current/bin/tool-1", "-> tool"},
      {"current/empty", "755 folder"},     {"current/nothing", "644 "},
      {"current/set-id", "755 x"}};
  for (const std::string top : {"", "your-app/", "your-app-v1.3.0-linux-x64/"}) {
    INFO(top);
    Item tool = file(top + "current/bin/tool", "program");
    tool.mode = 0700;
    Item set_id = file(top + "current/set-id");
    set_id.mode = 06777;
    std::vector<Item> items = {file(top + "your-app", "launcher"),
                               folder(top + "current/empty"),
                               tool,
                               link_to(top + "current/bin/tool-1", "tool"),
                               file(top + "current/nothing", ""),
                               set_id,
                               file(top + "updater/config.json", "{}"),
                               file(top + "updater/trusted.pub", "key"),
                               file(top + "data/user.db", "data"),
                               file(top + release_file, "{}")};
    if (!top.empty()) items.insert(items.begin(), folder(top.substr(0, top.size() - 1)));
    const Target tar;
    tar.unpack_bytes("a.tar.gz", archives::tar_gz(items));
    CHECK(tree(tar.ready) == expected);
    const Target zip;
    zip.unpack_bytes("a.zip", archives::zip(items));
    CHECK(tree(zip.ready) == expected);
  }
}

TEST_CASE("modes do not depend on the umask") {
  const mode_t before = umask(0077);
  const Target target;
  target.unpack_bytes("a.zip", archives::zip({file("current/d/a"), file(release_file)}));
  umask(before);
  CHECK(tree(target.ready).at("current/d/a") == "644 x");
  CHECK(tree(target.ready).at("current/d") == "755 folder");
}

TEST_CASE("what the template's packaging writes arrives byte by byte, in the C locale") {
  const Target target;
  const TempDir source;
  const std::string top = "your-app-v1.3.0-linux-x64/";
  std::string large(3'000'000, '\0');
  std::minstd_rand random(3);
  for (char& byte : large) byte = static_cast<char>(random() >> 8U);
  source.write(top + "your-app", "launcher");
  source.write(top + release_file, "{}");
  source.write(top + "current/app/large.bin", large);
  source.write(top + "current/app/zwölf/日本 ☃.txt", "snow");
  source.write(top + "current/app/empty", "");
  fs::permissions(source / (top + "current/app/large.bin"), fs::perms(0755));
  source.write(top + "updater/config.json", "{}");
  const auto expected = [&] {
    auto found = tree(source.path() / top);
    std::erase_if(found, [](const auto& entry) { return entry.first.starts_with("updater"); });
    found["your-app"] = "755 launcher";
    return found;
  };
  std::string name = "a.tar.gz";
  SECTION("a tar.gz, with a link") {
    fs::create_symlink("large.bin", source / (top + "current/app/länk"));
  }
  SECTION("a zip") { name = "a.zip"; }
  const std::string archive = target.directory / name;
  const std::string script =
      std::string(GITEA_RELEASE_SOURCE) + "/examples/python-app/packaging/archive.py";
  support::Process packing(
      {"/usr/bin/env", "python3", script, source / top.substr(0, top.size() - 1), archive},
      {{"SOURCE_DATE_EPOCH", "1800000000"}, {"PATH", "/usr/bin:/bin"}}, source.path(),
      target.directory / "log");
  const support::Ended packed = packing.wait();
  INFO(packed.output);
  REQUIRE(packed.status == 0);
  target.unpack(archive);
  CHECK(tree(target.ready) == expected());
}

TEST_CASE("what an interrupted run left is replaced, and an existing version is kept") {
  const Target target;
  target.directory.write("ready/1.3.0.part/current/old", "old");
  const std::string zip = archives::zip({file(release_file)});
  target.unpack_bytes("a.zip", zip);
  CHECK(tree(target.ready).size() == 2);
  CHECK_THROWS(target.unpack_bytes("a.zip", archives::zip({file(release_file, "new")})));
  CHECK(tree(target.ready).at(release_file) == "644 x");
}

TEST_CASE("a link in the place of the new folder is not followed") {
  const Target target;
  fs::create_directories(target.directory.path() / "elsewhere");
  fs::create_directory_symlink(target.directory.path() / "elsewhere",
                               target.ready.string() + ".part");
  target.unpack_bytes("a.zip", archives::zip({file(release_file)}));
  CHECK(fs::is_empty(target.directory.path() / "elsewhere"));
}

TEST_CASE("a folder that cannot be written has its own exit status") {
  if (getuid() == 0) SKIP("root may write anywhere");
  const Target target;
  fs::permissions(target.ready.parent_path(), fs::perms(0555));
  try {
    target.unpack_bytes("a.zip", archives::zip({file(release_file)}));
    FAIL("it was written");
  } catch (const fetch::FetchError& error) {
    CHECK(error.obstacle == fetch::Obstacle::no_permission);
  }
}
