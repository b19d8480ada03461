// SPDX-License-Identifier: MIT
// What goes into the job's log and its outputs, on the worst that its author could think of.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <string>

#include "runner/log.hpp"
#include "runner/outputs.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;

void outputs(const std::string& text) { runner::render_outputs({{"a", text}, {"b", text}}, "END"); }

void log(const std::string& text) {
  std::FILE* nowhere = std::fopen("/dev/null", "w");
  runner::Log log(nowhere);
  log.line(text);
  log.warning(text);
  log.error({core::Fault::failed, text});
  std::fclose(nowhere);
}

}  // namespace

TEST_CASE("texts for the job take a time in proportion to their length") {
  for (const char* part : {"a", " ", "\n", "a\n", "\r\n", "::", "\x80", "END\n"}) {
    linear::check({{std::string("outputs of ") + part, many(part), outputs},
                   {std::string("log of ") + part, many(part), log}});
  }
}
