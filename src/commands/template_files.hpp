// SPDX-License-Identifier: MIT
// The files that `init` writes: those of examples/python-app, and from examples/workflows the
// release.yml for other kinds of projects. cmake/embed.cmake embeds them into the program.
#pragma once

#include <string_view>
#include <vector>

struct TemplateFile {
  std::string_view path;  ///< below examples/
  std::string_view text;
};

/// Sorted by path.
const std::vector<TemplateFile>& template_files();
