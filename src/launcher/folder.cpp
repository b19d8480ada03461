// SPDX-License-Identifier: MIT
#include "launcher/folder.hpp"

#include "core/error.hpp"
#include "core/version/version.hpp"
#include "launcher/reads.hpp"

namespace launcher {

Folder folder_of(const Path& executable) { return {executable.parent_path(), executable}; }

std::optional<core::ReleaseFile> release_in(const Path& folder) {
  try {
    const auto text = text_of(folder / core::release_file_name, core::max_release_file);
    if (text) return core::parse_release_file(*text);
  } catch (const core::Error&) {
  }
  return std::nullopt;
}

std::string version_in(const Path& folder) {
  if (const auto release = release_in(folder)) return release->version;
  return entry_at(folder) == Entry::absent ? "" : "?";
}

core::ReleaseFile release_in_use(const Folder& folder) {
  const Path file = folder.current() / core::release_file_name;
  const auto text = text_of(file, core::max_release_file);
  if (text) return core::parse_release_file(*text);
  throw core::Error(core::Fault::workflow, file.string() + " does not exist",
                    "Unpack the archive first; make a shortcut, not a copy.");
}

core::UpdateConfig config_of(const Folder& folder) {
  const auto text = text_of(folder.config(), core::max_update_config);
  if (text) return core::parse_update_config(*text);
  throw core::Error(core::Fault::workflow, folder.config().string() + " does not exist",
                    "Unpack the archive again.");
}

std::string previous_version(const Folder& folder) {
  std::string highest;
  for (const std::string& name : names_in(folder.all_previous())) {
    if (version_in(folder.previous(name)) != name) continue;
    if (highest.empty() || core::is_higher(name, highest)) highest = name;
  }
  return highest;
}

}  // namespace launcher
