// SPDX-License-Identifier: MIT
// The runner's event file.
#include "core/error.hpp"
#include "core/text/json.hpp"
#include "file.hpp"
#include "runner/facts.hpp"
#include "target.hpp"

namespace {

/// The tag that the file names, if any.
std::string tag_in(std::string_view text) {
  try {
    return core::Json::parse(text).object("release").string("tag_name");
  } catch (const core::Error&) {
    return {};
  }
}

}  // namespace

void fuzz::target(std::string_view input) {
  const File file(input);
  const std::string tag = tag_in(input);
  for (const char* event : {"release", "push"}) {
    const runner::Facts facts = runner::read_facts({{"GITHUB_EVENT_NAME", event},
                                                    {"GITHUB_EVENT_PATH", file.path()},
                                                    {"GITHUB_REF", "refs/tags/of-the-ref"}});
    const bool named = facts.event == "release" && !tag.empty();
    require(facts.tag == (named ? tag : "of-the-ref"), "the event's tag, else the ref's");
  }
}
