// SPDX-License-Identifier: MIT
#include "launcher/fetch/unpack.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include "core/text/text.hpp"
#include "core/update/release_file.hpp"
#include "disk/descriptor.hpp"
#include "disk/open.hpp"
#include "launcher/fetch/archive_reader.hpp"
#include "launcher/fetch/disk_error.hpp"
#include "launcher/fetch/entry_name.hpp"
#include "launcher/fetch/entry_rules.hpp"
#include "launcher/fetch/fetch_error.hpp"

namespace fetch {
namespace {

constexpr std::string_view version_folder = "current";

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

/// Where the installation begins in the archive: the first entry decides.
class ArchiveLayout {
 public:
  /// The path relative to the installation; "" for the folder around it.
  std::string place_of(const std::string& path, EntryKind kind) {
    if (!top_) top_ = top_by(path, kind);
    if (top_->empty()) return path;
    if (path == *top_) return "";
    if (!is_below(path, *top_)) {
      refuse_entry(path, fmt::format("is outside of the folder '{}'", core::one_line(*top_)));
    }
    return path.substr(top_->size() + 1);
  }

 private:
  /// The folder that contains the installation, or "".
  static std::string top_by(const std::string& path, EntryKind kind) {
    std::string first = path.substr(0, path.find('/'));
    const bool is_folder = first != path || kind == EntryKind::directory;
    return is_folder && first != version_folder && first != "updater" ? first : "";
  }

  std::optional<std::string> top_;
};

disk::Descriptor open_archive(const std::filesystem::path& path) {
  disk::Descriptor file = disk::open_to_read(path, disk::Links::refuse);
  if (!file) throw_disk_error(errno, path);
  return file;
}

std::uint64_t size_of(const disk::Descriptor& file) {
  struct stat status {};
  fstat(file.get(), &status);
  return static_cast<std::uint64_t>(status.st_size);
}

class Unpacking {
 public:
  Unpacking(const PayloadFile& payload, disk::Descriptor file, NewFolder& folder)
      : launcher_(payload.launcher),
        rules_(size_of(file)),
        reader_(std::move(file), format_of_archive(payload.name)),
        folder_(folder) {}

  void run() {
    while (const auto entry = reader_.next()) {
      const std::string path = rules_.admit(*entry);
      const std::string place = layout_.place_of(path, entry->kind);
      if (entry->kind == EntryKind::link) check_target(*entry, place);
      if (is_taken(*entry, place)) take(*entry, place);
    }
    if (has_release_file_) return;
    throw refusal(fmt::format("the archive was refused: it has no {}/{}", version_folder,
                              core::release_file_name));
  }

 private:
  /// A link must not leave current/, because that folder will be moved.
  static void check_target(const Entry& entry, const std::string& place) {
    const auto depth = static_cast<std::size_t>(std::count(place.begin(), place.end(), '/'));
    const std::size_t below = is_below(place, version_folder) ? depth - 1 : depth;
    if (const std::string fault = fault_of_target(entry.target, below); !fault.empty()) {
      refuse_entry(entry.name, fault);
    }
  }

  bool is_taken(const Entry& entry, const std::string& place) const {
    const bool is_version_folder = place == version_folder;
    if (is_version_folder && entry.kind != EntryKind::directory) {
      refuse_entry(entry.name, "is not a folder");
    }
    if (place == launcher_ && entry.kind != EntryKind::file) {
      refuse_entry(entry.name, "is not a file");
    }
    return is_version_folder || is_below(place, version_folder) || place == launcher_;
  }

  void take(const Entry& entry, const std::string& place) {
    if (entry.kind == EntryKind::directory) return folder_.add_directory(place);
    if (entry.kind == EntryKind::link) return folder_.add_link(place, entry.target);
    const bool is_launcher = place == launcher_;
    std::uint64_t left = entry.size;
    folder_.add_file(place, entry.executable || is_launcher, [&](char* buffer, std::size_t size) {
      const std::size_t count = reader_.read(buffer, size);
      if (count > left) refuse_entry(entry.name, "is larger than it says");
      left -= count;
      return count;
    });
    if (left > 0) refuse_entry(entry.name, "is smaller than it says");
    if (place == fmt::format("{}/{}", version_folder, core::release_file_name)) {
      has_release_file_ = true;
    }
  }

  std::string launcher_;
  EntryRules rules_;
  ArchiveReader reader_;
  NewFolder& folder_;
  ArchiveLayout layout_;
  bool has_release_file_ = false;
};

}  // namespace

void unpack(const PayloadFile& payload, NewFolder& folder) {
  Unpacking(payload, open_archive(payload.path), folder).run();
}

}  // namespace fetch
