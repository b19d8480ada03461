// SPDX-License-Identifier: MIT
#include "commands/notes.hpp"

#include <fmt/format.h>

#include <optional>

#include "commands/diagnosis.hpp"
#include "commands/generated.hpp"
#include "commands/obstacles.hpp"
#include "commands/target.hpp"
#include "core/text.hpp"
#include "disk/workspace.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

Job find_job(const Config& config, const runner::Environment& environment,
             core::Problems& problems) {
  Job job;
  static_cast<Destination&>(job) = find_destination(config, environment, problems);
  job.desired.tag = find_tag_name(job, problems);
  job.desired.target = core::trim(config.target_commitish);
  return job;
}

/// The file of `notes_path`, absent without that. Never through a link that a checkout may have brought.
std::optional<disk::Replacement> find_file(const Job& job, core::Problems& problems) {
  std::optional<disk::Replacement> file;
  if (job.config.notes_path.empty()) return file;
  problems.collect([&] {
    file.emplace(open_workspace(job).replacement(job.config.notes_path, "notes_path",
                                                 disk::Workspace::Links::none));
  });
  return file;
}

/// The tag's, or where there is no tag the one that it would be made at.
std::string find_commit(const Job& job, gitea::Api& api, runner::Log& log) {
  const core::BuiltCommit built = built_commit_of(job);
  const auto tag = api.find_tag(job.desired.tag);
  if (!tag) {
    return resolve_target(job.desired.target.empty() ? built.sha : job.desired.target, job, api);
  }
  if (const auto warning = core::check_built_commit(tag->name, built, tag->commit)) {
    log.warning(*warning);
  }
  return tag->commit;
}

Generated generate(const Job& job, runner::Log& log) {
  gitea::Api api(job.server, job.repository);
  try {
    return generate_notes(job, api, find_commit(job, api, log),
                          [&log](const std::string& text) { log.warning(text); });
  } catch (const core::Error& error) {
    if (error.reason == core::Reason::not_found && !api.find_repository()) {
      throw unknown_repository(job);
    }
    throw diagnosed(error, job.server);
  }
}

}  // namespace

void notes(const Config& config, const runner::Environment& environment, core::Problems& problems,
           runner::Log& log) {
  Job job = find_job(config, environment, problems);
  auto file = find_file(job, problems);
  problems.throw_if_any();
  const Generated made = generate(job, log);
  runner::write_outputs(job.facts.output_file,
                        {{"notes", made.text}, {"previous_tag", made.previous_tag}});
  if (!file) {
    log.text(made.text);
    return;
  }
  file->write(made.text + "\n");
  file->commit();
  log.line(fmt::format("the notes of {}{} are in {}", job.desired.tag,
                       made.previous_tag.empty() ? "" : " since " + made.previous_tag,
                       core::one_line(config.notes_path)));
}

}  // namespace commands
