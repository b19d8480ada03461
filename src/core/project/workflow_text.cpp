// SPDX-License-Identifier: MIT
#include "core/project/workflow_text.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::string_view short_name = "OWNER/gitea-release";

void replace_all_of(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// The step that finds the version and writes it where the build reads it.
std::string stamp_step(const std::string& place) {
  // A block for a regular expression: it contains characters that are special in YAML.
  const bool is_pattern = place.find(" => ") != std::string::npos;
  return fmt::format(
      "      - uses: OWNER/gitea-release/version@v1\n"
      "        with:\n"
      "          stamp: {}{}\n",
      is_pattern ? "|\n            " : "", place);
}

/// A build backend that reads the tag with git would need the whole history; the variable does not.
std::string version_step(const PythonVersion& version) {
  if (version.is_tag) {
    return "      - id: version\n        uses: OWNER/gitea-release/version@v1\n";
  }
  return version.place.empty() ? "      - uses: OWNER/gitea-release/version@v1\n"
                               : stamp_step(version.place);
}

std::string library_workflow(std::string text, const PythonVersion& version) {
  if (version.place == "pyproject.toml") return text;  // the example stays unchanged
  replace_all_of(text,
                 "      - uses: OWNER/gitea-release/version@v1\n"
                 "        with:\n"
                 "          stamp: pyproject.toml\n",
                 version_step(version));
  if (version.is_tag) {
    replace_all_of(text, "      - run: uv build\n",
                   fmt::format("      - run: uv build\n"
                               "        env:\n"
                               "          {}: ${{{{ steps.version.outputs.pep440 }}}}\n",
                               version.variable));
  }
  return text;
}

std::string run_step(const std::vector<std::string>& commands) {
  if (commands.size() == 1) return fmt::format("      - run: {}\n", commands.front());
  std::string step = "      - run: |\n";
  for (const std::string& command : commands) step += fmt::format("          {}\n", command);
  return step;
}

std::string plain_workflow(std::string text, const ProjectView& view, const FoundProject& project) {
  const BuildGuess guess = guess_build(view, project);
  const std::string stamp = project.version_place.empty() ? "" : stamp_step(project.version_place);
  replace_all_of(text, "      - run: make dist\n", stamp + run_step(guess.commands));
  // In quotes: a pattern may begin with `*`, which is an alias in YAML.
  const bool is_plain = guess.files.find_first_of("*{[&!|>'\"%@`#") != 0;
  replace_all_of(text, "files: dist/*",
                 fmt::format(fmt::runtime(is_plain ? "files: {}" : "files: '{}'"), guess.files));
  return text;
}

/// The names that the scripts of packaging/ work with.
std::string app_env(std::string text, const PythonProject& python) {
  if (!python.name.empty()) {
    replace_all_of(text, "APP_NAME=\"your-app\"", fmt::format("APP_NAME=\"{}\"", python.name));
    replace_all_of(text, "TITLE=\"Your App\"", fmt::format("TITLE=\"{}\"", python.name));
  }
  if (!python.package.empty()) {
    replace_all_of(text, "PACKAGE=\"your_app\"", fmt::format("PACKAGE=\"{}\"", python.package));
  }
  return text;
}

/// Where installed copies of the application look for updates.
std::string with_source(std::string text, const Origin& origin) {
  replace_all_of(text, "SERVER=\"https://git.example.org\"",
                 fmt::format("SERVER=\"{}\"", origin.server));
  replace_all_of(text, "REPOSITORY=\"OWNER/your-app\"",
                 fmt::format("REPOSITORY=\"{}/{}\"", origin.owner, origin.name));
  return text;
}

/// Which files the wheel is built from: the template has all of its own in src/.
std::string common_sh(std::string text, const ProjectView& view, const PythonProject& python) {
  std::string sources;
  for (const char* file : {"pyproject.toml", "setup.py", "setup.cfg", "MANIFEST.in", "README.md",
                           "README.rst", "LICENSE", "LICENSE.txt", "LICENSE.md"}) {
    if (view.has(file)) sources += fmt::format("{} ", file);
  }
  const bool is_in_src = python.package.empty() || python.folder.starts_with("src/") ||
                         view.has("src/" + python.package + ".py");
  const std::string flat = python.folder.empty() ? python.package + ".py" : python.folder;
  replace_all_of(text, "cp -R pyproject.toml README.md src \"$copy\"",
                 fmt::format("cp -R {}{} \"$copy\"", sources, is_in_src ? "src" : flat));
  return text;
}

}  // namespace

std::string ActionSource::uses() const {
  if (owner.empty()) return std::string(short_name);
  return fmt::format("{}{}{}/gitea-release", server, server.empty() ? "" : "/", owner);
}

std::string text_for_project(std::string_view place, std::string_view text, ProjectKind kind,
                             const ProjectView& view, const FoundProject& project,
                             const ActionSource& action) {
  std::string result(text);
  const bool is_release = place.ends_with("/workflows/release.yml");
  if (project.has_application && project.python) {
    if (is_release && kind == ProjectKind::library) {
      result = library_workflow(result, project.python->version);
    }
    if (place == "packaging/app.env") result = app_env(result, *project.python);
    if (place == "packaging/common.sh") result = common_sh(result, view, *project.python);
  }
  if (place == "packaging/app.env" && project.origin) result = with_source(result, *project.origin);
  if (is_release && kind == ProjectKind::plain) result = plain_workflow(result, view, project);
  if (is_replaceable(place) && place.find("/workflows/") != std::string_view::npos) {
    replace_all_of(result, short_name, action.uses());
  }
  const bool has_address = place == ".gitea/release.yml" || place == "packaging/launcher.env";
  if (has_address && !action.server.empty()) {
    replace_all_of(result, "https://git.example.org/OWNER/gitea-release", action.uses());
  }
  return result;
}

}  // namespace core
