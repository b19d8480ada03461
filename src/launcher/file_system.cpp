// SPDX-License-Identifier: MIT
#include "launcher/file_system.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "core/text/path.hpp"
#include "disk/open.hpp"
#include "launcher/reads.hpp"
#include "launcher/system_calls.hpp"

namespace launcher {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using std::filesystem::path;

path part_of(const path& file) { return path(file) += ".part"; }

std::string unique_name() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

/// The result of `act`, which is done with the rights of `account`.
template <typename Act>
auto as(const std::optional<Account>& account, Act&& act) {
  const ActAs rights(account);
  return act();
}

}  // namespace

void FileSystem::write_part(const path& part, std::string_view text, unsigned mode,
                            bool is_durable) {
  const disk::Descriptor file = calls_.create(part, mode);
  calls_.write(file, part, text);
  if (is_durable) calls_.sync(file, part);
}

void FileSystem::write_durably(const path& file, std::string_view text, unsigned mode) {
  write_part(part_of(file), text, mode, true);
  rename_patiently(part_of(file), file);
  calls_.sync_folder(file.parent_path());
}

void FileSystem::write_whole(const path& file, std::string_view text, unsigned mode) {
  write_part(part_of(file), text, mode, false);
  calls_.rename(part_of(file), file);
}

void FileSystem::append(const path& file, std::string_view text) {
  calls_.write(calls_.append(file, 0644), file, text);
}

void FileSystem::replace(const path& from, const path& to) { calls_.rename(from, to); }

void FileSystem::make_folders(const path& folder) {
  if (entry_at(folder) == Entry::folder) return;
  make_folders(folder.parent_path());
  calls_.make_folder(folder, 0755);
  calls_.sync_folder(folder.parent_path());
}

void FileSystem::make_private_folder(const path& folder) {
  constexpr unsigned for_this_user = 0700;
  make_folders(folder);
  calls_.set_mode(folder, for_this_user);
}

void FileSystem::rename_patiently(const path& from, const path& to) {
  constexpr milliseconds longest_pause{1000};
  const auto deadline = steady_clock::now() + patience_;
  for (milliseconds pause{20};; pause = std::min(2 * pause, longest_pause)) {
    try {
      return calls_.rename(from, to);
    } catch (const FileError& error) {
      if (!system_calls::is_passing(error.code) || steady_clock::now() + pause > deadline) throw;
    }
    std::this_thread::sleep_for(pause);
  }
}

void FileSystem::move(const path& from, const path& to) {
  to_trash(to);
  make_folders(to.parent_path());
  rename_patiently(from, to);
  calls_.sync_folder(to.parent_path());
  calls_.sync_folder(from.parent_path());
}

void FileSystem::to_trash(const path& where) {
  if (entry_at(where) == Entry::absent) return;
  make_folders(trash_);
  rename_patiently(where, trash_ / unique_name());
  calls_.sync_folder(where.parent_path());
}

void FileSystem::remove_tree(const path& where) {
  const Entry entry = entry_at(where);
  if (entry == Entry::absent) return;
  if (entry != Entry::folder) return calls_.remove_file(where);
  for (const std::string& name : names_in(where)) remove_tree(where / core::path_of(name));
  calls_.remove_folder(where);
}

void FileSystem::empty_trash() noexcept {
  for (const std::string& name : names_in(trash_)) {
    try {
      remove_tree(trash_ / name);
    } catch (const FileError&) {  // at the next start
    }
  }
}

void FileSystem::refuse_copy(const path& where, const char* why) {
  throw core::Error(core::Fault::failed, fmt::format("{} {}", where.string(), why));
}

void FileSystem::copy_tree(const path& from, const path& to, const CopyRights& rights) {
  switch (as(rights.from, [&] { return entry_at(from); })) {
    case Entry::file:
      return copy_file(from, to, rights);
    case Entry::folder:
      return copy_folder(from, to, rights);
    case Entry::link:
      if (!rights.leaves_out) refuse_copy(from, "is a link");
      return;
    default:
      return;
  }
}

void FileSystem::copy_folder(const path& from, const path& to, const CopyRights& rights) {
  as(rights.to, [&] { calls_.make_folder(to, 0700); });
  for (const std::string& name : as(rights.from, [&] { return names_in(from); })) {
    const path part = core::path_of(name);
    copy_tree(from / part, to / part, rights);
  }
  copy_attributes(from, to, rights);
  as(rights.to, [&] { calls_.sync_folder(to); });
}

void FileSystem::copy_attributes(const path& from, const path& to, const CopyRights& rights) {
  constexpr unsigned permissions = 0777;
  system_calls::Attributes attributes;
  const auto look = [&] { return system_calls::attributes_of(from, attributes); };
  if (as(rights.from, look) != 0) throw FileError(errno, from);
  if (rights.from || rights.to) {
    return as(rights.to, [&] { calls_.set_mode(to, attributes.mode & permissions); });
  }
  if (system_calls::may_set_owner()) calls_.set_owner(to, attributes.user, attributes.group);
  calls_.set_mode(to, attributes.mode);
}

void FileSystem::copy_file(const path& from, const path& to, const CopyRights& rights) {
  const disk::Descriptor source =
      as(rights.from, [&] { return disk::open_to_read(from, disk::Links::refuse); });
  system_calls::Attributes attributes;
  if (!source || system_calls::attributes_of(source.get(), attributes) != 0) {
    throw FileError(errno, from);
  }
  if (attributes.names != 1) {
    if (rights.leaves_out) return;
    refuse_copy(from, "has a second name (a hard link)");
  }
  constexpr unsigned private_at_first = 0600;
  const disk::Descriptor target =
      as(rights.to, [&] { return calls_.create(to, private_at_first); });
  copy_content(source, from, target, to);
  copy_attributes(from, to, rights);
  calls_.sync(target, to);
}

void FileSystem::copy_content(const disk::Descriptor& source, const path& from,
                              const disk::Descriptor& target, const path& to) {
  std::vector<char> block(std::size_t{1} << 20);
  for (;;) {
    const int count = system_calls::read(source.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(errno, from);
    if (count == 0) return;
    calls_.write(target, to, {block.data(), static_cast<std::size_t>(count)});
  }
}

/// `to` and the folders around it are always those of this process.
void FileSystem::copy_whole(const path& from, const path& to, const CopyRights& rights) {
  remove_tree(part_of(to));
  copy_tree(from, part_of(to), rights);
  calls_.rename(part_of(to), to);
  calls_.sync_folder(to.parent_path());
}

}  // namespace launcher
