// SPDX-License-Identifier: MIT
#include "launcher/rights.hpp"

#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "disk/descriptor.hpp"
#include "launcher/file_calls.hpp"

namespace launcher {
namespace {

/// Of this thread only, unlike the function of the C library.
bool set_own_groups(const std::vector<unsigned>& groups) {
  return syscall(SYS_setgroups, groups.size(), groups.data()) == 0;
}

std::vector<unsigned> own_groups() {
  std::vector<unsigned> groups(static_cast<std::size_t>(std::max(0, getgroups(0, nullptr))));
  groups.resize(static_cast<std::size_t>(
      std::max(0, getgroups(static_cast<int>(groups.size()), groups.data()))));
  return groups;
}

}  // namespace

std::optional<Account> other_owner_of(const std::filesystem::path& folder) {
  struct stat status {};
  if (geteuid() != 0 || lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      status.st_uid == 0) {
    return std::nullopt;
  }
  return Account{status.st_uid, status.st_gid};
}

// The kernel takes the rights of root over files away together with the user for files.
ActAs::ActAs(const std::optional<Account>& account) {
  if (!account) return;
  groups_ = own_groups();
  if (!set_own_groups({})) return;
  before_.group = static_cast<unsigned>(setfsgid(account->group));
  before_.user = static_cast<unsigned>(setfsuid(account->user));
  is_changed_ = true;
}

ActAs::~ActAs() {
  if (!is_changed_) return;
  setfsuid(before_.user);
  setfsgid(before_.group);
  set_own_groups(groups_);
}

void give_folder(const std::filesystem::path& folder, const Account& account) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  const disk::Descriptor opened(open(folder.c_str(), flags));
  struct stat status {};
  if (!opened || fstat(opened.get(), &status) != 0) throw FileError(errno, folder);
  if (status.st_uid == account.user && status.st_gid == account.group) return;
  if (fchown(opened.get(), account.user, account.group) != 0) throw FileError(errno, folder);
}

unsigned own_user() { return geteuid(); }

}  // namespace launcher
