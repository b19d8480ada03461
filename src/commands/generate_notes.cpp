// SPDX-License-Identifier: MIT
#include "commands/generate_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/release/generated_notes.hpp"
#include "core/release/pull_notes.hpp"
#include "core/text/text.hpp"
#include "core/version/tags.hpp"
#include "gitea/url.hpp"

namespace commands {
namespace {

using Warn = std::function<void(const std::string&)>;

[[noreturn]] void unknown_tag(const std::string& tag, gitea::Api& api) {
  std::vector<std::string> names;
  for (const core::Tag& existing : api.list_tags().items) names.push_back(existing.name);
  const std::string meant = core::nearest(tag, names);
  throw core::Error(core::Fault::workflow,
                    fmt::format("previous_tag: the tag '{}' does not exist in {}",
                                core::one_line(tag), api.repository().full()),
                    meant.empty()
                        ? "Set it to a tag that has been pushed, or remove it to detect the tag."
                        : fmt::format("Did you mean '{}'?", core::one_line(meant)));
}

struct Previous {
  std::optional<core::Tag> tag;
  std::string remark;
};

Previous find_previous(const std::string& tag_name, const std::string& previous_tag,
                       const std::string& commit, gitea::Api& api, const Warn& warn) {
  if (const std::string named(core::trim(previous_tag)); !named.empty()) {
    auto tag = api.find_tag(named);
    if (!tag) unknown_tag(named, api);
    return {tag, ""};
  }
  const auto tags = api.list_tags();
  if (tags.total > tags.items.size()) {
    warn(
        fmt::format("the repository has {} tags, and the previous tag was searched only among the "
                    "newest {}; if it is older, set 'previous_tag'",
                    tags.total, tags.items.size()));
  }
  const auto found = core::previous_tag(tag_name, commit, tags.items);
  return {found ? std::optional(found->tag) : std::nullopt, core::why_previous(tag_name, found)};
}

/// The page of the repository. Taken from a commit if possible, because the server's own address
/// may differ from the one that the runner uses.
std::string page_of(const Destination& destination, const gitea::Api& api,
                    const std::vector<core::Commit>& commits) {
  if (!commits.empty()) {
    const auto end = commits.front().url.rfind("/commit/");
    if (end != std::string::npos) return commits.front().url.substr(0, end);
  }
  const std::string server = destination.server.api.text();
  return server.substr(0, server.rfind("/api/v1")) + "/" + api.repository().full();
}

/// The tag encoded for the address of a page, where slashes are not encoded.
std::string in_address(const std::string& tag) {
  std::string result = gitea::encoded(tag);
  const std::string slash = gitea::encoded("/");
  for (auto at = result.find(slash); at != std::string::npos; at = result.find(slash, at + 1)) {
    result.replace(at, slash.size(), "/");
  }
  return result;
}

/// Requests for authors: one each.
constexpr std::size_t max_authors_asked = 20;

/// The authors of `pulls` of whom no pull request was merged before.
std::vector<std::string> find_new_authors(const std::vector<core::PullRequest>& pulls,
                                          gitea::Api& api, const Warn& warn) {
  std::vector<std::string> authors;
  std::map<std::string, std::chrono::sys_seconds> first;
  for (const core::PullRequest& pull : pulls) {
    if (pull.author.empty()) continue;
    const auto [place, is_new] = first.emplace(pull.author, pull.merged);
    if (is_new) authors.push_back(pull.author);
    place->second = std::min(place->second, pull.merged);
  }
  if (authors.size() > max_authors_asked) {
    warn(fmt::format(
        "the release has pull requests of {} authors; first contributions were searched "
        "only for {} of them",
        authors.size(), max_authors_asked));
    authors.resize(max_authors_asked);
  }
  std::erase_if(authors, [&](const std::string& author) {
    return api.has_merged_before(author, first.at(author)).value_or(true);
  });
  return authors;
}

std::string notes_from_pulls(const core::ReleaseHistory& history, const core::NotesLayout& layout,
                             gitea::Api& api, const Warn& warn) {
  // A pull request changed when it was merged, so not before its commits were made.
  std::chrono::sys_seconds oldest = std::chrono::sys_seconds::max();
  for (const core::Commit& commit : history.commits) oldest = std::min(oldest, commit.created);
  const auto merged =
      history.commits.empty() ? gitea::List<core::PullRequest>{} : api.list_merged_pulls(oldest);
  if (merged.total > gitea::max_pulls) {
    warn(
        fmt::format("the repository has {} closed pull requests, and only the {} that changed last "
                    "were read; older ones are missing from the notes",
                    merged.total, gitea::max_pulls));
  }
  const auto pulls = core::pulls_of(history.commits, merged.items);
  return core::pull_notes(history, pulls, find_new_authors(pulls, api, warn), layout);
}

}  // namespace

Generated generate_notes(const Destination& destination, const std::string& tag,
                         const inputs::GeneratedNotes& inputs, gitea::Api& api,
                         const std::string& commit, const Warn& warn) {
  const auto [previous, remark] = find_previous(tag, inputs.previous_tag, commit, api, warn);
  const auto commits = api.list_commits(commit, previous ? previous->commit : "");
  core::ReleaseHistory history;
  history.tag = tag;
  history.previous_tag = previous ? previous->name : "";
  history.commits = commits.items;
  history.total = commits.total;
  history.repository_url = page_of(destination, api, commits.items);
  history.changes_url =
      history.repository_url +
      (previous ? "/compare/" + in_address(previous->name) + "..." : std::string("/commits/tag/")) +
      in_address(history.tag);
  std::string text = inputs.layout.from_pulls ? notes_from_pulls(history, inputs.layout, api, warn)
                                              : core::generated_notes(history, inputs.layout);
  return {std::move(text), history.previous_tag, remark};
}

}  // namespace commands
