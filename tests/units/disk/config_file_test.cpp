// SPDX-License-Identifier: MIT
#include "disk/config_file.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "disk/config_values.hpp"

namespace {

using Strings = std::vector<std::string>;

struct Read {
  disk::ConfigValues file;
  Strings problems;

  std::string value(const std::string& key) const {
    const auto found = file.inputs.find(key);
    return found == file.inputs.end() ? "(absent)" : found->second.text;
  }
};

const disk::ConfigKeys keys = {
    {"name", "draft", "body", "jobs", "downloads"}, {"files"}, {"token", "insecure"}};

Read read(const std::string& text) {
  Read result;
  core::Problems problems;
  problems.collect([&] {
    result.file = disk::read_config_values(disk::parse_config_file(text, "r.yml"), keys, problems);
  });
  try {
    problems.throw_if_any();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    result.problems = core::lines(error.message);
  }
  return result;
}

/// The only problem with `text`.
std::string mistake(const std::string& text) {
  const Read result = read(text);
  INFO(text);
  return core::join(result.problems, "\n");
}

}  // namespace

TEST_CASE("values are read as written, with their position") {
  const Read result = read(
      "# a comment\nname: 1.10\ndraft: yes\n\n  \nbody: |\n  line 1\n\n  line 3\njobs:   '4'\n");
  CHECK(result.problems.empty());
  CHECK(result.value("name") == "1.10");
  CHECK(result.value("draft") == "yes");
  CHECK(result.value("body") == "line 1\n\nline 3\n");
  CHECK(result.value("jobs") == "4");
  CHECK(result.file.inputs.at("name").where == "r.yml:2:7");
  CHECK(result.file.inputs.at("jobs").where == "r.yml:10:9");
}

TEST_CASE("patterns may be a list or lines") {
  CHECK(read("files: [a, 'b => c', \"!d\"]").value("files") == "a\nb => c\n!d");
  CHECK(read("files:\n  - dist/*\n  - x\n").value("files") == "dist/*\nx");
  CHECK(read("files: |\n  a\n  b\n").value("files") == "a\nb\n");
  CHECK(read("files: one").value("files") == "one");
}

TEST_CASE("empty values count as absent") {
  for (const char* text :
       {"", "\n", "# only a comment\n", "---\n", "~", "{}", "name:\nfiles: ~\n"}) {
    const Read result = read(text);
    INFO(text);
    CHECK(result.problems.empty());
    CHECK(result.file.inputs.empty());
  }
  CHECK(read("files: []").value("files").empty());
}

TEST_CASE("downloads is a boolean, or a map that means true") {
  CHECK(read("downloads: off").value("downloads") == "off");
  const Read result = read(
      "downloads:\n  rows:\n    - {label: Windows, file: '*-setup.exe'}\n    - label: Linux\n"
      "      file: '*.{deb,rpm}'\n  docker: git.example.org/o/app\n  pip: acme\n");
  CHECK(result.problems.empty());
  CHECK(result.value("downloads") == "true");
  CHECK(result.file.inputs.at("downloads").where == "r.yml:2:3");
  REQUIRE(result.file.downloads.rows.size() == 2);
  CHECK(result.file.downloads.rows[0].label == "Windows");
  CHECK(result.file.downloads.rows[0].file == "*-setup.exe");
  CHECK(result.file.downloads.rows[1].file == "*.{deb,rpm}");
  CHECK(result.file.downloads.docker == "git.example.org/o/app");
  CHECK(result.file.downloads.pip == "acme");
  CHECK(result.file.downloads.digest == core::ShownDigest::first_digits);
}

TEST_CASE("notes have categories and excluded types") {
  const Read result = read(
      "notes:\n  categories:\n    - {title: Features, types: [feat, Perf]}\n"
      "    - {title: Fixes, types: [fix]}\n  exclude: [chore, ci]\n");
  CHECK(result.problems.empty());
  REQUIRE(result.file.notes.categories.size() == 2);
  CHECK(result.file.notes.categories[0].title == "Features");
  CHECK(result.file.notes.categories[0].types == Strings{"feat", "perf"});
  CHECK(result.file.notes.exclude == Strings{"chore", "ci"});
}

TEST_CASE("an unknown key is reported with line, column and the nearest name") {
  CHECK(mistake("name: x\nfils: y\n") == "r.yml:2:1: 'fils' is unknown. Did you mean 'files'?");
  CHECK(mistake("zzzzzzzz: y\n") ==
        "r.yml:1:1: 'zzzzzzzz' is unknown. Known keys: name, draft, body, jobs, downloads, files, "
        "notes, update.");
  CHECK(mistake("downloads:\n  row: []\n") == "r.yml:2:3: 'row' is unknown. Did you mean 'rows'?");
  CHECK(mistake("downloads: {rows: [{lable: x, label: a, file: b}]}") ==
        "r.yml:1:21: 'lable' is unknown. Did you mean 'label'?");
  CHECK(mistake("notes: {excludes: [a]}") ==
        "r.yml:1:9: 'excludes' is unknown. Did you mean 'exclude'?");
  CHECK(mistake("<<: {name: x}") ==
        "r.yml:1:1: '<<' is unknown. Known keys: name, draft, body, jobs, downloads, files, notes, "
        "update.");
}

TEST_CASE("a key that decides where the token is sent is rejected, with the right place for it") {
  CHECK(mistake("token: secret-of-mine") ==
        "r.yml:1:1: token: not allowed in this file, because it comes from the checkout. Set it as "
        "an "
        "input in the workflow.");
  CHECK(mistake("name: x\ninsecure: true").find("r.yml:2:1: insecure: not allowed") == 0);
}

TEST_CASE("a duplicate key is rejected, with the line of the first") {
  CHECK(mistake("name: a\ndraft: true\nname: b\n") ==
        "r.yml:3:1: 'name' is set twice; the first time in line 1");
  CHECK(read("downloads: {digest: none}").file.downloads.digest == core::ShownDigest::none);
  CHECK(mistake("downloads: {digest: long}") ==
        "r.yml:1:21: digest: 'long' is not one of full, short, none");
  CHECK(mistake("downloads: {docker: a, docker: b}").find("r.yml:1:24: 'docker' is set twice") ==
        0);
}

TEST_CASE("a value of the wrong type is rejected, with the expected one") {
  CHECK(mistake("name: [a]") == "r.yml:1:7: name: expected a single value, but this is a list");
  CHECK(mistake("draft: {a: b}") == "r.yml:1:8: draft: expected a single value, but this is a map");
  CHECK(mistake("files: {a: b}") == "r.yml:1:8: files: expected a single value, but this is a map");
  CHECK(mistake("files: [a, [b]]") ==
        "r.yml:1:12: files: expected a single value, but this is a list");
  CHECK(mistake("[a, b]") == "r.yml:1:1: the file: expected a map of keys, but this is a list");
  CHECK(mistake("text") ==
        "r.yml:1:1: the file: expected a map of keys, but this is a single value");
  CHECK(mistake("downloads: [a]") ==
        "r.yml:1:12: downloads: expected a single value, but this is a list");
  CHECK(mistake("notes: true") ==
        "r.yml:1:8: notes: expected a map of keys, but this is a single value");
  CHECK(mistake("notes: {exclude: ci}") ==
        "r.yml:1:18: exclude: expected a list, but this is a single value");
  CHECK(mistake("notes: {categories: [x]}") ==
        "r.yml:1:22: categories: expected a map of keys, but this is a single value");
  CHECK(mistake("? [a, b]\n: c") == "r.yml:1:3: a key has to be a single value");
  CHECK(mistake("name: !secret x") == "r.yml:1:7: the tag '!secret' is unknown");
  CHECK(mistake("name: !!str 1").empty());
}

TEST_CASE("a row and a category need all their parts") {
  CHECK(mistake("downloads: {rows: [{label: a}]}").find("r.yml:1:20: rows: a row needs") == 0);
  CHECK(mistake("downloads: {rows: [{label: '', file: b}]}").find("rows: a row needs") !=
        std::string::npos);
  CHECK(
      mistake("downloads:\n  rows:\n  - label: a\n    file: 'x{a,b'\n").find("r.yml:3:5: rows: ") ==
      0);
  CHECK(mistake("notes: {categories: [{title: a}]}").find("a category needs") != std::string::npos);
  CHECK(mistake("notes: {categories: [{title: a, types: []}]}").find("a category needs") !=
        std::string::npos);
  CHECK(mistake("notes: {categories: [{title: A, types: [feat]}, {title: B, types: [Feat]}]}") ==
        "r.yml:1:49: categories: the type 'feat' is already in 'A'");
}

TEST_CASE("all mistakes in the file are reported together") {
  CHECK(read("nme: a\ntoken: b\nname: [c]\nname: d\n").problems.size() == 4);
}

TEST_CASE("invalid YAML is reported with its position") {
  CHECK(mistake("name: \"a\\q\"").find("r.yml:1:11: this is not valid YAML") == 0);
  CHECK(mistake("name: a\n b: c: d").find("this is not valid YAML") != std::string::npos);
  CHECK(mistake("name: *nothing").find("r.yml:1:7: this is not valid YAML") == 0);
  CHECK(mistake("name: \xFF").find("r.yml: the file is not valid UTF-8") == 0);
  CHECK(mistake("name: a\n---\nname: b\n").find("r.yml:2:1: a second document begins here") == 0);
  CHECK(mistake(",x").find("r.yml:1:1: a second document begins here") == 0);
  CHECK(mistake(std::string(60'000, '[')).find("this is not valid YAML") != std::string::npos);
}

TEST_CASE("an unclosed quote is reported with its beginning") {
  for (const char quote : {'\'', '"'}) {
    CHECK(mistake(std::string("name: ") + quote + "open\nfiles: x\n") ==
          "r.yml:1:7: the quote that begins here is not closed");
    CHECK(mistake(std::string("files:\n  - a\n  - ") + quote + "b").find("r.yml:3:5: the quote") ==
          0);
  }
  CHECK(read("name: 'a\n  b'\nbody: |\n  '\n").value("name") == "a b");
}

TEST_CASE("an alias is resolved, but the number of aliases is limited") {
  CHECK(read("name: &n v1\nbody: *n\n").value("body") == "v1");
  std::string bomb = "notes:\n  exclude: &x [";
  for (int i = 0; i < 1000; ++i) bomb += "a,";
  bomb += "a]\n  categories:\n";
  for (int i = 0; i < 1000; ++i) bomb += "  - {title: t" + std::to_string(i) + ", types: *x}\n";
  const std::string refusal = mistake(bomb);
  CHECK(refusal.find("with all aliases followed, the file has more than 10000 values") !=
        std::string::npos);
  CHECK(mistake("files: &f [*f]").find("or more than 20 levels. Write it without") !=
        std::string::npos);
  CHECK_FALSE(mistake("&m name: *m\nnotes: &n {categories: [*n]}").empty());
  std::string laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string from = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 9; ++k) laughs += from + ",";
    laughs += "]\n";
  }
  CHECK_FALSE(mistake(laughs + "files: *a11\n").empty());
}

TEST_CASE("reading ends with problems or values, whatever the text") {
  std::mt19937 random(13);
  const Strings parts = {"name",  "files",       "notes",  "downloads", "rows", "categories", ": ",
                         ":\n",   "- ",          "\n",     "  ",        "[",    "]",          "{",
                         "}",     ",",           "'",      "\"",        "&a ",  "*a",         "|\n",
                         "? ",    "!t ",         "#",      "---\n",     "~",    "x",          "%",
                         "...\n", "%YAML 1.2\n", "!!map ", ">-\n",      "@",    "\t"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int n = std::uniform_int_distribution<int>(0, 25)(random); n > 0; --n) {
      text += parts[std::uniform_int_distribution<std::size_t>(0, parts.size() - 1)(random)];
    }
    INFO(text);
    for (const std::string& problem : read(text).problems) {
      CHECK(problem.starts_with("r.yml"));
      CHECK(problem.find("bad conversion") == std::string::npos);
    }
  }
}
