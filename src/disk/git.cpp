// SPDX-License-Identifier: MIT
#include "disk/git.hpp"

#include <filesystem>
#include <initializer_list>
#include <map>
#include <optional>

#include "core/error.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/child.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) { return core::with_slashes(path.string()); }

bool is_within(const fs::path& path, const fs::path& directory) {
  const auto relative = path.lexically_relative(directory);
  return !relative.empty() && *relative.begin() != "..";
}

/// The directory that contains the .git. Git itself would also search above the workspace, where
/// another user may have put one, and would accept any directory that looks like a repository,
/// which a commit may contain.
std::optional<fs::path> find_checkout(const std::string& directory, const std::string& workspace) {
  std::error_code error;
  const fs::path top = fs::canonical(core::path_of(workspace), error);
  if (error) return std::nullopt;
  fs::path here = fs::canonical(core::path_of(directory), error);
  if (error) return std::nullopt;
  for (;; here = here.parent_path()) {
    if (fs::exists(fs::symlink_status(here / ".git", error))) return here;
    if (here == top || !is_within(here, top)) return std::nullopt;
  }
}

/// Git reads only the repository's own configuration, and starts no program from it: a repository
/// can name programs in `core.sshCommand`, `remote.*.uploadpack`, `core.fsmonitor`, hooks …
std::map<std::string, std::string> environment_of(const fs::path& checkout) {
  return {
      {"GIT_DIR", text_of(checkout / ".git")},
      {"GIT_CEILING_DIRECTORIES", text_of(checkout.parent_path())},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_CONFIG_SYSTEM", "/dev/null"},
      {"GIT_CONFIG_GLOBAL", "/dev/null"},
      {"HOME", "/dev/null"},  // git before 2.32 does not know the two variables above
      {"XDG_CONFIG_HOME", "/dev/null"},
      {"GIT_ATTR_NOSYSTEM", "1"},
      // A partial clone fetches missing objects. The first variable prevents that in git 2.45 and
      // later. In older versions the fetch starts, but the empty list in the second allows it no
      // transport, and no configuration can extend that list (the repository's `protocol.ext.allow`
      // would overrule `protocol.allow`).
      {"GIT_NO_LAZY_FETCH", "1"},
      {"GIT_ALLOW_PROTOCOL", ""},
      {"GIT_SSH_COMMAND", "false"},
      {"GIT_ASKPASS", "false"},
      {"GIT_TERMINAL_PROMPT", "0"},
      {"GIT_OPTIONAL_LOCKS", "0"},
      {"GIT_PAGER", "cat"},
      {"LC_ALL", "C"},
  };
}

std::vector<std::string> settings_of(const fs::path& checkout) {
  // safe.directory: in a container the checkout often belongs to another user.
  return {"safe.directory=" + text_of(checkout),
          "safe.bareRepository=explicit",
          "protocol.allow=never",
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "core.sshCommand=false",
          "core.askPass=false",
          "core.alternateRefsCommand=true",
          "credential.helper=",
          "gc.auto=0",
          "maintenance.auto=false"};
}

/// What git prints; "" where there is no checkout, or git ends with a failure.
std::string output_of_git(const std::string& directory, const std::string& workspace,
                          std::initializer_list<const char*> arguments, const std::string& hint) {
  const auto checkout = find_checkout(directory, workspace);
  if (!checkout) return {};
  Child git;
  git.program = "git";
  git.environment = environment_of(*checkout);
  git.arguments = {"--no-pager", "-C", text_of(*checkout)};
  for (const std::string& setting : settings_of(*checkout)) {
    git.arguments.insert(git.arguments.end(), {"-c", setting});
  }
  git.arguments.insert(git.arguments.end(), arguments.begin(), arguments.end());
  try {
    return output_of(git).value_or("");
  } catch (core::Error& error) {
    error.hint = "Check the repository in " + text_of(*checkout) + hint;
    throw;
  }
}

}  // namespace

std::vector<std::string> tags_of_head(const std::string& directory, const std::string& workspace) {
  return core::lines(output_of_git(
      directory, workspace,
      {"for-each-ref", "--points-at=HEAD", "--format=%(refname:strip=2)", "refs/tags"},
      ", or set 'tag_name'."));
}

std::vector<std::string> all_tags(const std::string& directory, const std::string& workspace) {
  return core::lines(output_of_git(
      directory, workspace, {"for-each-ref", "--format=%(refname:strip=2)", "refs/tags"}, "."));
}

std::string origin_url(const std::string& directory, const std::string& workspace) {
  const auto printed =
      core::lines(output_of_git(directory, workspace, {"remote", "get-url", "origin"}, "."));
  return printed.empty() ? "" : printed.front();
}

}  // namespace disk
