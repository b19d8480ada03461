// SPDX-License-Identifier: MIT
#include "core/generated_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "core/commits.hpp"
#include "core/markdown.hpp"
#include "core/notes.hpp"
#include "core/text.hpp"

namespace core {
namespace {

constexpr std::string_view breaking = "breaking";
constexpr std::string_view other = "other";
constexpr std::size_t most_authors = 50;
constexpr std::size_t short_sha = 10;  // characters, as the server's own pages show it

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// --- categories ---

std::vector<Category> with_defaults(std::vector<Category> categories) {
  if (categories.empty()) {
    categories = {{"Features", {"feat"}},
                  {"Fixes", {"fix"}},
                  {"Performance", {"perf"}},
                  {"Documentation", {"docs"}}};
  }
  const auto named = [&categories](std::string_view word) {
    return std::any_of(categories.begin(), categories.end(),
                       [&](const Category& one) { return contains(one.types, word); });
  };
  const bool breaking_named = named(breaking);
  const bool other_named = named(other);
  if (!breaking_named) {
    categories.insert(categories.begin(), {"Breaking changes", {std::string(breaking)}});
  }
  if (!other_named) categories.push_back({"Other changes", {std::string(other)}});
  return categories;
}

/// What stands below a category's heading.
struct NoteEntry {
  const Change* change = nullptr;
  bool is_other = false;
};

/// For each category its changes, in their order. Each change is looked up once: neither the file
/// that names the categories nor the history is bounded by us.
std::vector<std::vector<NoteEntry>> entries_of(const std::vector<Category>& categories,
                                               const std::vector<Change>& changes,
                                               const std::vector<std::string>& exclude) {
  std::map<std::string_view, std::size_t> places;  // of a word, its category
  for (std::size_t i = 0; i < categories.size(); ++i) {
    for (const std::string& type : categories[i].types) places.emplace(type, i);
  }
  const std::set<std::string_view> excluded(exclude.begin(), exclude.end());
  std::vector<std::vector<NoteEntry>> entries(categories.size());
  for (const Change& change : changes) {
    std::string_view word = change.breaking ? breaking : std::string_view(change.type);
    if (excluded.contains(word)) continue;
    if (word.empty() || !places.contains(word)) word = other;
    if (excluded.contains(word)) continue;
    entries[places.at(word)].push_back({&change, word == other});
  }
  return entries;
}

// --- lines ---

std::string link(const std::string& text, const std::string& url) {
  return url.empty() ? text : fmt::format("[{}]({})", text, url);
}

/// "- **api:** drop version 1 (#12) (0123456789)". Where no category says what it is, the type
/// stays in front.
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
    line += fmt::format(" ({})", link(change.sha.substr(0, short_sha), change.url));
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
  if (names.size() > most_authors) {
    more = fmt::format(" and {} more", names.size() - most_authors);
    names.resize(most_authors);
  }
  return fmt::format("**Authors:** {}{}\n\n", join(names, ", "), more);
}

std::string changes_line(const ReleaseHistory& history) {
  if (history.changes_url.empty()) return {};
  const std::string title =
      history.previous_tag.empty() ? history.tag : history.previous_tag + "..." + history.tag;
  return fmt::format("**All changes:** {}\n", link(escaped_markdown(title), history.changes_url));
}

}  // namespace

std::string generated_notes(const ReleaseHistory& history, const NotesLayout& layout) {
  const auto categories = with_defaults(layout.categories);
  const auto changes = changes_of(history.commits);
  const std::string end = authors_line(history.commits) + changes_line(history);
  constexpr std::size_t reserve = 100;  // for the line that counts what is left out
  std::string text;
  std::uint64_t left_out =
      history.total > history.commits.size() ? history.total - history.commits.size() : 0;
  bool full = false;
  const auto entries = entries_of(categories, changes, layout.exclude);
  for (std::size_t i = 0; i < categories.size(); ++i) {
    std::string heading = fmt::format("### {}\n\n", one_line(categories[i].title));
    for (const auto& [change, is_other] : entries[i]) {
      const std::string line = entry_line(*change, is_other, history.repository_url);
      const std::size_t size = text.size() + heading.size() + line.size() + end.size() + reserve;
      full = full || size > generated_notes_limit;
      if (full) {
        ++left_out;
        continue;
      }
      text += std::exchange(heading, "") + line;
    }
    if (heading.empty()) text += '\n';
  }
  if (left_out > 0) text += fmt::format("… and {} more changes.\n\n", left_out);
  if (text.empty()) {
    text = history.previous_tag.empty()
               ? "No changes.\n\n"
               : fmt::format("No changes since {}.\n\n", escaped_markdown(history.previous_tag));
  }
  return incoming_text(text + end);
}

}  // namespace core
