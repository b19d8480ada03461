// SPDX-License-Identifier: MIT
#include "inputs/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/config_file.hpp"
#include "disk/config_values.hpp"
#include "disk/workspace.hpp"
#include "inputs/parse.hpp"

namespace inputs {
namespace {

constexpr const char* default_file = ".gitea/release.yml";

const Option* find_option(const Command& command, std::string_view name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(),
                                  [name](const Option& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

/// All commands read the same file, so it may contain the inputs of any of them.
disk::ConfigKeys config_keys() {
  disk::ConfigKeys keys;
  for (const Command& command : command_table()) {
    if (!reads_config(command)) continue;
    for (const Option& option : command.options) {
      auto& list = !may_be_in_config(option.name) ? keys.refused
                   : option.line_each             ? keys.lists
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

/// Inputs that are a path, and not a pattern.
constexpr const char* path_inputs[] = {"body_path", "changelog_path",    "notes_path", "config",
                                       "directory", "working_directory", "key_path"};

/// `values`: Values, or the inputs of the configuration file.
template <typename Map>
void with_slashes_in_paths(Map& values) {
  for (const char* name : path_inputs) {
    const auto found = values.find(name);
    if (found != values.end()) found->second.text = core::with_slashes(found->second.text);
  }
}

/// Reads the file that is named, or else the default file; empty if there is none.
disk::ConfigTree read_file(const Values& values, const std::string& root) {
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

/// Whether a path may lead out of the directory where it starts.
bool leads_out(const std::string& path) {
  const auto segments = core::segments(path);
  return core::is_rooted_path(path) || path.starts_with('~') ||
         std::any_of(segments.begin(), segments.end(),
                     [](const std::string& segment) { return core::unescaped(segment) == ".."; });
}

/// The patterns in a line of `files`, without the new name.
std::vector<std::string> paths_of(const std::string& line) {
  const std::string path = core::split_named_path(line).path;
  try {
    return core::expand_braces(path);
  } catch (const core::Error&) {
    return {path};  // not a valid pattern; it is reported where it is used
  }
}

/// A checkout must not publish files from elsewhere on the runner. Rejected values are removed, so
/// that nothing opens them.
void check_paths(disk::ConfigValues& file, core::Problems& problems) {
  for (const char* name : {"files", "body_path", "changelog_path"}) {
    const auto value = file.inputs.find(name);
    if (value == file.inputs.end()) continue;
    const auto [text, where] = value->second;
    for (const std::string& line : core::lines(text)) {
      const auto paths = paths_of(line);
      if (std::none_of(paths.begin(), paths.end(), leads_out)) continue;
      file.inputs.erase(name);
      problems.add(fmt::format("{}: {}: '{}' may lead out of the workspace, which is not allowed "
                               "because this file comes from the checkout",
                               where, name, core::one_line(line)),
                   "Set it as an input in the workflow.");
    }
  }
}

/// Inputs override the file. One of the three inputs for the text of the notes overrides all three.
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

/// Adds the settings that only the configuration file can contain.
void add_layout(Inputs& inputs, disk::ConfigValues& file) {
  std::visit(
      [&](auto& command) {
        if constexpr (requires { command.generated_notes; }) {
          command.generated_notes.layout = std::move(file.notes);
        }
      },
      inputs);
  if (auto* publish = std::get_if<Publish>(&inputs)) {
    publish->text.downloads_table = std::move(file.downloads);
    publish->update = std::move(file.update);
  } else if (auto* sign = std::get_if<Sign>(&inputs)) {
    sign->update = std::move(file.update);
  }
}

}  // namespace

bool reads_config(const Command& command) { return find_option(command, "config") != nullptr; }

bool may_be_in_config(std::string_view name) {
  constexpr std::string_view refused[] = {
      "token",  "server_url", "repository",        "ca_cert",     "insecure",
      "config", "notes_path", "working_directory", "signing_key", "signing_password"};
  return std::find(std::begin(refused), std::end(refused), name) == std::end(refused);
}

Inputs read(const Invocation& invocation, const runner::Facts& facts, core::Problems& problems) {
  Values values = invocation.values;
  with_slashes_in_paths(values);
  disk::ConfigValues file;
  if (reads_config(*invocation.command)) {
    problems.collect([&] {
      file = disk::read_config_values(read_file(values, facts.workspace), config_keys(), problems);
      with_slashes_in_paths(file.inputs);
      check_paths(file, problems);
      fill_in(values, file);
    });
  }
  Inputs inputs = parse(*invocation.command, values, problems);
  add_layout(inputs, file);
  return inputs;
}

}  // namespace inputs
