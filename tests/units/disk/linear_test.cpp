// SPDX-License-Identifier: MIT
// The configuration file, which may come from a pull request, with the worst inputs that its author
// could think of.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "disk/config_file.hpp"
#include "disk/config_values.hpp"
#include "disk/workspace.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;
using linear::nested;
using linear::numbered;

void config(const std::string& text) {
  static const disk::ConfigKeys keys = {{"name", "draft", "body"}, {"files"}, {"token"}};
  core::Problems problems;
  problems.collect(
      [&] { disk::read_config_values(disk::parse_config_file(text, "r.yml"), keys, problems); });
}

}  // namespace

TEST_CASE("reading a configuration file takes time in proportion to its length") {
  const std::string categories = "notes:\n  categories:\n";
  const std::string rows = "downloads:\n  rows:\n";
  const std::vector<linear::Row> table = {
      {"unknown keys", numbered("k", ": v\n"), config},
      {"one key", many("name: x\n"), config},
      {"a long key", many("k", "", ": v\n"), config},
      {"a long value", many("v", "name: "), config},
      {"a list", many("- a\n", "files:\n"), config},
      {"a list on one line", many("a,", "files: [", "]"), config},
      {"lists in lists", nested("[", "]"), config},
      {"lists without an end", many("["), config},
      {"items of items", many("- "), config},
      {"maps in maps", many("{a: "), config},
      {"keys of keys", many("? "), config},
      {"quotes", many("\""), config},
      {"a quote without an end", many("x\n", "name: \""), config},
      {"apostrophes", many("''", "name: '", "'"), config},
      {"escapes", many("\\x41", "name: \"", "\""), config},
      {"a block", many("  x\n", "name: |\n"), config},
      {"blank lines of a folded block", many("\n", "name: >\n  x\n"), config},
      {"anchors", numbered("- &a", " x\n", "files:\n"), config},
      {"aliases", many("- *a\n", "name: &a [x, x, x, x, x]\nfiles:\n"), config},
      {"tags", many("- !a x\n", "files:\n"), config},
      {"documents", many("---\n"), config},
      {"comments", many("#\n"), config},
      {"commas", many(","), config},
      {"one type in all categories", many("    - {title: t, types: [t]}\n", categories), config},
      {"a type for each category", numbered("    - {title: t, types: [t", "]}\n", categories),
       config},
      {"types of one category", numbered("t", ",", categories + "    - {title: t, types: ["),
       config},
      {"types that are left out", numbered("t", ",", "notes: {exclude: ["), config},
      {"rows", many("    - {label: l, file: f}\n", rows), config},
      {"braces of a row", many("{a}", rows + "    - {label: l, file: '", "'}\n"), config},
      {"brackets of a row", many("[", rows + "    - {label: l, file: '", "'}\n"), config},
  };
  linear::check(table, disk::config_limit);
}
