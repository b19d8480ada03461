// SPDX-License-Identifier: MIT
// Each kind of hostile archive is refused by name.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>

#include "launcher/fetch/entry_rules.hpp"
#include "units/launcher_fetch/archives.hpp"
#include "units/launcher_fetch/target.hpp"

using archives::file;
using archives::folder;
using archives::Item;
using archives::link_to;
using archives::release_file;
using archives::Target;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;

namespace fs = std::filesystem;

namespace {

std::string path_of(std::size_t size) {
  std::string path = "current/";
  while (path.size() < size) path += "abcdefg/";
  path.resize(size, 'x');
  path.back() = 'x';
  return path;
}

/// Items that are refused, and the message, in which {} is the name of the last one.
struct Hostile {
  const char* what;
  std::vector<Item> items;
  std::string said;
  bool in_zip = true;  ///< whether a zip can contain it
};

const std::vector<Hostile> hostile = {
    {"an absolute path", {file("/etc/evil")}, "has an absolute path"},
    {"a path that climbs", {file("../evil")}, "leads out of its folder"},
    {"a path that climbs later", {file("current/a/../../../evil")}, "leads out of its folder"},
    {"a part that is a dot", {file("current/./a")}, "has the part '.' in its path"},
    {"an empty part", {file("current//a")}, "has an empty part in its path"},
    {"a backslash", {file("current/a\\b")}, "contains a backslash"},
    {"backslashes that climb", {file("current\\..\\evil")}, "contains a backslash", false},
    {"a drive", {file("C:/evil")}, "begins with a drive letter"},
    {"a drive without a slash", {file("c:evil")}, "begins with a drive letter"},
    {"a network path", {file("//server/share")}, "has an absolute path"},
    {"a stream of NTFS", {file("current/a:b")}, "contains the character :, which Windows reserves"},
    {"a wildcard", {file("current/a*")}, "contains the character *, which Windows reserves"},
    {"a control character", {file("current/a\nb")}, "contains a control character"},
    {"DEL", {file("current/a\x7F")}, "contains a control character"},
    {"a device of Windows", {file("current/CON")}, "has a name that Windows reserves"},
    {"one with an extension", {file("current/aux.tar.gz")}, "has a name that Windows reserves"},
    {"a port", {file("current/com1.log/x")}, "has a name that Windows reserves"},
    {"a superscript port", {file("current/LPT\xC2\xB3")}, "has a name that Windows reserves"},
    {"the console", {file("current/CONIN$")}, "has a name that Windows reserves"},
    {"a dot at the end", {file("current/a.")}, "has a name that ends with a dot"},
    {"a blank at the end", {file("current/a /b")}, "has a name that ends with a blank"},
    {"a name of 256 bytes",
     {file("current/" + std::string(256, 'a'))},
     "has a name of more than 255 bytes"},
    {"a path of 1001 bytes", {file(path_of(1001))}, "has a path of more than 1000 bytes"},
    {"a name twice", {file("current/a"), file("current/a", "y")}, "is there twice"},
    {"a folder twice", {folder("current/a"), folder("current/a")}, "is there twice"},
    {"a file over a folder", {file("current/a/b"), file("current/a")}, "is there twice"},
    {"names that differ in case",
     {file("current/README"), file("current/readme")},
     "differs only in case from 'current/README'"},
    {"folders that differ in case",
     {file("current/App/a"), file("current/app/b")},
     "differs only in case from 'current/App'"},
    {"letters with accents that differ in case",
     {file("current/Ä"), file("current/ä")},
     "differs only in case from 'current/Ä'"},
    {"something beneath a file",
     {file("current/a"), file("current/a/b")},
     "is beneath the file 'current/a'"},
    {"something beneath a link",
     {folder("current/d"), link_to("current/l", "d"), file("current/l/x")},
     "is beneath the link 'current/l'"},
    {"a link that climbs out",
     {link_to("current/l", "../../x")},
     "is a link that leaves its folder"},
    {"a link that leaves the version",
     {link_to("current/d/l", "../../updater/trusted.pub")},
     "is a link that leaves its folder"},
    {"an absolute link",
     {link_to("current/l", "/etc")},
     "is a link to a path that has an absolute"},
    {"a link that climbs after a name",
     {link_to("current/l", "a/../..")},
     "is a link to a path that leads out of its folder"},
    {"the version as a link", {link_to("current", "data")}, "is not a folder"},
    {"the launcher as a link", {link_to("your-app", "current/x")}, "is not a file"},
    {"a hard link",
     {file("current/a"), {"current/b", "", '1', "current/a"}},
     "is a hard link",
     false},
    {"a hard link to outside", {{"current/b", "", '1', "../../x"}}, "is a hard link", false},
    {"a device", {{"current/null", "", '3'}}, "is a device or a named pipe", false},
    {"a named pipe", {{"current/pipe", "", '6'}}, "is a device or a named pipe", false},
    {"10 GiB", {{"current/a", "x", '0', "", 0644, 4'000'000'000}}, "more than 20 times as large"},
    {"something beside the folder",
     {file("app/current/a"), file("evil")},
     "is outside of the folder 'app'"},
};

}  // namespace

TEST_CASE("each kind of hostile archive is refused by name and leaves nothing") {
  for (const Hostile& one : hostile) {
    INFO(one.what);
    std::vector<Item> items = one.items;
    // The rest of the archive is good.
    const bool has_top = items.front().name.starts_with("app/");
    items.push_back(file(has_top ? "app/" + release_file : release_file));
    const Target target;
    const std::string refused = target.refused("a.tar.gz", archives::tar_gz(items));
    CHECK_THAT(refused, ContainsSubstring(one.said));
    CHECK_THAT(refused, ContainsSubstring("the archive was refused: the entry '"));
    CHECK(target.has_nothing());
    if (!one.in_zip) continue;
    INFO("as a zip");
    CHECK_THAT(target.refused("a.zip", archives::zip(items)), ContainsSubstring(one.said));
    CHECK(target.has_nothing());
  }
}

TEST_CASE("backslashes in a zip are slashes to libarchive, and lead nowhere else") {
  const Target target;
  CHECK_THAT(target.refused("a.zip", archives::zip({file("current\\..\\..\\evil")})),
             ContainsSubstring("leads out of its folder"));
  CHECK(target.has_nothing());
}

TEST_CASE("a name that is not UTF-8 is refused") {
  const Target target;
  CHECK_THAT(target.refused("a.tar.gz", archives::tar_gz({file("current/a\xFF")})),
             ContainsSubstring("is not valid UTF-8"));
  CHECK_THAT(target.refused("a.zip", archives::zip({file("current/a\xFF")})),
             ContainsSubstring("its entry number 1 cannot be read: Pathname cannot be converted"));
  CHECK(target.has_nothing());
}

TEST_CASE("an encrypted entry is refused") {
  const Target target;
  Item secret = file("current/a", "0123456789abcdef");
  secret.encrypted = true;
  CHECK_THAT(target.refused("a.zip", archives::zip({secret})),
             EndsWith("the entry 'current/a' is encrypted"));
}

TEST_CASE("content that is larger or smaller than declared is refused") {
  const Target target;
  Item lying = file("current/a", std::string(2000, 'x'));
  lying.size = 100;
  CHECK_THAT(target.refused("a.zip", archives::zip({lying, file(release_file)})),
             ContainsSubstring("current/a"));
  lying.size = 3000;
  CHECK_THAT(target.refused("a.zip", archives::zip({lying, file(release_file)})),
             ContainsSubstring("current/a"));
  CHECK(target.has_nothing());
}

TEST_CASE("more than 200000 entries are refused") {
  fetch::EntryRules rules(1);
  for (std::size_t i = 0; i < fetch::max_entries; ++i) {
    rules.admit({fmt::format("current/{}", i), fetch::EntryKind::file, "", 0, false, false});
  }
  CHECK_THROWS_WITH(rules.admit({"current/x", fetch::EntryKind::file, "", 0, false, false}),
                    ContainsSubstring("'current/x' is one of more than 200000"));
}

TEST_CASE("all content together must not be more than 20 times as large as the archive") {
  constexpr std::uint64_t announced = 1'000'000;
  fetch::EntryRules rules(announced);
  rules.admit({"a", fetch::EntryKind::file, "", announced * 10, false, false});
  rules.admit({"b", fetch::EntryKind::file, "", announced * 10, false, false});
  CHECK_THROWS_WITH(rules.admit({"c", fetch::EntryKind::file, "", 1, false, false}),
                    ContainsSubstring("'c' makes the content more than 20 times as large"));
}

TEST_CASE("a damaged or cut archive is refused and leaves nothing") {
  const Target target;
  const std::string content(300'000, 'x');
  const std::vector<Item> items = {file("current/a", content), file(release_file)};
  const std::string tar = archives::tar_gz(items);
  const std::string zip = archives::zip(items);
  for (const std::size_t size : {0UL, 1UL, 100UL, 1000UL, 200'000UL}) {
    INFO(size);
    CHECK_THAT(target.refused("a.tar.gz", tar.substr(0, size)), ContainsSubstring("refused"));
    CHECK_THAT(target.refused("a.zip", zip.substr(0, size)), ContainsSubstring("refused"));
    CHECK(target.has_nothing());
  }
  CHECK_THAT(target.refused("a.rar", tar), ContainsSubstring("neither a .zip nor a .tar.gz"));
  CHECK_THAT(target.refused("a.zip", tar), ContainsSubstring("refused"));
  CHECK_THAT(target.refused("a.tar.gz", zip), ContainsSubstring("refused"));
}

TEST_CASE("an archive without the version's own description is refused") {
  const Target target;
  CHECK_THAT(target.refused("a.zip", archives::zip({file("current/a"), file("RELEASE.json")})),
             EndsWith("it has no current/RELEASE.json"));
  CHECK(target.has_nothing());
}
