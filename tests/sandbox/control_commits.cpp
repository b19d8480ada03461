// SPDX-License-Identifier: MIT
#include "answers.hpp"
#include "control_parts.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

std::string numbered(std::string message, std::int64_t n) {
  const auto at = message.find("{n}");
  if (at != std::string::npos) message.replace(at, 3, std::to_string(n));
  return message;
}

std::vector<std::string> parents_of(const Repository& repository, const Json& entry,
                                    const std::string& branch) {
  std::vector<std::string> names = entry.texts("parents");
  if (names.empty()) {
    names = {repository.git.branches().contains(branch) ? branch : repository.default_branch};
    if (repository.git.empty()) return {};
  }
  for (std::string& name : names) {
    const auto sha = repository.git.resolve(name);
    if (!sha) control_refuse(422, "no commit " + name);
    name = *sha;
  }
  return names;
}

}  // namespace

Response add_commits(World& world, Repository& repository, const Json& form) {
  const auto guard = world.lock();
  const Json* commits = form.find("commits");
  if (commits == nullptr || commits->as_array() == nullptr) {
    control_refuse(422, "\"commits\" is a list");
  }
  Json::Array made;
  for (const Json& entry : *commits->as_array()) {
    const std::string branch = entry.text("branch", repository.default_branch);
    for (std::int64_t n = 1; n <= entry.number("count", 1); ++n) {
      Commit commit;
      commit.parents = parents_of(repository, entry, branch);
      commit.message = numbered(entry.text("message", "A commit"), n);
      commit.author = entry.text("author", "Somebody");
      commit.email = entry.text("email", "somebody@example.org");
      commit.date = parse_rfc3339(entry.text("date")).value_or(unix_now());
      const std::string sha = repository.git.add(std::move(commit));
      repository.git.set_branch(branch, sha);
      made.emplace_back(sha);
    }
  }
  return json_answer(201, Json::object({{"commits", std::move(made)}}));
}

}  // namespace sandbox
