// SPDX-License-Identifier: MIT
// The sections of the notes that are kept up to date, within any text.
#include "core/release/sections.hpp"

#include <algorithm>

#include "core/release/notes.hpp"
#include "core/text/text.hpp"
#include "target.hpp"

namespace {

using core::Section;
using fuzz::require;

/// Whether `after` has every line of `before`, in their order; an unclosed comment in a line may
/// have been closed.
bool keeps_lines(const std::string& before, const std::string& after) {
  const auto all = core::lines(after);
  auto at = all.begin();
  for (const std::string& line : core::lines(before)) {
    at = std::find_if(at, all.end(), [&](const std::string& one) { return one.starts_with(line); });
    if (at == all.end()) return false;
    ++at;
  }
  return true;
}

void check_replacing(const std::string& text, Section which, Section other,
                     const std::string& content) {
  const std::string once = core::with_section(text, which, content);
  require(core::with_section(once, which, content) == once, "a section is written once");
  require(keeps_lines(core::user_text(text), core::user_text(once)), "the user's text stays");
  require(core::section(once, other) == core::section(text, other), "so does the other section");
  const auto read = core::section(once, which);
  require(read.has_value() == !content.empty(), "an empty section is none");
  require(core::section(core::with_section(once, which, ""), which) == std::nullopt,
          "a section can be taken out");
}

void check_user_text(const std::string& text, const std::string& user) {
  const std::string once = core::with_user_text(text, user);
  require(core::user_text(once) == core::user_text(user),
          "the user's text is the one that is given");
  for (const Section which : {Section::generated, Section::downloads}) {
    require(core::section(once, which).has_value() == core::section(text, which).has_value(),
            "the sections stay");
  }
}

}  // namespace

void fuzz::target(std::string_view input) {
  const auto given = parts(input, 3);
  const std::string content = core::incoming_text(given[1]);
  check_replacing(given[0], Section::generated, Section::downloads, content);
  check_replacing(given[0], Section::downloads, Section::generated, content);
  check_user_text(given[0], core::incoming_text(given[2]));

  require(core::user_text(core::user_text(given[0])) == core::user_text(given[0]),
          "the user's text has no sections");
  const std::string cut = core::with_cut_sections(core::normalized(given[0]), input.size() / 2);
  require(keeps_lines(core::user_text(given[0]), core::user_text(cut)),
          "the user's text is never cut");
}
