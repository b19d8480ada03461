// SPDX-License-Identifier: MIT
// Whose rights the launcher uses. What belongs to the application's own user is read and changed with that
// user's rights only, so that a link which the application has made leads no further than it can go itself.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace launcher {

struct Account {
  unsigned user = 0;
  unsigned group = 0;
};

/// The owner of the folder, if this process is root and the owner is somebody else; always nullopt on
/// Windows.
std::optional<Account> other_owner_of(const std::filesystem::path& folder);

/// Gives this thread the rights of the account, for files and processes, while it exists. Does nothing for
/// nullopt, or where root may not become somebody else.
class ActAs {
 public:
  explicit ActAs(const std::optional<Account>& account);
  ~ActAs();
  ActAs(const ActAs&) = delete;
  ActAs& operator=(const ActAs&) = delete;

 private:
  bool is_changed_ = false;
  Account before_;
  std::vector<unsigned> groups_;  ///< from before, too
};

/// Makes the account the owner of the folder, unless it is already, or a link is in its place. Throws FileError.
void give_folder(const std::filesystem::path& folder, const Account& account);

unsigned own_user();  ///< 0: root, which nobody is on Windows

}  // namespace launcher
