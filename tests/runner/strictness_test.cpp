// SPDX-License-Identifier: MIT
// The checks that the other tests here rely on detect what they are meant to detect.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "runner/log_rules.hpp"
#include "support/outputs.hpp"

using runner_tests::breaches;
using support::parse_outputs;

TEST_CASE("this test rejects outputs that a runner would lose") {
  const std::string text = GENERATE("a=1\n\nb=2\n", "a=1", "just words\n", "a<<END\nx\n",
                                    "a<<END\nx END\nEND\n", "a<<\nx\n\n", " a=1\n", "=1\n");
  INFO(text);
  CHECK_THROWS(parse_outputs(text));
  CHECK_THROWS(parse_outputs("a=" + std::string(65'536, 'x') + "\n"));
  CHECK_THROWS(parse_outputs(std::string("a=1\0\n", 5)));
}

TEST_CASE("this test reads outputs like a runner") {
  const auto outputs = parse_outputs("a=1\nb=x=y<<z\nc<<END\n\nx\n\ny=\n\nEND\na=2\nd=\n");
  CHECK(outputs.at("a") == "2");
  CHECK(outputs.at("b") == "x=y<<z");
  CHECK(outputs.at("c") == "x\n\ny=\n");  // a blank line at the start is lost
  CHECK(outputs.at("d").empty());
  CHECK(parse_outputs("").empty());
}

TEST_CASE("this test finds a log with a foreign command, or with a line that loses text") {
  const std::string log =
      GENERATE("::set-env name=A::b\n", "::error file=a::b\n", "::debug::a\n", "##[error]a\n",
               "no newline", "a\rb\n", "\x1b[31mred\n", "\xff\n");
  INFO(log);
  CHECK(breaches(log).size() == 1);
  CHECK(breaches(std::string(65'536, 'x') + "\n").size() == 1);
  CHECK(breaches("a ::set-env::b\n::group::g\n::endgroup::\n::error::e\n::notice::n\n").empty());
}
