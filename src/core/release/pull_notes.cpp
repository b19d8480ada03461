// SPDX-License-Identifier: MIT
#include "core/release/pull_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "core/release/commits.hpp"
#include "core/release/note_parts.hpp"
#include "core/release/notes.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// The place of each label and each type in the categories. The first one counts.
class PullCategories {
 public:
  PullCategories(const std::vector<Category>& categories, const std::vector<std::string>& exclude)
      : excluded_(exclude.begin(), exclude.end()) {
    for (std::size_t i = 0; i < categories.size(); ++i) {
      for (const std::string& label : categories[i].labels) by_label_.emplace(label, i);
      for (const std::string& type : categories[i].types) by_type_.emplace(type, i);
    }
  }

  /// nullopt for a pull request that is left out. Its labels decide before the type in its title.
  std::optional<std::size_t> of(const PullRequest& pull) const {
    const Change change = parse_change(pull.title);
    const std::string_view type = change.breaking ? breaking_type : std::string_view(change.type);
    std::optional<std::size_t> place;
    for (const std::string& label : pull.labels) {
      const std::string low = lower(label);
      if (excluded_.contains(low)) return std::nullopt;
      const auto found = by_label_.find(low);
      if (found != by_label_.end()) place = std::min(place.value_or(found->second), found->second);
    }
    if (excluded_.contains(type)) return std::nullopt;
    if (place) return place;
    const auto found = by_type_.find(type);
    if (found != by_type_.end()) return found->second;
    if (excluded_.contains(other_type)) return std::nullopt;
    return by_type_.find(other_type)->second;
  }

 private:
  std::map<std::string, std::size_t, std::less<>> by_label_;
  std::map<std::string, std::size_t, std::less<>> by_type_;
  std::set<std::string_view> excluded_;
};

std::string pull_link(const PullRequest& pull, const std::string& repository_url) {
  const std::string text = fmt::format("#{}", pull.number);
  return repository_url.empty()
             ? text
             : note_link(text, fmt::format("{}/pulls/{}", repository_url, pull.number));
}

/// The author's page: the server's address and the login.
std::string author_link(const std::string& author, const std::string& repository_url) {
  const auto name = repository_url.rfind('/');
  const auto owner =
      name == std::string::npos || name == 0 ? name : repository_url.rfind('/', name - 1);
  std::string text = escaped_markdown(one_line(author, 100));
  const bool is_plain = std::all_of(author.begin(), author.end(),
                                    [](char c) { return is_word(c) || c == '-' || c == '.'; });
  if (owner == std::string::npos || !is_plain) return text;
  return note_link(text, repository_url.substr(0, owner + 1) + author);
}

std::string pull_line(const PullRequest& pull, const std::string& repository_url) {
  std::string line = "- " + inline_markdown(one_line(pull.title), repository_url) + " (" +
                     pull_link(pull, repository_url) + ")";
  if (!pull.author.empty()) line += " by " + author_link(pull.author, repository_url);
  return line + "\n";
}

/// One line for each author whose first pull request is among `pulls`.
std::string new_authors_section(const std::vector<PullRequest>& pulls,
                                const std::vector<std::string>& new_authors,
                                const std::string& repository_url) {
  constexpr std::size_t max_named = 50;
  std::string text;
  for (const std::string& author : new_authors) {
    const PullRequest* first = nullptr;
    for (const PullRequest& pull : pulls) {
      if (pull.author == author && (first == nullptr || pull.merged < first->merged)) first = &pull;
    }
    if (first == nullptr) continue;
    text += fmt::format("- {} made the first contribution in {}\n",
                        author_link(author, repository_url), pull_link(*first, repository_url));
    if (&author - new_authors.data() + 1 == max_named) break;
  }
  return text.empty() ? "" : "### New contributors\n\n" + text + "\n";
}

}  // namespace

std::vector<PullRequest> pulls_of(const std::vector<Commit>& commits,
                                  const std::vector<PullRequest>& merged) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < commits.size(); ++i) places.emplace(commits[i].sha, i);
  std::multimap<std::size_t, const PullRequest*> found;
  std::set<std::uint64_t> numbers;
  for (const PullRequest& pull : merged) {
    const auto place = places.find(pull.merge_commit);
    if (place != places.end() && numbers.insert(pull.number).second) {
      found.emplace(place->second, &pull);
    }
  }
  std::vector<PullRequest> pulls;
  pulls.reserve(found.size());
  for (const auto& [place, pull] : found) pulls.push_back(*pull);
  return pulls;
}

std::string pull_notes(const ReleaseHistory& history, const std::vector<PullRequest>& pulls,
                       const std::vector<std::string>& new_authors, const NotesLayout& layout) {
  const auto categories = categories_with_defaults(layout.categories);
  const PullCategories places(categories, layout.exclude);
  std::vector<std::vector<const PullRequest*>> entries(categories.size());
  for (const PullRequest& pull : pulls) {
    if (const auto place = places.of(pull)) entries[*place].push_back(&pull);
  }
  const std::string end =
      new_authors_section(pulls, new_authors, history.repository_url) + changes_line(history);
  LimitedList list(generated_notes_limit - std::min(end.size(), generated_notes_limit));
  for (std::size_t i = 0; i < categories.size(); ++i) {
    list.begin(categories[i].title);
    for (const PullRequest* pull : entries[i]) list.add(pull_line(*pull, history.repository_url));
    list.end();
  }
  return incoming_text(list.text("pull requests", history) + end);
}

}  // namespace core
