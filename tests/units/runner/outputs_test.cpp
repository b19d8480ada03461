// SPDX-License-Identifier: MIT
#include "runner/outputs.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "core/error.hpp"
#include "core/text.hpp"
#include "temp_dir.hpp"

using runner::render_outputs;
using runner::write_outputs;

namespace {

std::string content(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// The outputs that a runner reads from the file; fails on a blank line outside a heredoc, as the
/// runners do.
runner::Outputs parse(const std::string& text) {
  runner::Outputs result;
  const auto all = core::lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto equals = all[i].find('=');
    const auto heredoc = all[i].find("<<");
    REQUIRE((equals != std::string::npos || heredoc != std::string::npos));
    if (equals < heredoc) {
      result.emplace_back(all[i].substr(0, equals), all[i].substr(equals + 1));
      continue;
    }
    const std::string delimiter = all[i].substr(heredoc + 2);
    result.emplace_back(all[i].substr(0, heredoc), "");
    std::string& value = result.back().second;
    for (++i; i < all.size() && all[i] != delimiter; ++i)
      value += (value.empty() ? "" : "\n") + all[i];
    REQUIRE(i < all.size());
  }
  return result;
}

}  // namespace

TEST_CASE("a value of one line is name=value") {
  CHECK(render_outputs({{"id", "7"}, {"name", ""}}, "END") == "id=7\nname=\n");
  CHECK(render_outputs({{"a", "b=c<<d"}}, "END") == "a=b=c<<d\n");
  CHECK(render_outputs({{"a", "one line\r\n\n"}}, "END") == "a=one line\n");
  CHECK(render_outputs({}, "END").empty());
}

TEST_CASE("a value of several lines is a heredoc, its blank lines inside") {
  CHECK(render_outputs({{"body", "a\r\n\r\nb\n"}, {"id", "7"}}, "END") ==
        "body<<END\na\n\nb\nEND\nid=7\n");
}

TEST_CASE("what is written is read back by a runner, without blank lines outside heredocs") {
  const TempDir dir;
  const std::string file = dir / "output";
  const runner::Outputs first = {{"id", ""}, {"body", ""}};
  const runner::Outputs second = {{"id", "7"}, {"body", "# T\n\n- a=b\n- c<<d\nEND"}, {"x", "ä"}};
  write_outputs(file, first);
  write_outputs(file, second);
  runner::Outputs both = first;
  both.insert(both.end(), second.begin(), second.end());
  CHECK(parse(content(file)) == both);
}

TEST_CASE("the delimiter cannot be guessed") {
  const TempDir dir;
  write_outputs(dir / "one", {{"a", "1\n2"}});
  write_outputs(dir / "two", {{"a", "1\n2"}});
  const std::string one = core::lines(content(dir / "one")).at(0);
  CHECK(one != core::lines(content(dir / "two")).at(0));
  CHECK(one.size() >= std::string("a<<").size() + 16);
}

TEST_CASE("outside a runner no outputs are written") {
  CHECK_NOTHROW(write_outputs("", {{"a", "b"}}));
}

TEST_CASE("an output file that cannot be written is an error of the workflow, with its path") {
  const TempDir dir;
  const std::string missing = dir / "absent/output";
  for (const std::string& file : {missing, dir.path().string(), std::string("/dev/full")}) {
    INFO(file);
    try {
      write_outputs(file, {{"a", "b"}});
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.find(file) != std::string::npos);
      CHECK_FALSE(error.hint.empty());
    }
  }
}

TEST_CASE("a summary is appended, and failing to write it is no failure") {
  const TempDir dir;
  runner::write_summary(dir / "summary", "| a |\n");
  runner::write_summary(dir / "summary", "| b |\n");
  CHECK(content(dir / "summary") == "| a |\n| b |\n");
  CHECK_NOTHROW(runner::write_summary(dir / "absent/summary", "x"));
  CHECK_NOTHROW(runner::write_summary("", "x"));
}
