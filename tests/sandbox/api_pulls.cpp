// SPDX-License-Identifier: MIT
// Pull requests, as far as release notes ask for them. By the source of Gitea 1.25
// (routers/api/v1/repo/pull.go and issue.go, services/convert/pull.go and issue.go).
#include <algorithm>

#include "endpoints.hpp"
#include "paging.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

Json labels_of(const PullRequest& pull) {
  Json::Array labels;
  std::int64_t id = 0;
  for (const std::string& name : pull.labels) {
    labels.push_back(Json::object({{"id", ++id},
                                   {"name", name},
                                   {"exclusive", false},
                                   {"is_archived", false},
                                   {"color", "00aabb"},
                                   {"description", ""},
                                   {"url", ""}}));
  }
  return labels;
}

Json time_or_null(bool is_set, std::int64_t time) { return is_set ? Json(rfc3339(time)) : Json(); }

/// What a pull request and its issue have in common.
Json show_common(Call& call, const PullRequest& pull) {
  const std::string web = web_address(call.world, *call.repository);
  return Json::object({{"id", pull.number},
                       {"url", web + "/pulls/" + std::to_string(pull.number)},
                       {"html_url", web + "/pulls/" + std::to_string(pull.number)},
                       {"number", pull.number},
                       {"user", show_user(call.world, pull.author)},
                       {"title", pull.title},
                       {"body", ""},
                       {"labels", labels_of(pull)},
                       {"milestone", nullptr},
                       {"assignees", nullptr},
                       {"state", "closed"},
                       {"is_locked", false},
                       {"comments", 0},
                       {"created_at", rfc3339(pull.created)},
                       {"updated_at", rfc3339(pull.updated)},
                       {"closed_at", rfc3339(pull.closed)}});
}

Json show_pull(Call& call, const PullRequest& pull) {
  Json out = show_common(call, pull);
  out.set("draft", false);
  out.set("mergeable", false);
  out.set("merged", pull.merged);
  out.set("merged_at", time_or_null(pull.merged, pull.closed));
  out.set("merge_commit_sha", pull.merged ? Json(pull.merge_commit) : Json());
  return out;
}

Json show_issue(Call& call, const PullRequest& pull) {
  Json out = show_common(call, pull);
  out.set("pull_request", Json::object({{"merged", pull.merged},
                                        {"merged_at", time_or_null(pull.merged, pull.closed)},
                                        {"draft", false}}));
  return out;
}

Response answer_page(Call& call, std::vector<const PullRequest*> pulls,
                     Json (*show)(Call&, const PullRequest&)) {
  const Page page = page_of(call.request);
  Json::Array out;
  for (std::size_t i = page.begin(pulls.size()); i < page.end(pulls.size()); ++i) {
    out.push_back(show(call, *pulls[i]));
  }
  Response response = json_answer(200, std::move(out));
  add_paging(call, page, pulls.size(), true, response);
  return response;
}

/// The default of both endpoints is the state "open", and the sandbox has closed ones only.
bool wants_closed(const Call& call) {
  const std::string state = call.request.parameter("state").value_or("open");
  return state == "closed" || state == "all";
}

}  // namespace

Response list_pulls(Call& call) {
  const auto guard = call.world.lock();
  std::vector<const PullRequest*> pulls;
  if (wants_closed(call)) {
    for (const PullRequest& pull : call.repository->pulls) pulls.push_back(&pull);
  }
  const bool by_update = call.request.parameter("sort").value_or("") == "recentupdate";
  std::stable_sort(pulls.begin(), pulls.end(), [by_update](auto* left, auto* right) {
    return by_update ? left->updated > right->updated : left->created > right->created;
  });
  return answer_page(call, std::move(pulls), show_pull);
}

Response list_issues(Call& call) {
  const auto guard = call.world.lock();
  std::int64_t author = 0;
  if (const std::string name = call.request.parameter("created_by").value_or(""); !name.empty()) {
    const User* user = call.world.find_user(name);
    if (user == nullptr) call.not_found("user does not exist");
    author = user->id;
  }
  std::vector<const PullRequest*> pulls;
  if (wants_closed(call)) {
    for (const PullRequest& pull : call.repository->pulls) {
      if (author == 0 || pull.author == author) pulls.push_back(&pull);
    }
  }
  std::stable_sort(pulls.begin(), pulls.end(),
                   [](auto* left, auto* right) { return left->created > right->created; });
  return answer_page(call, std::move(pulls), show_issue);
}

}  // namespace sandbox
