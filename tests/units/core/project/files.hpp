// SPDX-License-Identifier: MIT
// A project as a map from paths to texts.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/project/project.hpp"

using Files = std::map<std::string, std::string>;

inline core::ProjectView view_of(const Files& files) {
  core::ProjectView view;
  for (const auto& [path, text] : files) view.files.insert(path);
  view.read = [files](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  };
  return view;
}

inline core::FoundProject found_in(const Files& files) {
  return core::find_project(view_of(files), "the template's");
}
