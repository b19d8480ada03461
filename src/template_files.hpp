// SPDX-License-Identifier: MIT
// The files that `init` writes: those of examples/python-app, and of examples/workflows the release.yml
// of other kinds of projects, put into the program when it is built (cmake/embed.cmake).
#pragma once

#include <string_view>
#include <vector>

struct TemplateFile {
  std::string_view path;  ///< below examples/
  std::string_view text;
};

/// Ordered by their paths.
const std::vector<TemplateFile>& template_files();
