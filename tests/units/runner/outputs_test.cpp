// SPDX-License-Identifier: MIT
#include "runner/outputs.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <sstream>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "temp_dir.hpp"

using runner::render_outputs;
using runner::write_outputs;

namespace {

std::string content(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// The outputs that a runner reads from the file; fails on a blank line outside a heredoc, like the
/// runners.
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

TEST_CASE("a value of several lines is a heredoc, including its blank lines") {
  CHECK(render_outputs({{"body", "a\r\n\r\nb\n"}, {"id", "7"}}, "END") ==
        "body<<END\na\n\nb\nEND\nid=7\n");
}

TEST_CASE("no value begins a line of its own, whatever the reader takes for a line end") {
  for (const std::string end : {"\r", "\v", "\f", "\u0085", "\x1c"}) {
    CHECK(render_outputs({{"a", "x" + end + "id=9"}}, "END") == "a=x id=9\n");
  }
  CHECK(render_outputs({{"a", std::string("x\0id=9\x1b[2J", 10)}}, "END") == "a=x id=9 [2J\n");
  CHECK(render_outputs({{"a", "x\u2028id=9"}}, "END") == "a<<END\nx\u2028id=9\nEND\n");
  CHECK(render_outputs({{"a", "x\u2029id=9"}}, "END") == "a<<END\nx\u2029id=9\nEND\n");
  CHECK(render_outputs({{"a", "x\rb\ny\tz\n\r\n\v\n"}}, "END") == "a<<END\nx b\ny\tz\nEND\n");
  CHECK(render_outputs({{"a", "\v"}}, "END") == "a=\n");
}

TEST_CASE("a runner reads back what was written, without blank lines outside heredocs") {
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

TEST_CASE("an output file that cannot be written is an error in the workflow, with its path") {
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

TEST_CASE("outputs are written completely or not at all") {
  const TempDir dir;
  const std::string file = dir.write("output", "id=\n");
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  try {
    write_outputs(file, {{"id", "7"}, {"body", std::string(2000, 'x')}});
    FAIL_CHECK("no error");
  } catch (const core::Error& error) {
    CHECK(error.message.find("File too large") != std::string::npos);
    CHECK(error.hint.find("ulimit -f") != std::string::npos);
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(content(file) == "id=\n");
}

TEST_CASE("a pipe without a reader is an error, and one with a reader is written to") {
  const TempDir dir;
  const std::string pipe = dir / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_AS(write_outputs(pipe, {{"a", "b"}}), core::Error);
  CHECK_FALSE(runner::write_summary(pipe, "x").empty());
  const int end = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  write_outputs(pipe, {{"a", "b"}});
  std::array<char, 16> buffer{};
  CHECK(read(end, buffer.data(), buffer.size()) == 4);
  close(end);
}

TEST_CASE("a summary is appended, as text without commands") {
  const TempDir dir;
  CHECK(runner::write_summary(dir / "summary", "| a |\n").empty());
  CHECK(runner::write_summary(dir / "summary", "| b\x1b\r\u2028c\xff |\n").empty());
  CHECK(content(dir / "summary") == "| a |\n| b   c? |\n");
  CHECK(runner::write_summary("", "x").empty());
}

TEST_CASE("a summary that cannot be written is reported, with a remedy") {
  const TempDir dir;
  CHECK(runner::write_summary(dir.path().string(), "x") ==
        "the job's summary cannot be written to " + dir.path().string() +
            " (Is a directory). Name a file instead.");
  CHECK(runner::write_summary(dir / "absent/summary", "x").find("absent/summary") !=
        std::string::npos);
  CHECK(runner::write_summary("/dev/full", "x").find("Free space") != std::string::npos);
}
