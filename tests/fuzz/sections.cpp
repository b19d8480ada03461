// SPDX-License-Identifier: MIT
// The sections of the notes that are kept up to date, in whatever text they stand.
#include "core/sections.hpp"

#include "core/notes.hpp"
#include "core/text.hpp"
#include "target.hpp"

namespace {

using core::Section;
using fuzz::require;

void check_replacing(const std::string& text, Section which, Section other,
                     const std::string& content) {
  const std::string once = core::with_section(text, which, content);
  require(core::with_section(once, which, content) == once, "a section is written once");
  require(core::user_text(once) == core::user_text(text), "the user's text stays as it is");
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
  require(core::user_text(cut) == core::user_text(given[0]), "the user's text is never cut");
}
