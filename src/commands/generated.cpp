// SPDX-License-Identifier: MIT
#include "commands/generated.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "core/generated_notes.hpp"
#include "core/tags.hpp"
#include "core/text.hpp"
#include "gitea/url.hpp"

namespace commands {
namespace {

using Warn = std::function<void(const std::string&)>;

[[noreturn]] void unknown_tag(const std::string& tag, gitea::Api& api) {
  std::vector<std::string> names;
  for (const core::Tag& one : api.list_tags().entries) names.push_back(one.name);
  const std::string meant = core::nearest(tag, names);
  throw core::Error(core::Fault::workflow,
                    fmt::format("previous_tag: there is no tag '{}' in {}", core::one_line(tag),
                                api.repository().full()),
                    meant.empty() ? "Name one that has been pushed, or leave it to be found."
                                  : fmt::format("Did you mean '{}'?", core::one_line(meant)));
}

std::optional<core::Tag> find_previous(const Job& job, gitea::Api& api, const Warn& warn) {
  if (const std::string named(core::trim(job.config.previous_tag)); !named.empty()) {
    auto tag = api.find_tag(named);
    if (!tag) unknown_tag(named, api);
    return tag;
  }
  const auto tags = api.list_tags();
  if (tags.total > tags.entries.size()) {
    warn(
        fmt::format("the repository has {} tags, and the previous one was looked for among the "
                    "newest {}; if it is older, name it as 'previous_tag'",
                    tags.total, tags.entries.size()));
  }
  return core::previous_tag(job.desired.tag, tags.entries);
}

/// The repository's page. Commits know it by the server's own address, which need not be the one
/// that a runner uses.
std::string page_of(const Job& job, const gitea::Api& api,
                    const std::vector<core::Commit>& commits) {
  if (!commits.empty()) {
    const auto end = commits.front().url.rfind("/commit/");
    if (end != std::string::npos) return commits.front().url.substr(0, end);
  }
  const std::string server = job.server.api.text();
  return server.substr(0, server.rfind("/api/v1")) + "/" + api.repository().full();
}

/// A tag in the address of a page: its slashes stay.
std::string in_address(const std::string& tag) {
  std::string result = gitea::encoded(tag);
  const std::string slash = gitea::encoded("/");
  for (auto at = result.find(slash); at != std::string::npos; at = result.find(slash, at + 1)) {
    result.replace(at, slash.size(), "/");
  }
  return result;
}

}  // namespace

Generated generate_notes(const Job& job, gitea::Api& api, const std::string& commit,
                         const Warn& warn) {
  const auto previous = find_previous(job, api, warn);
  const auto commits = api.list_commits(commit, previous ? previous->commit : "");
  core::ReleaseHistory history;
  history.tag = job.desired.tag;
  history.previous_tag = previous ? previous->name : "";
  history.commits = commits.entries;
  history.total = commits.total;
  history.repository_url = page_of(job, api, commits.entries);
  history.changes_url =
      history.repository_url +
      (previous ? "/compare/" + in_address(previous->name) + "..." : std::string("/commits/tag/")) +
      in_address(history.tag);
  return {core::generated_notes(history, job.config.notes_layout), history.previous_tag};
}

}  // namespace commands
