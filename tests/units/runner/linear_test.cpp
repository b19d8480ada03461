// SPDX-License-Identifier: MIT
// Texts for the job's log and its outputs, with the worst ones that their author could think of.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <string>

#include "runner/facts.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"
#include "support/linear.hpp"
#include "temp_dir.hpp"

namespace {

using linear::many;
using linear::nested;
using linear::numbered;

void outputs(const std::string& text) { runner::render_outputs({{"a", text}, {"b", text}}, "END"); }

void log(const std::string& text) {
  std::FILE* nowhere = std::fopen("/dev/null", "w");
  runner::Log log(nowhere);
  log.line(text);
  log.warning(text);
  log.error({core::Fault::failed, text});
  std::fclose(nowhere);
}

/// Like a runner passes it.
void event(const std::string& text) {
  static const TempDir directory;
  runner::read_facts({{"GITHUB_EVENT_NAME", "release"},
                      {"GITHUB_EVENT_PATH", directory.write("event.json", text)}});
}

}  // namespace

TEST_CASE("writing texts for the job takes time in proportion to their length") {
  for (const char* part : {"a", " ", "\n", "a\n", "\r\n", "::", "\x80", "END\n"}) {
    linear::check({{std::string("outputs of ") + part, many(part), outputs},
                   {std::string("log of ") + part, many(part), log}});
  }
}

TEST_CASE("reading an event takes time in proportion to its length") {
  linear::check({
      {"releases", many("{\"release\":"), event},
      {"members of a release", numbered("\"m", "\":1,", "{\"release\":{"), event},
      {"lists", nested("[", "]"), event},
      {"a long tag", many("a", "{\"release\":{\"tag_name\":\"", "\"}}"), event},
      {"blanks", many(" "), event},
  });
}
