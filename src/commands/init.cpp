// SPDX-License-Identifier: MIT
#include "commands/init.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "commands/destination.hpp"
#include "commands/project_view.hpp"
#include "commands/template_files.hpp"
#include "core/error.hpp"
#include "core/project/left_to_do.hpp"
#include "core/project/origin.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/git.hpp"
#include "disk/workspace.hpp"
#include "runner/question.hpp"

namespace commands {
namespace {

using core::ProjectKind;

constexpr const char* init_option = "init";  // in messages

struct PlannedFile {
  enum class Action { write, replace, same, keep };

  std::string place;
  std::string text;
  bool is_program = false;
  Action action = Action::write;
  std::string before;  ///< what the file contains now

  bool is_written() const { return action == Action::write || action == Action::replace; }
};

struct InitPlan {
  core::FoundProject project;
  core::BuildGuess guess;
  core::InitResult result;
  std::vector<PlannedFile> files;

  std::size_t count() const {
    return static_cast<std::size_t>(std::count_if(
        files.begin(), files.end(), [](const PlannedFile& file) { return file.is_written(); }));
  }
};

std::string_view template_text(std::string_view path) {
  for (const TemplateFile& file : template_files()) {
    if (file.path == path) return file.text;
  }
  return {};
}

/// The current content of a file; nullopt if it does not exist. Does not follow links, which could
/// lead out of the project.
std::optional<std::string> text_at(const disk::Workspace& project, const std::string& place) {
  if (!project.has_directory(core::parent_of_path(place), init_option)) return std::nullopt;
  disk::Replacement file = project.replacement(place, init_option, disk::Workspace::Links::none);
  if (!file.has_before()) return std::nullopt;
  return file.read(disk::text_limit);
}

/// From --owner, else from the remote `origin` of the project.
core::ActionSource find_action(const inputs::Init& inputs,
                               const std::optional<core::Origin>& origin,
                               core::Problems& problems) {
  core::ActionSource action;
  if (origin && !origin->has_path()) action.server = origin->server;
  action.owner = core::trim(inputs.owner);
  if (!action.owner.empty() && !core::is_owner_name(action.owner)) {
    problems.add(
        fmt::format("owner: '{}' is not the name of an owner", core::one_line(action.owner)),
        "Write the name only, for example --owner tools.");
  }
  if (action.owner.empty() && origin) {
    action.owner = origin->owner;
    action.is_guess = true;
  }
  if (action.owner.empty()) action.server.clear();
  return action;
}

/// A kind that is for Python projects, in a project of something else.
void check_kind(const core::FoundProject& project, ProjectKind kind, core::Problems& problems) {
  const bool needs_python = core::has_packages(kind) || kind == ProjectKind::library;
  if (!needs_python || !project.has_application || project.python) return;
  problems.add(fmt::format("kind: {} is for Python projects, and this project has no package in "
                           "pyproject.toml, setup.cfg or setup.py",
                           core::name_of(kind)),
               "Use --kind plain, or --kind docker for an image.");
}

/// ".gitea/workflows/release.yml" in the folder that the server reads.
std::string placed_in(const core::FoundProject& project, const std::string& place) {
  constexpr std::string_view prefix = ".gitea/workflows";
  if (!place.starts_with(prefix)) return place;
  return project.workflow_folder + place.substr(prefix.size());
}

class Planner {
 public:
  Planner(const inputs::Init& inputs, const Context& context, const disk::Workspace& workspace)
      : inputs_(inputs),
        context_(context),
        workspace_(workspace),
        view_(view_of(workspace)),
        top_(workspace_of(context.facts)) {}

  InitPlan run() {
    const std::string& directory = workspace_.directory();
    view_.tags = disk::all_tags(directory, top_);
    plan_.project = core::find_project(view_, template_text("python-app/pyproject.toml"));
    plan_.guess = core::guess_build(view_, plan_.project);
    core::InitResult& result = plan_.result;
    result.kind = inputs_.kind == ProjectKind::unset ? core::kind_of(plan_.project) : inputs_.kind;
    plan_.project.origin = core::parse_origin(disk::origin_url(directory, top_));
    result.action = find_action(inputs_, plan_.project.origin, context_.problems);
    result.shipped_python = core::trim(template_text("python-app/.python-version"));
    check_kind(plan_.project, result.kind, context_.problems);
    for (const TemplateFile& file : template_files()) add(file);
    return std::move(plan_);
  }

 private:
  void add(const TemplateFile& file) {
    const auto place = core::place_in_project(plan_.result.kind, file.path);
    if (!place) return;
    if (plan_.project.has_application && !core::fits_application(plan_.project, *place)) return;
    context_.problems.collect([&] { plan_.files.push_back(planned(*place, file.text)); });
  }

  PlannedFile planned(const std::string& place, std::string_view text) {
    PlannedFile file;
    file.place = placed_in(plan_.project, place);
    file.text = core::text_for_project(place, text, plan_.result.kind, view_, plan_.project,
                                       plan_.result.action);
    file.is_program = text.starts_with("#!");
    const auto before = text_at(workspace_, file.place);
    if (!before) return file;
    file.before = *before;
    if (file.before == file.text) {
      file.action = PlannedFile::Action::same;
    } else if (inputs_.force && core::is_replaceable(place)) {
      file.action = PlannedFile::Action::replace;
    } else {
      file.action = PlannedFile::Action::keep;
      note_kept(file);
    }
    return file;
  }

  /// A release.yml that does not use this action yet.
  void note_kept(const PlannedFile& file) {
    if (!file.place.ends_with("/workflows/release.yml")) return;
    for (const char* use : {"/gitea-release@", "/gitea-release/"}) {
      if (file.before.find(use) != std::string::npos) return;
    }
    plan_.result.kept_release_workflow = file.place;
  }

  const inputs::Init& inputs_;
  const Context& context_;
  const disk::Workspace& workspace_;
  core::ProjectView view_;
  const std::string top_;
  InitPlan plan_;
};

std::string line_of(const PlannedFile& file) {
  switch (file.action) {
    case PlannedFile::Action::write:
      return "write    " + file.place;
    case PlannedFile::Action::replace:
      return "replace  " + file.place;
    case PlannedFile::Action::same:
      return "keep     " + file.place + " (up to date)";
    case PlannedFile::Action::keep:
      break;
  }
  return fmt::format("keep     {} (differs; {})", file.place,
                     core::is_replaceable(file.place) ? "--force replaces it" : "never replaced");
}

void print_plan(const inputs::Init& inputs, const InitPlan& plan, runner::Log& log) {
  const std::string what = core::description_of(plan.project);
  log.result(fmt::format(
      "gitea-release {}: kind {}{}{}", GITEA_RELEASE_VERSION, core::name_of(plan.result.kind),
      inputs.kind == ProjectKind::unset ? " (detected; --kind selects another)" : "",
      what.empty() ? "" : "; found: " + what));
  for (const PlannedFile& file : plan.files) log.result("  " + line_of(file));
}

void write_file(const disk::Workspace& project, const PlannedFile& planned) {
  project.make_directories(core::parent_of_path(planned.place), init_option);
  disk::Replacement file =
      project.replacement(planned.place, init_option, disk::Workspace::Links::none);
  file.write(planned.text);
  if (planned.is_program) file.make_executable();
  file.commit();
}

std::string files_in_words(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "file" : "files");
}

/// False if a person at a terminal does not want the files.
bool is_wanted(std::size_t count, const Context& context) {
  return !runner::can_ask(context.facts) ||
         runner::is_confirmed(count == 1 ? std::string("Write this file?")
                                         : fmt::format("Write these {} files?", count));
}

void print_list(const InitPlan& plan, runner::Log& log) {
  log.result("Remaining steps:");
  for (const std::string& item : core::left_to_do(plan.project, plan.guess, plan.result)) {
    const char* start = " [ ] ";
    for (const std::string& line : core::lines(item)) {
      log.result(start + line);
      start = "         ";
    }
  }
}

}  // namespace

void init(const inputs::Init& inputs, const Context& context) {
  context.problems.throw_if_any();
  const disk::Workspace whole = open_workspace(context.facts, inputs.working_directory);
  const disk::Workspace project(whole.directory());  // nothing leads out of the project
  const InitPlan plan = Planner(inputs, context, project).run();
  context.problems.throw_if_any();

  runner::Log& log = context.log;
  print_plan(inputs, plan, log);
  const std::size_t count = plan.count();
  if (count == 0) {
    log.result("There is nothing to write.");
  } else if (inputs.dry_run) {
    log.result(fmt::format("Dry run: {} would be written.", files_in_words(count)));
  } else if (!is_wanted(count, context)) {
    log.result("Nothing was written.");
    return;
  } else {
    for (const PlannedFile& file : plan.files) {
      if (file.is_written()) write_file(project, file);
    }
    log.result(fmt::format("Wrote {}.", files_in_words(count)));
  }
  print_list(plan, log);
}

}  // namespace commands
