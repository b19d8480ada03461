// SPDX-License-Identifier: MIT
#include "commands/init.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include "commands/destination.hpp"
#include "core/project_kind.hpp"
#include "disk/workspace.hpp"
#include "runner/facts.hpp"
#include "template_files.hpp"

namespace commands {
namespace {

namespace fs = std::filesystem;

using core::ProjectKind;

constexpr const char* option = "init";  // in messages

struct Project {
  disk::Workspace files;
  ProjectKind kind = ProjectKind::unset;
  bool own_application = false;  ///< which the template's must not be mixed with
};

struct Placed {
  std::string place;
  std::string_view text;
  bool is_there = false;
  bool is_same = false;
};

/// Whether there is an application that is not the template's.
bool has_own_application(const disk::Workspace& project) {
  const auto pyproject = project.read_if_there("pyproject.toml", option);
  if (!pyproject) return false;
  const auto same = [&](const TemplateFile& file) {
    return file.path.ends_with("/pyproject.toml") && file.text == *pyproject;
  };
  return std::none_of(template_files().begin(), template_files().end(), same);
}

Project look_at(const Config& config, const runner::Environment& environment) {
  const disk::Workspace whole(workspace_of(runner::read_facts(environment)),
                              config.working_directory);
  whole.check_directory();
  Project project{disk::Workspace(whole.directory())};  // nothing leads out of the project
  project.own_application = !config.force && has_own_application(project.files);
  project.kind = config.kind;
  if (project.kind == ProjectKind::unset) {
    project.kind = core::kind_of(project.files.has("Dockerfile"), project.files.has("packaging"),
                                 project.files.has("pyproject.toml"));
  }
  return project;
}

/// What is there now. What is written belongs to the project: no link of a checkout leads it elsewhere.
std::optional<std::string> text_at(const disk::Workspace& project, const std::string& place) {
  if (!project.has_directory(fs::path(place).parent_path(), option)) return std::nullopt;
  disk::Replacement file = project.replacement(place, option, disk::Workspace::Links::none);
  if (!file.has_before()) return std::nullopt;
  return file.read(disk::text_limit);
}

std::vector<Placed> place_all(const Project& project, core::Problems& problems) {
  std::vector<Placed> all;
  for (const TemplateFile& file : template_files()) {
    const auto place = core::place_in_project(project.kind, file.path);
    if (!place || (project.own_application && core::is_of_application(*place))) continue;
    problems.collect([&] {
      Placed placed{*place, file.text};
      if (auto there = text_at(project.files, *place)) {
        placed.is_there = true;
        placed.is_same = *there == file.text;
      }
      all.push_back(placed);
    });
  }
  return all;
}

void write(const disk::Workspace& project, const Placed& placed) {
  project.make_directories(fs::path(placed.place).parent_path(), option);
  disk::Replacement file = project.replacement(placed.place, option, disk::Workspace::Links::none);
  file.write(std::string(placed.text));
  if (placed.text.starts_with("#!")) file.make_executable();
  file.commit();
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
      if (!config.dry_run) write(project.files, file);
      log.line(fmt::format("{}: {}", file.place, config.dry_run ? "would be written" : "written"));
    }
  }
  log.line("Left to do by hand:");
  for (const std::string& one : core::left_to_do(project.kind, project.own_application)) {
    log.line("  [ ] " + one);
  }
}

}  // namespace commands
