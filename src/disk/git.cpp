// SPDX-License-Identifier: MIT
#include "disk/git.hpp"

#include <map>
#include <optional>

#include "core/error.hpp"
#include "core/text.hpp"
#include "disk/child.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

bool is_within(const fs::path& path, const fs::path& directory) {
  const auto relative = path.lexically_relative(directory);
  return !relative.empty() && *relative.begin() != "..";
}

/// The directory with the .git. Git would also look above the workspace, where another user may have
/// put one, and take a directory for a repository that looks like one, which a commit may bring.
std::optional<fs::path> find_checkout(const fs::path& directory, const fs::path& workspace) {
  std::error_code error;
  const fs::path top = fs::canonical(workspace, error);
  if (error) return std::nullopt;
  fs::path here = fs::canonical(directory, error);
  if (error) return std::nullopt;
  for (;; here = here.parent_path()) {
    if (fs::exists(fs::symlink_status(here / ".git", error))) return here;
    if (here == top || !is_within(here, top)) return std::nullopt;
  }
}

/// Nobody's configuration but the repository's own is read, and of that nothing starts a program:
/// a repository can name some in `core.sshCommand`, `remote.*.uploadpack`, `core.fsmonitor`, hooks …
std::map<std::string, std::string> environment_of(const fs::path& checkout) {
  return {
      {"GIT_DIR", checkout / ".git"},
      {"GIT_CEILING_DIRECTORIES", checkout.parent_path()},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_CONFIG_SYSTEM", "/dev/null"},
      {"GIT_CONFIG_GLOBAL", "/dev/null"},
      {"HOME", "/dev/null"},  // before 2.32 git does not know the two above
      {"XDG_CONFIG_HOME", "/dev/null"},
      {"GIT_ATTR_NOSYSTEM", "1"},
      // A partial clone fetches what it misses. Git knows the first from 2.45; before that the
      // fetch begins, and no transport is allowed it: an empty list, which no configuration extends
      // (`protocol.allow` is overruled by the repository's `protocol.ext.allow`).
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
  // In a container the checkout often belongs to another user.
  return {"safe.directory=" + checkout.string(),
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

}  // namespace

std::vector<std::string> tags_of_head(const fs::path& directory, const fs::path& workspace) {
  const auto checkout = find_checkout(directory, workspace);
  if (!checkout) return {};
  Child git;
  git.program = "git";
  git.environment = environment_of(*checkout);
  git.arguments = {"--no-pager", "-C", *checkout};
  for (const std::string& setting : settings_of(*checkout)) {
    git.arguments.insert(git.arguments.end(), {"-c", setting});
  }
  for (const char* argument :
       {"for-each-ref", "--points-at=HEAD", "--format=%(refname:strip=2)", "refs/tags"}) {
    git.arguments.emplace_back(argument);
  }
  try {
    return core::lines(output_of(git).value_or(""));
  } catch (core::Error& error) {
    error.hint =
        "Look at the repository in " + checkout->string() + ", or give the tag as 'tag_name'.";
    throw;
  }
}

}  // namespace disk
