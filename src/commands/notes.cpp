// SPDX-License-Identifier: MIT
#include "commands/notes.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "commands/diagnosis.hpp"
#include "commands/first_look.hpp"
#include "commands/generated.hpp"
#include "commands/obstacles.hpp"
#include "core/text.hpp"
#include "disk/inside.hpp"
#include "disk/text_file.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

Job find_job(const Config& config, const runner::Environment& environment,
             core::Problems& problems) {
  Job job;
  static_cast<Destination&>(job) = find_destination(config, environment, problems);
  job.desired.tag = find_tag_name(job, problems);
  job.desired.target = core::trim(config.target_commitish);
  problems.collect([&] {
    if (config.notes_path.empty()) return;
    disk::check_inside(job.directory / config.notes_path, job.workspace, "notes_path");
  });
  problems.throw_if_any();
  return job;
}

Generated generate(Job& job, runner::Log& log) {
  const auto warn = [&log](const std::string& text) { log.warning(text); };
  gitea::Api api(job.server, job.repository);
  try {
    core::Memory memory;
    find_commit(job, api, memory, warn);
    return generate_notes(job, api, memory.commit, warn);
  } catch (const core::Error& error) {
    if (error.reason == core::Reason::not_found && !api.find_repository())
      throw unknown_repository(job);
    throw diagnosed(error, job.server);
  }
}

/// Never through a link that a checkout may have brought.
void write(const Job& job, const std::string& text) {
  const std::filesystem::path path = job.directory / job.config.notes_path;
  if (std::filesystem::is_symlink(std::filesystem::symlink_status(path))) {
    throw core::Error(core::Fault::workflow,
                      fmt::format("notes_path: {} is a symbolic link", path.string()),
                      "Name another file.");
  }
  disk::check_inside(path.parent_path(), job.workspace, "notes_path");
  disk::write_text(path, text, "notes_path");
}

}  // namespace

void notes(const Config& config, const runner::Environment& environment, core::Problems& problems,
           runner::Log& log) {
  Job job = find_job(config, environment, problems);
  const Generated made = generate(job, log);
  runner::write_outputs(job.facts.output_file,
                        {{"notes", made.text}, {"previous_tag", made.previous_tag}});
  if (config.notes_path.empty()) {
    std::fputs((made.text + "\n").c_str(), stdout);
    return;
  }
  write(job, made.text + "\n");
  log.line(fmt::format("the notes of {}{} are in {}", job.desired.tag,
                       made.previous_tag.empty() ? "" : " since " + made.previous_tag,
                       core::one_line(config.notes_path)));
}

}  // namespace commands
