// SPDX-License-Identifier: MIT
#include "launcher/snapshot.hpp"

#include <algorithm>
#include <cerrno>

#include "core/text/json.hpp"
#include "core/text/path.hpp"
#include "core/update/relative_path.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

constexpr std::size_t max_list = 1 << 20;  // bytes
constexpr const char* list_name = "list.json";

Path with(Path path, const char* ending) { return path += ending; }

/// Without those that lie below another one, and so are saved with it.
std::vector<std::string> outermost(std::vector<std::string> paths) {
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  const std::vector<std::string> all = paths;
  std::erase_if(paths, [&](const std::string& path) {
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& other) { return path.starts_with(other + "/"); });
  });
  return paths;
}

/// A database returned beside a foreign -wal would be corrupt, so they go together.
std::vector<std::string> with_siblings(const std::vector<std::string>& paths) {
  std::vector<std::string> all;
  for (const std::string& path : paths) {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) all.push_back(path + ending);
  }
  return all;
}

/// A link in the place of a folder would lead out of data/.
void check_no_link_above(const Path& data, const std::string& place) {
  Path at = data;
  const Path above = core::path_of(place).parent_path();
  for (const Path& part : above) {
    at /= part;
    if (entry_at(at) != Entry::link) continue;
    throw core::Error(core::Fault::failed, at.string() + " is a link");
  }
}

}  // namespace

Snapshot::Snapshot(const Folder& folder, FileSystem& files, const std::string& version)
    : files_(files),
      data_(folder.data()),
      owner_(other_owner_of(data_)),
      folder_(folder.snapshot(version)),
      returned_(with(folder_, ".returned")),
      failed_(with(folder_, ".failed")) {}

bool Snapshot::exists() const {
  return entry_at(folder_ / list_name) == Entry::file ||
         entry_at(returned_ / list_name) == Entry::file;
}

void Snapshot::take(const std::vector<std::string>& paths) {
  const Path part = with(folder_, ".part");
  for (const Path& stale : {part, returned_, failed_}) files_.to_trash(stale);
  // The application could exchange files of its own in it for links.
  if (owner_) files_.make_private_folder(part.parent_path());
  files_.make_folders(part / "data");
  const std::vector<std::string> all = outermost(with_siblings(paths));
  for (const std::string& place : all) save(part, place);
  files_.write_durably(part / list_name, core::JsonObject().add("places", all).text());
  files_.move(part, folder_);
}

bool Snapshot::is_in_data(const std::string& place) const {
  const ActAs owner(owner_);
  check_no_link_above(data_, place);
  return entry_at(data_ / core::path_of(place)) != Entry::absent;
}

void Snapshot::save(const Path& part, const std::string& place) {
  if (!is_in_data(place)) return;
  const Path from = data_ / core::path_of(place);
  const Path to = part / "data" / core::path_of(place);
  files_.make_folders(to.parent_path());
  files_.copy_tree(from, to, {.from = owner_});
  files_.sync_folder(to.parent_path());
}

void Snapshot::give_back() {
  if (entry_at(folder_) == Entry::absent && entry_at(returned_) == Entry::folder) return;
  for (const std::string& place : places()) return_place(place);
  files_.move(folder_, returned_);
}

void Snapshot::return_place(const std::string& place) {
  move_aside(place);
  const Path saved = folder_ / "data" / core::path_of(place);
  if (entry_at(saved) == Entry::absent) return;
  const Path to = data_ / core::path_of(place);
  make_folders_in_data(to.parent_path());
  files_.copy_tree(saved, to, {.to = owner_});
  const ActAs owner(owner_);
  files_.sync_folder(to.parent_path());
}

void Snapshot::make_folders_in_data(const Path& folder) {
  const ActAs owner(owner_);
  files_.make_folders(folder);
}

/// If a place is already aside, an earlier attempt moved it there, and what is in its place now is an
/// incomplete copy.
void Snapshot::move_aside(const std::string& place) {
  if (!is_in_data(place)) return;
  const Path from = data_ / core::path_of(place);
  const Path to = failed_ / core::path_of(place);
  const bool is_copy = entry_at(to) != Entry::absent;
  // No rename can use the rights of two users.
  if (owner_) return is_copy ? remove_in_data(from) : copy_aside(from, to);
  try {
    is_copy ? files_.to_trash(from) : files_.move(from, to);
  } catch (const FileError& error) {
    if (error.code != EXDEV) throw;  // data/ may be on another file system
    is_copy ? remove_in_data(from) : copy_aside(from, to);
  }
}

void Snapshot::copy_aside(const Path& from, const Path& to) {
  const auto is_data = [&] {
    const ActAs owner(owner_);
    const Entry entry = entry_at(from);
    return entry == Entry::file || entry == Entry::folder;
  };
  if (is_data()) {
    files_.make_folders(to.parent_path());
    files_.copy_whole(from, to, {.from = owner_, .leaves_out = true});
  }
  remove_in_data(from);
}

void Snapshot::remove_in_data(const Path& path) {
  const ActAs owner(owner_);
  files_.remove_tree(path);
}

std::vector<std::string> Snapshot::places() const {
  const auto text = text_of(folder_ / list_name, max_list);
  if (!text) {
    throw core::Error(core::Fault::failed, (folder_ / list_name).string() + " does not exist");
  }
  std::vector<std::string> all = core::Json::parse(*text).strings("places");
  for (const std::string& place : all) {
    if (!core::is_inside(place)) {
      throw core::Error(core::Fault::failed, "the snapshot names '" + place + "'");
    }
  }
  return all;
}

}  // namespace launcher
