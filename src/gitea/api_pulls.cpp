// SPDX-License-Identifier: MIT
// The requests of Api for pull requests and references.
#include <fmt/format.h>

#include <algorithm>

#include "core/text/text.hpp"
#include "gitea/api.hpp"
#include "gitea/explain.hpp"
#include "gitea/wire.hpp"

namespace gitea {
namespace {

std::vector<core::Json> elements_of(const core::Json& json) { return json.elements(); }

}  // namespace

List<core::PullRequest> Api::list_merged_pulls(std::chrono::sys_seconds since) {
  const std::string asked = "listing the pull requests";
  List<core::PullRequest> list;
  std::size_t seen = 0;
  for (int page = 1; seen < max_pulls; ++page) {
    const Request request(Operation::list_pulls);
    const Answer answer = expect(
        asked, request,
        fmt::format("/pulls?state=closed&sort=recentupdate&limit={}&page={}", page_size, page));
    const auto entries = parsed(asked, request, answer, elements_of);
    seen += entries.size();
    list.total = std::max<std::uint64_t>(answer.total_count.value_or(0), seen);
    bool is_old = false;
    for (const core::Json& entry : entries) {
      const auto pull = parse_merged_pull(entry);
      if (pull && pull->updated >= since) list.items.push_back(*pull);
      is_old = parse_updated(entry) < since;
    }
    if (is_old) {  // those that follow changed even earlier
      list.total = seen;
      break;
    }
    if (entries.empty() || (answer.total_count && seen >= list.total)) break;
  }
  return list;
}

std::optional<bool> Api::has_merged_before(const std::string& user, std::chrono::sys_seconds time) {
  const std::string asked = fmt::format("listing the pull requests of {}", core::one_line(user));
  const Request request(Operation::list_issues);
  const auto answer =
      ask(asked, request,
          fmt::format("/issues?type=pulls&state=closed&created_by={}&limit={}&page=1",
                      encoded(user), page_size));
  if (!answer) return std::nullopt;
  if (answer->total_count.value_or(0) > page_size) return true;
  const auto entries = parsed(asked, request, *answer, elements_of);
  return std::any_of(entries.begin(), entries.end(), [&](const core::Json& entry) {
    const auto merged = parse_merged(entry.object("pull_request"));
    return merged && *merged < time;
  });
}

std::vector<std::string> Api::tags_in_folder(const std::string& tag) {
  const std::string asked = fmt::format("looking for tags below {}", tag);
  const Request request(Operation::list_refs);
  const auto answer = ask(asked, request, "/git/refs/tags/" + encoded(tag));
  if (!answer) return {};
  // A list, or a single object if that reference has exactly this name, and so is none below it.
  const auto refs = parsed(asked, request, *answer, [](const core::Json& json) {
    return json.is_object() ? std::vector<core::Json>{} : json.elements();
  });
  const std::string folder = "refs/tags/" + tag + "/";
  std::vector<std::string> tags;
  for (const core::Json& ref : refs) {
    const std::string name = ref.string("ref");
    if (name.starts_with(folder)) tags.push_back(name.substr(folder.size() - tag.size() - 1));
  }
  return tags;
}

}  // namespace gitea
