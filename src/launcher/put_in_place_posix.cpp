// SPDX-License-Identifier: MIT
#include "launcher/replace_launcher.hpp"

namespace launcher {

void put_in_place(FileSystem& files, const Path& candidate, const Path& launcher) {
  files.replace(candidate, launcher);
  files.sync_folder(launcher.parent_path());
}

}  // namespace launcher
