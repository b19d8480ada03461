// SPDX-License-Identifier: MIT
#include "core/release/generated_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "core/release/commits.hpp"
#include "core/release/note_parts.hpp"
#include "core/release/notes.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::size_t max_authors = 50;
constexpr std::size_t short_sha = 10;  // characters, as on the server's pages

/// An entry below the heading of a category.
struct NoteEntry {
  const Change* change = nullptr;
  bool is_other = false;
};

/// The changes of each category, in order. Looks each change up only once, because neither the
/// number of categories nor the history is limited.
std::vector<std::vector<NoteEntry>> entries_of(const std::vector<Category>& categories,
                                               const std::vector<Change>& changes,
                                               const std::vector<std::string>& exclude) {
  std::map<std::string_view, std::size_t> places;  // index of the category of a type
  for (std::size_t i = 0; i < categories.size(); ++i) {
    for (const std::string& type : categories[i].types) places.emplace(type, i);
  }
  const std::set<std::string_view> excluded(exclude.begin(), exclude.end());
  std::vector<std::vector<NoteEntry>> entries(categories.size());
  for (const Change& change : changes) {
    std::string_view word = change.breaking ? breaking_type : std::string_view(change.type);
    if (excluded.contains(word)) continue;
    if (word.empty() || !places.contains(word)) word = other_type;
    if (excluded.contains(word)) continue;
    entries[places.at(word)].push_back({&change, word == other_type});
  }
  return entries;
}

// --- lines ---

/// "- **api:** drop version 1 (#12) (0123456789)". In "other" changes the type stays in front.
std::string entry_line(const Change& change, bool is_other, const std::string& repository_url) {
  std::string text = is_other ? change.subject : change.description;
  const std::string reference = fmt::format("(#{})", change.pull_request);
  if (!change.pull_request.empty() && text.find(reference) == std::string::npos) {
    text += " " + reference;
  }
  std::string line = "- ";
  if (!is_other && !change.scope.empty())
    line += fmt::format("**{}:** ", escaped_markdown(change.scope));
  line += inline_markdown(text, repository_url);
  if (!change.sha.empty()) {
    line += fmt::format(" ({})", note_link(change.sha.substr(0, short_sha), change.url));
  }
  line += '\n';
  if (!change.breaking_note.empty()) {
    line += fmt::format("  - {}\n", inline_markdown(change.breaking_note, repository_url));
  }
  return line;
}

std::string authors_line(const std::vector<Commit>& commits) {
  std::vector<std::string> names;
  for (const std::string& name : authors_of(commits)) names.push_back(escaped_markdown(name));
  if (names.empty()) return {};
  std::string more;
  if (names.size() > max_authors) {
    more = fmt::format(" and {} more", names.size() - max_authors);
    names.resize(max_authors);
  }
  return fmt::format("**Authors:** {}{}\n\n", join(names, ", "), more);
}

}  // namespace

std::string generated_notes(const ReleaseHistory& history, const NotesLayout& layout) {
  const auto categories = categories_with_defaults(layout.categories);
  const auto changes = changes_of(history.commits);
  const std::string end = authors_line(history.commits) + changes_line(history);
  LimitedList list(generated_notes_limit - std::min(end.size(), generated_notes_limit));
  if (history.total > history.commits.size()) {
    list.leave_out(history.total - history.commits.size());
  }
  const auto entries = entries_of(categories, changes, layout.exclude);
  for (std::size_t i = 0; i < categories.size(); ++i) {
    list.begin(categories[i].title);
    for (const auto& [change, is_other] : entries[i]) {
      list.add(entry_line(*change, is_other, history.repository_url));
    }
    list.end();
  }
  return incoming_text(list.text("changes", history) + end);
}

}  // namespace core
