// SPDX-License-Identifier: MIT
#include "launcher/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

constexpr std::uint64_t max_accounts = 4 << 20;  // bytes of /etc/passwd

std::vector<std::string> fields_of(const std::string& line, char separator) {
  std::vector<std::string> fields(1);
  for (const char letter : line) {
    if (letter == separator) {
      fields.emplace_back();
    } else {
      fields.back() += letter;
    }
  }
  return fields;
}

std::optional<unsigned> number_in(const std::string& text) {
  unsigned number = 0;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return number;
}

/// The groups that list the user as a member, after its own one.
std::vector<unsigned> groups_in(std::string_view group, const std::string& name, unsigned own) {
  constexpr std::size_t fields_of_group = 4;  // name:password:number:members
  std::vector<unsigned> groups = {own};
  for (const std::string& line : core::lines(group)) {
    const std::vector<std::string> fields = fields_of(line, ':');
    if (fields.size() != fields_of_group) continue;
    const std::vector<std::string> members = fields_of(fields[3], ',');
    const auto number = number_in(fields[2]);
    if (number && std::find(members.begin(), members.end(), name) != members.end()) {
      groups.push_back(*number);
    }
  }
  return groups;
}

std::string own_text(const char* file) { return text_of(file, max_accounts).value_or(""); }

/// Root must not run an application with its own rights because the file that names a user is damaged.
std::string user_in_config(const Folder& folder) {
  try {
    return entry_at(folder.config()) == Entry::absent ? "" : config_of(folder).user;
  } catch (const core::Error&) {
    if (own_user() == 0) throw;
    return {};
  }
}

}  // namespace

std::optional<User> user_in(std::string_view passwd, std::string_view group,
                            const std::string& name) {
  constexpr std::size_t fields_of_user = 7;  // name:password:user:group:comment:home:shell
  for (const std::string& line : core::lines(passwd)) {
    const std::vector<std::string> fields = fields_of(line, ':');
    if (fields.size() != fields_of_user || fields[0] != name) continue;
    const auto user = number_in(fields[2]);
    const auto own_group = number_in(fields[3]);
    if (!user || !own_group) continue;
    return User{name, {*user, *own_group}, groups_in(group, name, *own_group), fields[5]};
  }
  return std::nullopt;
}

std::optional<User> user_of_application(const Folder& folder) {
  const std::string name = user_in_config(folder);
  if (name.empty()) return std::nullopt;
  // A static program cannot ask other sources of users than these files.
  auto user = user_in(own_text("/etc/passwd"), own_text("/etc/group"), name);
  if (!user) {
    throw core::Error(core::Fault::workflow,
                      fmt::format("/etc/passwd has no user '{}', which config.json names", name));
  }
  if (user->account.user == own_user()) return std::nullopt;
  if (own_user() == 0) return user;
  throw core::Error(core::Fault::workflow,
                    fmt::format("only root and {} may start this application", name));
}

}  // namespace launcher
