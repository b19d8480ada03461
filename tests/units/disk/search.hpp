// SPDX-License-Identifier: MIT
// A search for files, and the problems that it reported.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "disk/files.hpp"
#include "temp_dir.hpp"

namespace search {

using Strings = std::vector<std::string>;

/// The files that a search found, and the problems that it reported, one per line.
struct Found {
  Strings names;
  disk::FoundFiles all;
  Strings problems;

  bool complains(const std::string& words) const {
    for (const std::string& problem : problems) {
      if (problem.find(words) != std::string::npos) return true;
    }
    return false;
  }
};

inline Found find(const disk::Workspace& workspace, const disk::FileSearch& search) {
  Found found;
  core::Problems problems;
  found.all = find_files(workspace, search, problems);
  for (const core::LocalFile& file : found.all.files) found.names.push_back(file.name);
  try {
    problems.throw_if_any();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    found.problems = core::lines(error.message);
  }
  return found;
}

inline Found find(const TempDir& dir, const std::string& patterns) {
  return find(disk::Workspace(dir.path()), {patterns, dir.path()});
}

}  // namespace search
