// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "launcher/arguments.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

struct CommandContext {
  const Folder& folder;
  FileSystem& files;
  const Arguments& arguments;
};

struct CommandResult {
  int status = 0;
  std::string message = {};  ///< "" if everything has been printed
};

}  // namespace launcher
