// SPDX-License-Identifier: MIT
#include "core/release/commits.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/text/text.hpp"

namespace core {
namespace {

bool is_type_character(char c) { return is_word(c) || c == '-'; }

// --- a message ---

/// Parses `type(scope)!: description`; leaves `change` unchanged if the subject has another form.
void parse_subject(Change& change) {
  std::string_view rest = change.subject;
  const auto type_end = std::find_if_not(rest.begin(), rest.end(), is_type_character);
  const std::string_view type = rest.substr(0, static_cast<std::size_t>(type_end - rest.begin()));
  rest.remove_prefix(type.size());
  std::string_view scope;
  if (rest.starts_with('(')) {
    const auto end = rest.find(')');
    if (end == std::string_view::npos) return;
    scope = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  }
  const bool breaking = rest.starts_with('!');
  if (breaking) rest.remove_prefix(1);
  if (type.empty() || !rest.starts_with(": ")) return;  // excludes "https://…"
  change.type = lower(type);
  change.scope = trim(scope);
  change.description = trim(rest.substr(2));
  change.breaking = breaking;
}

/// Whether a line begins another footer: "Token: …" or "Token #…".
bool is_footer(std::string_view line) {
  const auto end = std::find_if_not(line.begin(), line.end(), is_type_character);
  const std::string_view rest = line.substr(static_cast<std::size_t>(end - line.begin()));
  return end != line.begin() && (rest.starts_with(": ") || rest.starts_with(" #"));
}

bool begins_breaking_note(std::string_view line) {
  return line.starts_with("BREAKING CHANGE: ") || line.starts_with("BREAKING-CHANGE: ");
}

/// The text after `BREAKING CHANGE:`, up to a blank line or the next footer.
std::optional<std::string> breaking_note(const std::vector<std::string>& all) {
  auto line = std::find_if(all.begin(), all.end(), begins_breaking_note);
  if (line == all.end()) return std::nullopt;
  std::string note = line->substr(line->find(": ") + 2);
  for (++line; line != all.end() && !trim(*line).empty() && !is_footer(*line); ++line) {
    note += " " + std::string(trim(*line));
  }
  return one_line(note);
}

/// As the message of a merge names it.
struct NamedPull {
  std::string number;
  std::string title;
};

/// Gitea: "Merge pull request 'Title' (#12) from branch into main"; others: "Merge pull request #12
/// from owner/branch" with the title as the next paragraph.
std::optional<NamedPull> merged_pull_request(const std::string& message) {
  const auto all = lines(message);
  if (all.empty() || !all.front().starts_with("Merge pull request ")) return std::nullopt;
  const std::string& subject = all.front();
  const auto hash = subject.rfind('#');
  if (hash == std::string::npos) return std::nullopt;
  NamedPull found;
  const auto digits = subject.begin() + static_cast<std::ptrdiff_t>(hash) + 1;
  found.number.assign(digits, std::find_if_not(digits, subject.end(), is_digit));
  const auto opened = subject.find('\'');
  const auto closed = subject.rfind("' (#");
  if (opened != std::string::npos && closed != std::string::npos && opened < closed) {
    found.title = subject.substr(opened + 1, closed - opened - 1);
  } else {
    const auto title = std::find_if(all.begin() + 1, all.end(),
                                    [](const std::string& line) { return !trim(line).empty(); });
    if (title != all.end()) found.title = trim(*title);
  }
  if (found.number.empty() || found.title.empty()) return std::nullopt;
  return found;
}

// --- a history ---

bool is_merge(const Commit& commit) { return commit.parents.size() > 1; }

Change change_of(const Commit& commit, const std::string& message) {
  Change change = parse_change(message);
  change.sha = commit.sha;
  change.url = commit.url;
  return change;
}

Change change_of(const Commit& commit) { return change_of(commit, commit.message); }

class History {
 public:
  explicit History(const std::vector<Commit>& commits)
      : commits_(commits), seen_(commits.size(), false) {
    for (std::size_t i = 0; i < commits.size(); ++i) places_.emplace(commits[i].sha, i);
  }

  std::vector<Change> changes() {
    const std::vector<std::size_t> line = main_line();
    std::vector<std::vector<std::size_t>> merged(line.size());
    // From the oldest on, so that each commit belongs to the first merge that contains it.
    for (std::size_t i = line.size(); i-- > 0;) {
      seen_[line[i]] = true;
      const auto& parents = commits_[line[i]].parents;
      for (std::size_t k = 1; k < parents.size(); ++k) take(parents[k], merged[i]);
    }
    for (std::size_t i = 0; i < line.size(); ++i) add(commits_[line[i]], std::move(merged[i]));
    // Commits whose connection to the main line is beyond the end of a cut list.
    for (std::size_t i = 0; i < commits_.size(); ++i) {
      if (!seen_[i] && !is_merge(commits_[i])) changes_.push_back(change_of(commits_[i]));
    }
    return std::move(changes_);
  }

 private:
  /// The commits from the newest along the first parents. Ends at a commit that the server lists as
  /// its own ancestor.
  std::vector<std::size_t> main_line() const {
    std::vector<std::size_t> line;
    if (commits_.empty()) return line;
    std::vector<bool> in_line(commits_.size(), false);
    for (std::size_t at = 0; !in_line[at];) {
      in_line[at] = true;
      line.push_back(at);
      const auto& parents = commits_[at].parents;
      const auto next = parents.empty() ? places_.end() : places_.find(parents.front());
      if (next == places_.end()) break;
      at = next->second;
    }
    return line;
  }

  /// Adds `sha` and its ancestors, except those that were seen before.
  void take(const std::string& sha, std::vector<std::size_t>& into) {
    std::vector<std::string> open = {sha};
    while (!open.empty()) {
      const auto place = places_.find(open.back());
      open.pop_back();
      if (place == places_.end() || seen_[place->second]) continue;
      seen_[place->second] = true;
      into.push_back(place->second);
      const auto& parents = commits_[place->second].parents;
      open.insert(open.end(), parents.begin(), parents.end());
    }
  }

  void add(const Commit& commit, std::vector<std::size_t> merged) {
    if (!is_merge(commit)) {
      changes_.push_back(change_of(commit));
      return;
    }
    std::sort(merged.begin(), merged.end());
    std::vector<Change> changes;
    for (const std::size_t at : merged) {
      if (!is_merge(commits_[at])) changes.push_back(change_of(commits_[at]));
    }
    if (const auto pull_request = merged_pull_request(commit.message)) {
      std::erase_if(changes,
                    [](const Change& change) { return change.type.empty() && !change.breaking; });
      if (changes.empty()) changes.push_back(change_of(commit, pull_request->title));
      for (Change& change : changes) change.pull_request = pull_request->number;
    }
    std::move(changes.begin(), changes.end(), std::back_inserter(changes_));
  }

  const std::vector<Commit>& commits_;
  std::vector<bool> seen_;
  std::unordered_map<std::string, std::size_t> places_;  ///< sha to index in commits_
  std::vector<Change> changes_;
};

}  // namespace

Change parse_change(std::string_view message) {
  const auto all = lines(trim(message));
  Change change;
  if (!all.empty()) change.subject = one_line(all.front());
  change.description = change.subject;
  parse_subject(change);
  if (const auto note = breaking_note(all)) {
    change.breaking = true;
    change.breaking_note = *note;
  }
  return change;
}

std::vector<Change> changes_of(const std::vector<Commit>& commits) {
  return History(commits).changes();
}

std::vector<std::string> authors_of(const std::vector<Commit>& commits) {
  std::map<std::string, std::string> names;  // by the key for sorting
  const auto add = [&names](std::string_view name) {
    const std::string clean = one_line(name, 100);
    if (!clean.empty()) names.emplace(lower(clean), clean);
  };
  for (const Commit& commit : commits) {
    if (!is_merge(commit)) add(commit.author);
  }
  for (const Commit& commit : commits) {
    for (const std::string& line : lines(commit.message)) {
      constexpr std::string_view trailer = "co-authored-by: ";
      if (lower(line).starts_with(trailer))
        add(line.substr(trailer.size(), line.find('<') - trailer.size()));
    }
  }
  std::vector<std::string> result;
  result.reserve(names.size());
  for (const auto& [key, name] : names) result.push_back(name);
  return result;
}

}  // namespace core
