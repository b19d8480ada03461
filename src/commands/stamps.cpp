// SPDX-License-Identifier: MIT
#include "commands/stamps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "commands/cargo_workspace.hpp"
#include "commands/package_workspace.hpp"
#include "commands/workspace_directories.hpp"
#include "core/error.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "core/version/lock_files.hpp"
#include "core/version/npm.hpp"
#include "core/version/pnpm.hpp"
#include "core/version/toml.hpp"
#include "core/version/uv.hpp"

namespace commands {
namespace {

using core::VersionPlace;

constexpr const char* stamp_option = "stamp";
constexpr const char* manifest_of_npm = "package.json";

/// The first file with one of these names in `directory` or above, within the workspace.
std::optional<std::string> find_above(const disk::Workspace& workspace,
                                      const std::string& directory,
                                      const std::vector<std::string>& names) {
  std::optional<std::string> found;
  nearest_directory(workspace, directory, [&](const std::string& one) {
    for (const std::string& name : names) {
      const std::string path = path_below(one, name);
      if (!found && workspace.has(path)) found = path;
    }
    return found.has_value();
  });
  return found;
}

/// The directory of `file`, relative to that of `lock`.
std::string directory_from(const std::string& lock, const std::string& file) {
  const auto or_here = [](const std::string& directory) {
    return directory.empty() ? "." : directory;
  };
  return path_below(core::path_from(or_here(directory_of(lock)), or_here(directory_of(file))), "");
}

template <typename Change>
std::string within_file(const std::string& path, Change change) {
  return core::within(fmt::format("{}: {}", stamp_option, path), change);
}

/// Writes the new version into the requirements of `manifest` on the `versioned` packages.
std::string with_requirements(const std::string& manifest, const std::string& directory,
                              const std::set<std::string>& versioned, const std::string& version) {
  std::vector<core::Replacement> replacements;
  for (const auto& one : core::read_cargo_manifest(manifest).requirements) {
    if (!versioned.contains(path_below(directory, one.path))) continue;
    replacements.push_back(
        {one.version, core::stamped_requirement(one.version.in(manifest), version)});
  }
  return core::with_replacements(manifest, std::move(replacements));
}

}  // namespace

Stamps::Stamps(const std::string& stamp_lines, const core::BuildVersion& build,
               const disk::Workspace& workspace, core::Problems& problems)
    : workspace_(workspace), tag_(build.tag) {
  std::vector<VersionPlace> places;
  for (const std::string& line : core::lines(stamp_lines)) {
    if (core::trim(line).empty()) continue;
    problems.collect([&] {
      places.push_back(core::within(stamp_option, [&] { return core::parse_version_place(line); }));
      if (places.back().kind != VersionPlace::Kind::lock) stamp(places.back());
    });
  }
  if (!problems.empty()) return;
  for (const VersionPlace& place : places) problems.collect([&] { stamp_followers(place); });
}

Stamps::File& Stamps::file_at(const std::string& path) {
  disk::Replacement place =
      workspace_.replacement(path, stamp_option, disk::Workspace::Links::followed);
  for (File& file : files_) {
    if (file.place.is_of_same_place_as(place)) return file;
  }
  const std::string text = place.read(disk::text_limit);
  return files_.emplace_back(File{std::move(place), text, text});
}

void Stamps::stamp(const VersionPlace& place) {
  File& file = file_at(place.path);
  // Changes by earlier lines are kept.
  const std::string text =
      core::within(stamp_option, [&] { return core::stamped(place, file.text, tag_); });
  lines_.push_back({place.path, text != file.text});
  file.text = text;
}

/// The files that have to change together with the manifest of `place`; a named lock file itself.
void Stamps::stamp_followers(const VersionPlace& place) {
  using Kind = VersionPlace::Kind;
  if (place.kind == Kind::pattern || place.kind == Kind::cmake) return;
  const std::string directory = directory_of(place.path);
  const bool is_lock = place.kind == Kind::lock;
  const std::string name = core::last_name_of(place.path);
  VersionPlace manifest = place;
  if (is_lock) {
    lines_.push_back({place.path, false});
    manifest =
        core::parse_version_place(path_below(directory, std::string(core::manifest_of_lock(name))));
  }
  const std::string version =
      core::within(stamp_option, [&] { return core::spelling_for(manifest, tag_); });
  const auto lock_in = [&](const std::vector<std::string>& names) {
    return is_lock ? std::optional(place.path) : find_above(workspace_, directory, names);
  };
  if (manifest.kind == Kind::cargo) {
    if (!is_lock) stamp_cargo_workspace(manifest.path, version);
    const std::string root = is_lock ? "" : CargoWorkspace(manifest.path, workspace_).root();
    const std::string lock = is_lock ? place.path : path_below(root, "Cargo.lock");
    if (is_lock || workspace_.has(lock)) stamp_cargo_lock(lock, manifest.path, version);
  } else if (manifest.kind == Kind::pyproject) {
    if (!is_lock) stamp_uv_workspace(manifest.path, version);
    if (const auto lock = lock_in({"uv.lock"})) stamp_uv_lock(*lock, manifest.path, version);
  } else {
    const auto lock = lock_in({"npm-shrinkwrap.json", "package-lock.json"});
    if (lock) stamp_package_lock(*lock, manifest.path, version);
    if (!is_lock) stamp_npm_workspace(manifest.path, lock.value_or(""), version);
    if (!is_lock) stamp_pnpm_workspace(manifest.path, version);
  }
}

/// Stamps the requirements of other packages of the workspace, which would otherwise not be met any more.
void Stamps::stamp_cargo_workspace(const std::string& manifest, const std::string& version) {
  const CargoWorkspace cargo(manifest, workspace_);
  const auto versioned = cargo.versioned();
  for (const auto& [directory, one] : cargo.manifests()) {
    const std::string path = path_below(directory, "Cargo.toml");
    if (one.requirements.empty()) continue;
    const std::string before = file_at(path).text;
    const std::string text = with_requirements(before, directory, versioned, version);
    if (text != before) follow(path, text);
  }
}

/// Stamps the requirements of other packages of the workspace on this one, and the copies of these
/// requirements in the lock file, which `npm ci` compares.
void Stamps::stamp_npm_workspace(const std::string& manifest, const std::string& lock,
                                 const std::string& version) {
  const std::string package = core::read_npm_manifest(file_at(manifest).text).name;
  if (package.empty()) return;
  const auto changed = [&](std::string_view requirement) {
    return core::stamped_requirement(requirement, version);
  };
  for (const std::string& directory :
       find_package_workspace(workspace_, directory_of(manifest), npm_form).directories) {
    const std::string path = path_below(directory, manifest_of_npm);
    const std::string before = file_at(path).text;
    const std::string text = within_file(
        path, [&] { return core::with_npm_requirements(before, {}, package, changed); });
    if (text == before) continue;
    follow(path, text);
    if (lock.empty()) continue;
    const std::vector<std::string> entry = {"packages", directory_from(lock, path)};
    follow(lock, within_file(lock, [&] {
             return core::with_npm_requirements(file_at(lock).text, entry, package, changed);
           }));
  }
}

/// The same for pnpm. Only what the workspace itself has to meet is stamped: "workspace:^1.2.0", and
/// what the lock file links to the package. Other requirements are met from a registry.
void Stamps::stamp_pnpm_workspace(const std::string& manifest, const std::string& version) {
  const std::string package = core::read_npm_manifest(file_at(manifest).text).name;
  if (package.empty()) return;
  const auto found = find_package_workspace(workspace_, directory_of(manifest), pnpm_form);
  const std::string lock = path_below(found.root, "pnpm-lock.yaml");
  for (const std::string& directory : found.directories) {
    const std::string path = path_below(directory, manifest_of_npm);
    std::vector<core::Replacement> copies;
    bool is_linked = false;
    if (workspace_.has(lock)) {
      const std::string importer = directory_from(lock, path);
      const std::string text = file_at(lock).text;
      for (const auto& one :
           core::pnpm_requirements(text, importer.empty() ? "." : importer, package)) {
        if (!one.is_linked) continue;
        is_linked = true;
        copies.push_back(
            {one.text, core::stamped_workspace_requirement(one.text.in(text), version)});
      }
      follow(lock, core::with_replacements(text, std::move(copies)));
    }
    const auto changed = [&](std::string_view requirement) {
      const bool is_met_here = is_linked || core::is_workspace_requirement(requirement);
      return is_met_here ? core::stamped_workspace_requirement(requirement, version)
                         : std::string(requirement);
    };
    follow(path, within_file(path, [&] {
             return core::with_npm_requirements(file_at(path).text, {}, package, changed);
           }));
  }
}

void Stamps::stamp_uv_workspace(const std::string& manifest, const std::string& version) {
  const std::string package = core::read_uv_manifest(file_at(manifest).text).name;
  if (package.empty()) return;
  for (const std::string& directory :
       find_package_workspace(workspace_, directory_of(manifest), uv_form).directories) {
    const std::string path = path_below(directory, "pyproject.toml");
    const std::string before = file_at(path).text;
    const std::string text = core::stamped_python_requirements(before, package, version);
    if (text != before) follow(path, text);
  }
}

void Stamps::stamp_cargo_lock(const std::string& lock, const std::string& manifest,
                              const std::string& version) {
  const CargoWorkspace cargo(manifest, workspace_);
  std::set<std::string> names;
  for (const std::string& directory : cargo.versioned()) {
    names.insert(cargo.manifests().at(directory).name);
  }
  follow(lock, core::stamped_cargo_lock(file_at(lock).text, names, version));
}

void Stamps::stamp_uv_lock(const std::string& lock, const std::string& manifest,
                           const std::string& version) {
  const std::string text = workspace_.read(manifest, stamp_option);
  const auto names = core::toml_strings(text, {"project", "name"});
  if (names.empty()) return;
  follow(lock, core::stamped_uv_lock(file_at(lock).text, names.front().in(text), version));
}

void Stamps::stamp_package_lock(const std::string& lock, const std::string& manifest,
                                const std::string& version) {
  follow(lock, within_file(lock, [&] {
           return core::stamped_package_lock(file_at(lock).text, directory_from(lock, manifest),
                                             version);
         }));
}

/// Stores `text` as the new content of the file at `path`. Each file is reported once.
void Stamps::follow(const std::string& path, const std::string& text) {
  File& file = file_at(path);
  const bool is_changed = file.text != text;
  file.text = text;
  const auto told = std::find_if(lines_.begin(), lines_.end(),
                                 [&](const Line& line) { return line.path == path; });
  if (told != lines_.end()) {
    told->is_changed = told->is_changed || is_changed;
  } else if (is_changed) {
    lines_.push_back({path, is_changed});
  }
}

void Stamps::write() {
  std::erase_if(files_, [](const File& file) { return file.text == file.before; });
  for (File& file : files_) file.place.write(file.text);
  for (File& file : files_) file.place.commit();
}

}  // namespace commands
