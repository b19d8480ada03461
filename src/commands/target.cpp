// SPDX-License-Identifier: MIT
#include "commands/target.hpp"

#include <fmt/format.h>

#include "commands/obstacles.hpp"
#include "core/text/text.hpp"

namespace commands {
namespace {

bool is_commit(const std::string& text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

std::string resolve_target(std::string target, const Destination& destination, gitea::Api& api) {
  if (target.empty()) {
    const auto repository = api.find_repository();
    if (!repository) throw unknown_repository(destination);
    target = repository->default_branch;
  }
  if (is_commit(target)) return target;
  const auto commit = api.find_commit(target);
  if (commit) return *commit;
  if (!api.find_repository()) throw unknown_repository(destination);
  throw core::Error(core::Fault::workflow,
                    fmt::format("target_commitish: '{}' is not a branch, tag or commit of {}",
                                core::one_line(target), api.repository().full()),
                    "Set it to one that has been pushed.");
}

core::BuiltCommit built_commit_of(const inputs::Server& inputs, const runner::Facts& facts,
                                  const std::string& tag) {
  if (!inputs.repository.empty()) return {};
  return {facts.sha, facts.pushed(tag)};
}

}  // namespace commands
