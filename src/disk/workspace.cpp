// SPDX-License-Identifier: MIT
#include "disk/workspace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/text/glob.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/anywhere.hpp"
#include "disk/at.hpp"

namespace disk {
namespace {

using Reason = Obstacle::Reason;

std::string joined(const std::string& start, const std::string& rest) {
  if (rest.empty()) return start;
  return start.empty() || start.ends_with('/') ? start + rest : start + "/" + rest;
}

/// Whether a relative path goes above its start by the `..` in it, even if it comes back.
bool climbs_out(const std::string& path) {
  int depth = 0;
  for (const std::string& name : core::segments(path)) {
    if (name == ".") continue;
    depth += name == ".." ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

Obstacle failure(const std::string& path, int error) {
  Obstacle obstacle{Reason::failed, path};
  obstacle.error = error;
  return obstacle;
}

/// Opens a directory that the workflow names; it may be a link.
std::shared_ptr<const Root> open_root(const std::string& path, const std::string& option) {
  auto root = std::make_shared<Root>();
  root->path = path;
  root->directory = open_directory(path);
  const auto status = root->directory ? status_of(root->directory) : std::nullopt;
  if (!status) {
    Obstacle obstacle = failure(path, errno);
    if (errno == ENOTDIR) obstacle.reason = Reason::not_directory;
    if (errno == ELOOP) obstacle.reason = Reason::link_loop;
    throw error_on(obstacle, option, path);
  }
  root->status = *status;
  root->real = real_path(path);
  if (root->real.empty()) root->real = path;
  return root;
}

Found found(const Status& status) {
  if (status.is_file()) return Found::file;
  return status.is_directory() ? Found::directory : Found::other;
}

}  // namespace

std::string workspace_or_here(const std::string& known) {
  return core::clean_path(absolute_path(known.empty() ? "." : known));
}

Workspace::Workspace(const std::string& root, const std::string& directory) {
  const std::string path = workspace_or_here(root);
  root_ = open_root(path, "the workspace");
  directory_ = core::clean_path(core::joined_path(path, directory));
  const auto below = part_below(*root_, directory_);
  if (!below) {
    root_ = open_root(directory_, "working_directory");
  } else {
    base_ = core::is_rooted_path(directory) ? core::clean_path("./" + *below) : directory;
  }
}

std::string Workspace::absolute(const std::string& path) const {
  return core::clean_path(core::joined_path(directory_, path));
}

bool Workspace::has_inside(const std::string& path) const {
  return part_below(*root_, absolute(path)).has_value();
}

Resolved Workspace::resolve(const std::string& path) const {
  const std::string whole = absolute(path);
  if (whole.size() >= max_path) return failure(whole, ENAMETOOLONG);
  const auto below = part_below(*root_, whole);
  if (!below) return resolve_absolute(whole, root_.get());
  const std::string written = joined(base_, path);
  return resolve_beneath(*root_,
                         core::is_rooted_path(path) || climbs_out(written) ? *below : written);
}

void Workspace::check_directory() const {
  const auto at = look(".");
  if (const auto* obstacle = std::get_if<Obstacle>(&at)) {
    throw error_on(*obstacle, "working_directory", directory_);
  }
  if (std::get<Found>(at) == Found::directory) return;
  throw core::Error(
      core::Fault::workflow,
      fmt::format("working_directory: {} is not a directory", core::one_line(directory_)),
      "Set it to an existing directory, such as the directory of the checkout.");
}

std::variant<Found, Obstacle> Workspace::look(const std::string& path) const {
  const Resolved resolved = resolve(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) {
    if (obstacle->reason == Reason::absent || obstacle->reason == Reason::not_directory) {
      return Found::nothing;
    }
    return *obstacle;
  }
  const auto& place = std::get<Place>(resolved);
  if (place.status) return found(*place.status);
  if (place.link.empty()) return Found::nothing;
  return Obstacle{Reason::link_to_none, absolute(path), place.link};
}

std::variant<std::vector<Entry>, Obstacle> Workspace::list(const std::string& path) const {
  const Resolved resolved = resolve(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) return *obstacle;
  const auto& place = std::get<Place>(resolved);
  Descriptor directory = open_to_list(place.directory, place.name);
  std::vector<Entry> entries;
  if (directory && read_entries(std::move(directory), entries)) return entries;
  Obstacle obstacle = failure(absolute(path), errno);
  if (errno == ENOENT) obstacle.reason = Reason::absent;
  if (errno == ENOTDIR) obstacle.reason = Reason::not_directory;
  return obstacle;
}

bool Workspace::is_link_to_directory(const std::string& path) const {
  const std::string whole = absolute(path);
  const Resolved resolved = resolve(core::parent_of_path(whole));
  const auto* place = std::get_if<Place>(&resolved);
  if (place == nullptr) return false;
  const Descriptor directory = open_directory_at(place->directory, place->name);
  return directory && leads_to_directory(directory, core::last_name_of(whole));
}

std::variant<File, Obstacle> Workspace::try_open(const std::string& path) const {
  const Resolved resolved = resolve(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) return *obstacle;
  const auto& place = std::get<Place>(resolved);
  if (!place.inside && !place.link.empty()) {
    return Obstacle{Reason::leads_out, absolute(path), place.link};
  }
  return open_regular(place, absolute(path));
}

File Workspace::open(const std::string& path, const std::string& option) const {
  auto opened = try_open(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&opened)) {
    throw error_on(*obstacle, option, absolute(path));
  }
  return std::get<File>(std::move(opened));
}

std::string Workspace::read(const std::string& path, const std::string& option,
                            std::uint64_t limit) const {
  if (const auto descriptor = descriptor_named(path)) {
    return read_descriptor(*descriptor, path, option, limit);
  }
  const File file = this->open(path, option);
  return whole_text(file, option, limit);
}

std::optional<std::string> Workspace::read_if_there(const std::string& path,
                                                    const std::string& option,
                                                    std::uint64_t limit) const {
  const auto at = look(path);
  const auto* found = std::get_if<Found>(&at);
  if (found != nullptr && *found == Found::nothing) return std::nullopt;
  return read(path, option, limit);
}

/// Resolves a path for writing; if it exists, it has to be a file.
Place Workspace::place_for_file(const std::string& path, const std::string& option,
                                Links links) const {
  Resolved resolved = resolve(path);
  const auto purpose = links == Links::followed ? Purpose::read : Purpose::write;
  const auto refuse = [&](const Obstacle& obstacle) {
    throw error_on(obstacle, option, absolute(path), purpose);
  };
  if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) refuse(*obstacle);
  auto& place = std::get<Place>(resolved);
  if (!place.link.empty()) {
    if (links == Links::none) refuse({Reason::link, absolute(path)});
    if (!place.inside) refuse({Reason::leads_out, absolute(path), place.link});
    if (!place.status) refuse({Reason::link_to_none, absolute(path), place.link});
  }
  if (place.status && !place.status->is_file()) {
    Obstacle obstacle{Reason::special, absolute(path)};
    obstacle.what = name_of(place.status->kind);
    refuse(obstacle);
  }
  return std::move(place);
}

Replacement Workspace::replacement(const std::string& path, const std::string& option,
                                   Links links) const {
  return {place_for_file(path, option, links), absolute(path), option};
}

Incoming Workspace::incoming(const std::string& path, const std::string& option,
                             const std::string& key, Incoming::Begin begin) const {
  return {place_for_file(path, option, Links::none), absolute(path), option, key, begin};
}

bool Workspace::has_directory(const std::string& path, const std::string& option) const {
  return find_directories(path, option, false);
}

void Workspace::make_directories(const std::string& path, const std::string& option) const {
  find_directories(path, option, true);
}

bool Workspace::find_directories(const std::string& path, const std::string& option,
                                 bool make) const {
  std::string done;
  for (const std::string& name : core::segments(path)) {
    done = joined(done, name);
    const Resolved resolved = resolve(done);
    const auto refuse = [&](const Obstacle& obstacle) {
      throw error_on(obstacle, option, absolute(done), Purpose::write);
    };
    if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) refuse(*obstacle);
    const auto& place = std::get<Place>(resolved);
    if (place.status) {
      if (!place.status->is_directory()) refuse({Reason::not_directory, absolute(done)});
      continue;
    }
    if (!place.link.empty()) refuse({Reason::link_to_none, absolute(done), place.link});
    if (!make) return false;
    const int error = make_directory_at(place.directory, place.name);
    if (error != 0 && error != EEXIST) refuse(failure(absolute(done), error));
  }
  return true;
}

bool Workspace::has(const std::string& path) const {
  const auto at = look(path);
  const auto* found = std::get_if<Found>(&at);
  return found == nullptr || *found != Found::nothing;
}

}  // namespace disk
