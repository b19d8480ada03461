// SPDX-License-Identifier: MIT
#include "commands/init.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "commands/destination.hpp"
#include "core/project_kind.hpp"
#include "disk/inside.hpp"
#include "disk/text_file.hpp"
#include "runner/facts.hpp"
#include "template_files.hpp"

namespace commands {
namespace {

namespace fs = std::filesystem;

using core::ProjectKind;

struct Project {
  fs::path directory;
  ProjectKind kind = ProjectKind::unset;
  bool own_application = false;  ///< which the template's must not be mixed with
};

struct Placed {
  std::string place;
  std::string_view text;
  bool is_there = false;
  bool is_same = false;
};

bool has(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() != fs::file_type::not_found;
}

/// Whether there is an application that is not the template's.
bool has_own_application(const fs::path& directory) {
  const fs::path pyproject = directory / "pyproject.toml";
  if (!has(pyproject)) return false;
  const auto same = [text = disk::read_text(pyproject.string(), "init")](const TemplateFile& file) {
    return file.path.ends_with("/pyproject.toml") && file.text == text;
  };
  return std::none_of(template_files().begin(), template_files().end(), same);
}

Project look_at(const Config& config, const runner::Environment& environment) {
  Project project;
  project.directory = workspace_of(runner::read_facts(environment)) / config.working_directory;
  if (!fs::is_directory(project.directory)) {
    throw core::Error(core::Fault::workflow, fmt::format("working_directory: {} is no directory",
                                                         project.directory.string()));
  }
  project.own_application = !config.force && has_own_application(project.directory);
  project.kind = config.kind;
  if (project.kind == ProjectKind::unset) {
    project.kind =
        core::kind_of(has(project.directory / "Dockerfile"), has(project.directory / "packaging"),
                      has(project.directory / "pyproject.toml"));
  }
  return project;
}

/// What is written belongs to the project: no link of a checkout leads it elsewhere.
void check_place(const fs::path& path, const fs::path& directory) {
  fs::path folder = path.parent_path();
  while (!has(folder)) folder = folder.parent_path();
  disk::check_inside(folder.string(), directory.string(), "init");
  const bool strange = has(path) && !fs::is_regular_file(fs::symlink_status(path));
  if (!strange && fs::is_directory(folder)) return;
  throw core::Error(core::Fault::workflow,
                    strange ? fmt::format("init: {} is no regular file", path.string())
                            : fmt::format("init: {} is no directory", folder.string()),
                    "Move it out of the way.");
}

std::vector<Placed> place_all(const Project& project, core::Problems& problems) {
  std::vector<Placed> all;
  for (const TemplateFile& file : template_files()) {
    const auto place = core::place_in_project(project.kind, file.path);
    if (!place || (project.own_application && core::is_of_application(*place))) continue;
    problems.collect([&] {
      const fs::path path = project.directory / *place;
      check_place(path, project.directory);
      Placed placed{*place, file.text};
      placed.is_there = has(path);
      placed.is_same = placed.is_there && disk::read_text(path.string(), "init") == file.text;
      all.push_back(placed);
    });
  }
  return all;
}

void write(const fs::path& path, const Placed& placed) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) {
    throw core::Error(
        core::Fault::workflow,
        fmt::format("init: {} cannot be made ({})", path.parent_path().string(), error.message()));
  }
  disk::write_text(path.string(), std::string(placed.text), "init");
  if (placed.text.starts_with("#!")) {
    constexpr auto executable =
        fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    fs::permissions(path, executable, fs::perm_options::add);
  }
}

}  // namespace

void init(const Config& config, const runner::Environment& environment, core::Problems& problems,
          runner::Log& log) {
  problems.throw_if_any();
  const Project project = look_at(config, environment);
  const std::vector<Placed> files = place_all(project, problems);
  problems.throw_if_any();

  log.line(fmt::format(
      "gitea-release {}: a project of the kind {}{}", GITEA_RELEASE_VERSION,
      core::name_of(project.kind),
      config.kind == ProjectKind::unset ? ", by what is there (kind: another one)" : ""));
  for (const Placed& file : files) {
    if (file.is_same) {
      log.line(fmt::format("{}: is there already", file.place));
    } else if (file.is_there && !config.force) {
      log.line(fmt::format("{}: is another one, and stays (force: overwrite it)", file.place));
    } else {
      if (!config.dry_run) write(project.directory / file.place, file);
      log.line(fmt::format("{}: {}", file.place, config.dry_run ? "would be written" : "written"));
    }
  }
  log.line("Left to do by hand:");
  for (const std::string& one : core::left_to_do(project.kind, project.own_application)) {
    log.line("  [ ] " + one);
  }
}

}  // namespace commands
