// SPDX-License-Identifier: MIT
#include "commands/first_look.hpp"

#include <fmt/format.h>

#include "commands/obstacles.hpp"
#include "core/assets.hpp"
#include "core/text.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;

bool is_commit(const std::string& text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void check_built_commit(const Job& job, const std::string& tagged,
                        const std::function<void(const std::string&)>& warn) {
  const std::string& tag = job.desired.tag;
  const std::string& built = job.facts.sha;
  if (built.empty() || tagged == built || !job.config.repository.empty()) return;
  if (job.facts.pushed(tag)) {
    throw Error(Fault::failed,
                fmt::format("the tag {} was moved: this run built {}, and it is at {} now", tag,
                            built, tagged),
                "The run that the new push started publishes it.");
  }
  warn(fmt::format("the tag {} is at {}, but this run is of {}", tag, tagged, built));
}

/// What is not a commit yet is resolved now, so that what is published is what the mark says.
std::string find_target(const Job& job, gitea::Api& api) {
  std::string target = job.desired.target;
  if (target.empty() && job.config.repository.empty()) target = job.facts.sha;
  if (target.empty()) {
    const auto repository = api.find_repository();
    if (!repository) throw unknown_repository(job);
    target = repository->default_branch;
  }
  if (is_commit(target)) return target;
  const auto commit = api.find_commit(target);
  if (commit) return *commit;
  if (!api.find_repository()) throw unknown_repository(job);
  throw Error(Fault::workflow,
              fmt::format("target_commitish: '{}' is no branch, tag or commit of {}",
                          core::one_line(target), api.repository().full()),
              "Name one that has been pushed.");
}

}  // namespace

void find_commit(Job& job, gitea::Api& api, core::Memory& memory,
                 const std::function<void(const std::string&)>& warn) {
  const auto tag = api.find_tag(job.desired.tag);
  memory.tag_exists = tag.has_value();
  if (tag) {
    memory.commit = tag->commit;
    check_built_commit(job, tag->commit, warn);
  } else {
    memory.commit = job.desired.target = find_target(job, api);
  }
}

bool may_be_skipped(const Job& job, const core::Observed& look) {
  const bool published = look.release && !look.release->draft && !look.notes.mark;
  if (published && job.config.if_exists == IfExists::fail) {
    throw Error(Fault::workflow,
                fmt::format("the release {} is published already ({})", job.desired.tag,
                            look.release->html_url),
                "'if_exists: fail' asks to stop here; release under a new tag.");
  }
  return published && job.config.if_exists == IfExists::skip;
}

void check_clashes(const Job& job, const core::Observed& look, const core::Memory& memory) {
  const auto names = core::clashes(job.desired, look, memory);
  if (names.empty()) return;
  throw Error(Fault::workflow,
              fmt::format("the release {} has assets of these names already: {}", job.desired.tag,
                          core::join(names, ", ")),
              "'overwrite_files: fail' asks to stop here; give them other names, or set "
              "'overwrite_files: true'.");
}

}  // namespace commands
