// SPDX-License-Identifier: MIT
// Branches, commits and refs, as far as a publisher reads them.
#include <set>

#include "endpoints.hpp"
#include "paging.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

Json show_branch_of(Call& call, const std::string& name, const std::string& sha) {
  const Commit& commit = *call.repository->git.find_commit(sha);
  const Json person =
      Json::object({{"name", commit.author}, {"email", commit.email}, {"username", commit.author}});
  const Json tip =
      Json::object({{"id", sha},
                    {"message", commit.message + "\n"},
                    {"url", web_address(call.world, *call.repository) + "/commit/" + sha},
                    {"author", person},
                    {"committer", person},
                    {"verification", nullptr},
                    {"timestamp", rfc3339(commit.date)},
                    {"added", nullptr},
                    {"removed", nullptr},
                    {"modified", nullptr}});
  return Json::object({{"name", name},
                       {"commit", tip},
                       {"protected", false},
                       {"required_approvals", 0},
                       {"enable_status_check", false},
                       {"status_check_contexts", Json::Array{}},
                       {"user_can_push", call.may_write()},
                       {"user_can_merge", call.may_write()},
                       {"effective_branch_protection_name", ""}});
}

Json show_ref(Call& call, const std::string& ref, const std::string& object, bool annotated) {
  const std::string api = api_address(call.world, *call.repository) + "/git/";
  const std::string kind = annotated ? "tag" : "commit";
  return Json::object(
      {{"ref", ref},
       {"url", api + ref},
       {"object",
        Json::object({{"type", kind}, {"sha", object}, {"url", api + kind + "s/" + object}})}});
}

/// The files of a commit, unless the request says not to list them. The sandbox has no files, so
/// the list is empty.
Json show_commit_as_asked(Call& call, const Commit& commit) {
  Json shown = show_commit(call.world, *call.repository, commit);
  const auto wanted = [&](const char* name) {
    const std::string value = call.request.parameter(name).value_or("");
    return value.empty() || to_flag(value).value_or(false);
  };
  if (wanted("files")) shown.set("files", Json::Array{});
  if (wanted("stat")) {
    shown.set("stats", Json::object({{"total", 0}, {"additions", 0}, {"deletions", 0}}));
  }
  return shown;
}

}  // namespace

Response show_branch(Call& call) {
  const auto guard = call.world.lock();
  const auto& branches = call.repository->git.branches();
  const auto found = branches.find(call.arguments[2]);
  if (found == branches.end()) call.not_found();
  return json_answer(200, show_branch_of(call, found->first, found->second));
}

Response list_commits(Call& call) {
  const auto guard = call.world.lock();
  Repository& repository = *call.repository;
  if (repository.git.empty()) call.refuse(409, "Git Repository is empty.");
  std::string from = call.request.parameter("sha").value_or("");
  if (from.empty()) from = repository.default_branch;
  const auto start = repository.git.resolve(from);
  if (!start) call.not_found();
  std::set<std::string> left_out;
  if (const std::string without = call.request.parameter("not").value_or(""); !without.empty()) {
    const auto stop = repository.git.resolve(without);
    if (!stop) call.broken("exit status 128 - fatal: bad revision '" + without + "'");
    for (const Commit* commit : repository.git.history(*stop)) left_out.insert(commit->sha);
  }
  std::vector<const Commit*> commits;
  for (const Commit* commit : repository.git.history(*start)) {
    if (!left_out.contains(commit->sha)) commits.push_back(commit);
  }
  const Page page = page_of(call.request);
  Json::Array out;
  for (std::size_t i = page.begin(commits.size()); i < page.end(commits.size()); ++i) {
    out.push_back(show_commit_as_asked(call, *commits[i]));
  }
  Response response = json_answer(200, std::move(out));
  add_paging(call, page, commits.size(), true, response);
  response.headers.add("X-Page", std::to_string(page.number));
  response.headers.add("X-PerPage", std::to_string(page.size));
  response.headers.add("X-Total", std::to_string(commits.size()));
  response.headers.add("X-PageCount", std::to_string(page.last(commits.size())));
  response.headers.add("X-HasMore", page.number < page.last(commits.size()) ? "true" : "false");
  return response;
}

Response show_git_commit(Call& call) {
  const auto guard = call.world.lock();
  const auto sha = call.repository->git.resolve(call.arguments[2]);
  if (!sha) call.not_found(call.arguments[2]);
  return json_answer(
      200, show_commit(call.world, *call.repository, *call.repository->git.find_commit(*sha)));
}

Response show_git_refs(Call& call) {
  const auto guard = call.world.lock();
  const std::string wanted = "refs/" + call.arguments[2];
  Json::Array out;
  bool exact = false;
  const auto add = [&](const std::string& ref, const std::string& object, bool annotated) {
    if (!ref.starts_with(wanted)) return;
    exact = ref == wanted;
    out.push_back(show_ref(call, ref, object, annotated));
  };
  for (const auto& [name, sha] : call.repository->git.branches()) {
    add("refs/heads/" + name, sha, false);
  }
  for (const auto& [name, tag] : call.repository->git.tags()) {
    add("refs/tags/" + name, tag.object, tag.annotated());
  }
  if (out.empty()) call.not_found();
  // A ref that matches exactly is returned as an object, everything else as a list.
  if (out.size() == 1 && exact) return json_answer(200, out.front());
  return json_answer(200, std::move(out));
}

}  // namespace sandbox
