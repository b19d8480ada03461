// SPDX-License-Identifier: MIT
// What a job on Windows gets from its runner, and gives to it.
#include <catch2/catch_test_macros.hpp>

#include "folder.hpp"
#include "runner/append.hpp"
#include "runner/facts.hpp"

TEST_CASE("outputs are appended to a file as they are") {
  const on_windows::Folder folder;
  folder.put("gr\u00fc\u00df/output", "first=1\n");
  const std::string file = folder / "gr\u00fc\u00df/output";
  CHECK_FALSE(runner::append_to_file(file, "a<<END\none\r\n\x1a\nEND\n"));
  CHECK(folder.content("gr\u00fc\u00df/output") == "first=1\na<<END\none\r\n\x1a\nEND\n");
  CHECK(runner::append_to_file(folder / "none/output", "a=1\n") ==
        std::errc::no_such_file_or_directory);
}

TEST_CASE("paths from the runner get slashes") {
  const auto facts = runner::read_facts({{"GITHUB_ACTIONS", "true"},
                                         {"GITHUB_WORKSPACE", "C:\\w\\app"},
                                         {"GITHUB_OUTPUT", "C:\\t\\output.txt"},
                                         {"GITHUB_STEP_SUMMARY", "C:\\t\\summary.md"}});
  CHECK(facts.workspace == "C:/w/app");
  CHECK(facts.output_file == "C:/t/output.txt");
  CHECK(facts.summary_file == "C:/t/summary.md");
}
