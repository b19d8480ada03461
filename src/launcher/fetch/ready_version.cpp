// SPDX-License-Identifier: MIT
#include "launcher/fetch/ready_version.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <system_error>

#include "core/text/text.hpp"
#include "core/update/release_file.hpp"
#include "disk/anywhere.hpp"
#include "disk/open.hpp"
#include "launcher/fetch/disk_error.hpp"
#include "launcher/fetch/entry_name.hpp"
#include "launcher/fetch/fetch_error.hpp"

namespace fetch {
namespace {

namespace fs = std::filesystem;

core::ReleaseFile read_release_file(const fs::path& folder) {
  const fs::path path = folder / "current" / core::release_file_name;
  try {
    return core::parse_release_file(
        disk::read_anywhere(path.string(), core::release_file_name, core::max_release_file));
  } catch (const core::Error& error) {
    throw refusal(fmt::format("the archive was refused: {}", error.message));
  }
}

}  // namespace

ReadyVersion::ReadyVersion(const fs::path& updater, const Update& update)
    : updater_(updater), update_(update) {
  const std::string& name = update.version.text;
  const std::string fault =
      name.find('/') == std::string::npos ? fault_of_path(name) : "contains a slash";
  if (!fault.empty()) throw refusal(fmt::format("the version {} {}", core::one_line(name), fault));
  path_ = updater_ / "ready" / name;
}

bool ReadyVersion::exists() const {
  // Only the note is left of a version that is in use.
  std::error_code error;
  if (!fs::exists(path_ / "current" / core::release_file_name, error)) return false;
  std::ifstream file(path_ / payload_note, std::ios::binary);
  const std::string digest{std::istreambuf_iterator<char>(file), {}};
  return digest == update_.payload_digest;
}

void ReadyVersion::fill(const PayloadFile& payload) {
  std::error_code error;
  fs::create_directories(path_.parent_path(), error);
  if (error) throw_disk_error(error.value(), path_.parent_path());
  NewFolder folder(path_);
  unpack(payload, folder);
  check_content(folder);
  folder.add_text(payload_note, update_.payload_digest);
  move_old_away();
  folder.commit();
}

void ReadyVersion::check_content(const NewFolder& folder) const {
  const core::ReleaseFile content = read_release_file(folder.part());
  if (content.app == update_.manifest.app && content.version == update_.manifest.version) return;
  throw refusal(fmt::format("the archive was refused: it contains {} {}, and {} {} was signed",
                            core::one_line(content.app), core::one_line(content.version),
                            update_.manifest.app, update_.manifest.version));
}

void ReadyVersion::move_old_away() const {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path_, error))) return;
  const fs::path trash = updater_ / "trash";
  fs::create_directories(trash, error);
  const fs::path target = trash / fmt::format("ready-{}", update_.version.text);
  disk::remove_all(target);
  fs::rename(path_, target, error);
  if (error) throw_disk_error(error.value(), path_);
  disk::remove_all(target);  // otherwise it is deleted later
}

}  // namespace fetch
