// SPDX-License-Identifier: MIT
// Notes made from commits and changelogs: texts by anybody who may push.
#include "core/release/commits.hpp"
#include "core/error.hpp"
#include "core/release/changelog.hpp"
#include "core/release/generated_notes.hpp"
#include "core/release/notes.hpp"
#include "core/release/sections.hpp"
#include "core/text/text.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

void check_change(const std::string& message) {
  const core::Change change = core::parse_change(message);
  require(!fuzz::has_control_characters(change.type + change.scope + change.pull_request),
          "type, scope and number are words");
  require(change.type == core::lower(change.type), "a type is in lower case");
}

void check_notes(const core::ReleaseHistory& history) {
  const std::string text = core::generated_notes(history, {});
  require(text == core::generated_notes(history, {}), "the same history gives the same notes");
  require(text.size() <= core::generated_notes_limit, "notes have a limit");
  require(text.find("<!-- gitea-release") == std::string::npos, "no comment of ours is in them");
  const std::string body = core::with_section("user", core::Section::generated, text);
  require(core::user_text(body) == "user", "they stay in their section");
  const core::Notes parsed = core::parse_notes(body);
  require(!parsed.mark && parsed.record.empty(), "they hold neither mark nor record");
  for (const std::string& line : core::lines(text)) {
    require(!line.starts_with("::") && !line.starts_with("##["), "no line is a command");
  }
}

}  // namespace

void fuzz::target(std::string_view input) {
  const auto given = parts(input, 4);
  for (const std::string& message : given) check_change(message);

  core::ReleaseHistory history;
  history.tag = "v2";
  history.previous_tag = "v1";
  history.repository_url = "https://git.example.org/owner/app";
  for (std::size_t i = 0; i + 1 < given.size(); ++i) {
    const std::string sha = std::string(39, 'a') + static_cast<char>('0' + i);
    history.commits.push_back({sha, given[i], given[3], "https://git.example.org/c", {sha}});
  }
  history.total = history.commits.size();
  check_notes(history);

  try {
    const std::string text = core::changelog_section(given[0], "v1.2.0", "CHANGELOG.md");
    require(!text.empty(), "a section that is found has text");
  } catch (const core::Error& error) {
    require(error.fault == core::Fault::workflow, "a missing section is the workflow's fault");
    require(!has_control_characters(error.message), "a refusal is one line");
  }
}
