// SPDX-License-Identifier: MIT
#include "configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/glob.hpp"
#include "core/text.hpp"
#include "disk/config_file.hpp"
#include "disk/config_values.hpp"
#include "disk/workspace.hpp"
#include "options.hpp"
#include "runner/facts.hpp"

namespace {

constexpr const char* default_file = ".gitea/release.yml";

const Option* find_option(const Command& command, std::string_view name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(),
                                  [name](const Option& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

/// Whoever may change the checkout must not decide where the token goes, nor with it what is read.
bool is_refused(std::string_view name) {
  constexpr std::string_view refused[] = {"token",      "server_url",       "repository",
                                          "ca_cert",    "insecure",         "config",
                                          "notes_path", "working_directory"};
  return std::find(std::begin(refused), std::end(refused), name) != std::end(refused);
}

/// One file serves all commands that read it: it may have what any of them knows.
disk::ConfigKeys config_keys() {
  disk::ConfigKeys keys;
  for (const Command& command : command_table()) {
    if (find_option(command, "config") == nullptr) continue;
    for (const Option& option : command.options) {
      auto& list = is_refused(option.name) ? keys.refused
                   : option.line_each      ? keys.lists
                                           : keys.texts;
      if (std::find(list.begin(), list.end(), option.name) == list.end()) {
        list.emplace_back(option.name);
      }
    }
  }
  return keys;
}

std::string given(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : std::string(core::trim(found->second.text));
}

/// Of the file that is named, else of the one that is found; without one nothing.
disk::ConfigTree read_file(const Values& values, const runner::Environment& environment) {
  const std::string root = runner::read_facts(environment).workspace;
  const disk::Workspace workspace(root, given(values, "working_directory"));
  workspace.check_directory();
  if (const std::string named = given(values, "config"); !named.empty()) {
    return disk::parse_config_file(workspace.read(named, "config", disk::config_limit), named);
  }
  for (const disk::Workspace& place : {workspace, disk::Workspace(root)}) {
    if (const auto text = place.read_if_there(default_file, "config", disk::config_limit)) {
      return disk::parse_config_file(*text, default_file);
    }
  }
  return {};
}

/// Whether a path goes to another place than below the directory where it starts.
bool leads_out(const std::string& path) {
  const auto segments = core::segments(path);
  return path.starts_with('/') || path.starts_with('~') ||
         std::any_of(segments.begin(), segments.end(),
                     [](const std::string& segment) { return core::unescaped(segment) == ".."; });
}

/// The paths that a line of `files` stands for, without the name that it gives.
std::vector<std::string> paths_of(const std::string& line) {
  const std::string path(core::trim(line.substr(0, line.find(" => "))));
  try {
    return core::expand_braces(path);
  } catch (const core::Error&) {
    return {path};  // no pattern; whether it should be one is told where it is used
  }
}

/// A checkout must not publish what lies elsewhere on the runner. What is refused is forgotten, so that
/// nobody looks at it.
void check_paths(disk::ConfigValues& file, core::Problems& problems) {
  for (const char* name : {"files", "body_path", "changelog_path"}) {
    const auto value = file.inputs.find(name);
    if (value == file.inputs.end()) continue;
    const auto [text, where] = value->second;
    for (const std::string& line : core::lines(text)) {
      const auto paths = paths_of(line);
      if (std::none_of(paths.begin(), paths.end(), leads_out)) continue;
      file.inputs.erase(name);
      problems.add(
          fmt::format("{}: {}: '{}' may lead out of the workspace, and this file comes from "
                      "the checkout",
                      where, name, core::one_line(line)),
          "Set it as an input in the workflow.");
    }
  }
}

/// An input wins over the file. The three that give the notes' text are one: it does so for all.
void fill_in(Values& values, const disk::ConfigValues& file) {
  const std::vector<std::string> texts = {"body", "body_path", "changelog_path"};
  const auto gives_text = [&](const std::string& name) {
    return std::find(texts.begin(), texts.end(), name) != texts.end();
  };
  const bool text_is_given = std::any_of(texts.begin(), texts.end(), [&](const std::string& name) {
    return !given(values, name).empty();
  });
  for (const auto& [name, value] : file.inputs) {
    if (text_is_given && gives_text(name)) continue;
    if (given(values, name).empty()) values[name] = {value.text, value.where};
  }
}

}  // namespace

Config read_config(const Invocation& invocation, const runner::Environment& environment,
                   core::Problems& problems) {
  Values values = invocation.values;
  disk::ConfigValues file;
  if (find_option(*invocation.command, "config") != nullptr) {
    problems.collect([&] {
      file = disk::read_config_values(read_file(values, environment), config_keys(), problems);
      check_paths(file, problems);
      fill_in(values, file);
    });
  }
  Config config = parse_config(*invocation.command, values, problems);
  config.downloads_table = std::move(file.downloads);
  config.notes_layout = std::move(file.notes);
  return config;
}
