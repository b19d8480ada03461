// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blobs.hpp"
#include "git.hpp"
#include "profile.hpp"
#include "write_lock.hpp"

namespace sandbox {

enum class Permission { none, read, write, admin, owner };

/// What `permissions:` of a workflow gives to the job's token, by parts of the repository.
struct JobPermissions {
  Permission code = Permission::none;
  Permission releases = Permission::none;
  Permission pulls = Permission::none;
  Permission others = Permission::none;  ///< the most that the rest has, such as packages
};

constexpr std::int64_t ghost_id = -1;    // stands for a deleted user
constexpr std::int64_t actions_id = -2;  // the user behind a job's token

struct User {
  std::int64_t id = 0;
  std::string name;
  std::string password;
  std::int64_t created = 0;
  bool is_admin = false;
  bool prohibited = false;  ///< inactive, or not allowed to sign in
  bool must_change_password = false;
};

struct Token {
  std::int64_t user_id = 0;
  std::vector<std::string> scopes;                ///< {"all"} for everything
  std::int64_t job_repository = 0;                ///< a job's token: its repository
  bool job_reads_only = false;                    ///< a job of a pull request from a fork
  std::optional<JobPermissions> job_permissions;  ///< absent: the workflow has no `permissions:`
};

/// A row of Gitea's single table of releases and tags.
struct ReleaseRow {
  std::int64_t id = 0;
  std::string tag_name;
  std::string lower_tag_name;  ///< look-ups use it; "" hides the row from them
  std::string target;
  std::string title;
  std::string note;
  bool is_tag = false;
  bool is_draft = false;
  bool is_prerelease = false;
  std::int64_t created = 0;
  std::int64_t publisher = 0;
};

struct Asset {
  std::int64_t id = 0;
  std::int64_t release_id = 0;
  std::string name;
  std::uint64_t size = 0;
  std::string uuid;
  std::int64_t created = 0;
  std::int64_t downloads = 0;
  std::string sha256;  ///< once it was requested
};

struct TagProtection {
  std::int64_t id = 0;
  std::string pattern;
  std::vector<std::string> users;
  std::int64_t created = 0;
};

/// A file of a Python package.
struct PackageFile {
  std::string name;
  std::string uuid;    ///< of its content
  std::string sha256;  ///< lower-case hex
  std::string requires_python;
  std::uint64_t size = 0;
};

/// One version of a package; all versions of one share their link.
struct PackageVersion {
  std::int64_t id = 0;
  std::int64_t owner = 0;
  std::string type;
  std::string name;
  std::string version;
  std::int64_t repository = 0;  ///< of the link; 0 for none
  std::int64_t created = 0;
  std::vector<PackageFile> files;  ///< of a Python package only
};

/// A pull request; only closed ones matter to a publisher.
struct PullRequest {
  std::int64_t number = 0;
  std::int64_t author = 0;
  std::string title;
  std::vector<std::string> labels;
  bool merged = true;
  std::string merge_commit;
  std::int64_t created = 0;
  std::int64_t closed = 0;  ///< and merged
  std::int64_t updated = 0;
};

struct Repository {
  std::int64_t id = 0;
  std::int64_t owner = 0;
  std::string name;
  std::string default_branch = "main";
  std::string description;
  bool is_private = false;
  bool archived = false;
  bool has_releases = true;
  std::int64_t created = 0;
  Git git;
  std::set<std::string> files;  ///< "branch:path" of files that were created through the API
  std::map<std::int64_t, ReleaseRow> releases;
  std::map<std::int64_t, Asset> assets;
  std::map<std::int64_t, Permission> collaborators;
  std::vector<TagProtection> protections;
  std::vector<PullRequest> pulls;
  bool mirror = false;

  ReleaseRow* find_row(std::string_view tag);
  /// Without those that are only tags.
  ReleaseRow* find_release(std::int64_t id_wanted);
  std::vector<const Asset*> assets_of(std::int64_t release_id) const;
};

/// Settings that tests may change at run time.
struct Settings {
  std::string version;
  std::optional<std::uint64_t> max_size;  ///< bytes
  std::string allowed_types;              ///< of release assets; "" allows all
  bool attachments_enabled = true;
  bool require_signin = false;
  std::chrono::milliseconds busy_timeout{0};  ///< how long a writer waits; 0: without limit
  // The time between reading a row and writing it back, and the time that git takes to create a
  // tag. Measured on Gitea: of two simultaneous PATCHes one is lost in 10 of 10 runs, two POSTs of
  // a pushed tag are both 201 in 20 of 20.
  std::chrono::milliseconds patch_window{2};
  std::chrono::milliseconds create_window{10};
  std::chrono::milliseconds delete_window{0};
  std::chrono::milliseconds push_window{0};
};

/// The whole state of the server. `mutex` guards every member below it; the write lock, if needed,
/// is taken before it.
class World {
 public:
  World(const Profile& profile, std::string root_url, const std::filesystem::path& data);

  std::unique_lock<std::mutex> lock() { return std::unique_lock(mutex); }
  /// The write lock, within the time that the server's database waits. Must not be called while the
  /// world is locked.
  WriteLock::Hold begin_write() { return writes.take(settings_now().busy_timeout); }

  User* find_user(std::string_view name);
  User* find_user(std::int64_t id);
  User& add_user(const std::string& name);
  std::string add_token(Token token);
  std::shared_ptr<Repository> find_repository(std::int64_t owner, std::string_view name) const;
  std::shared_ptr<Repository> add_repository(std::int64_t owner, const std::string& name);
  void remove_repository(const std::shared_ptr<Repository>& repository);
  void rename_repository(Repository& repository, const std::string& name);
  void rename_user(User& user, const std::string& name);
  std::string full_name(const Repository& repository);
  Settings settings_now();

  const Profile profile;
  const std::string root_url;  ///< ends with '/'
  Blobs blobs;
  WriteLock writes;

  std::mutex mutex;
  Settings settings;
  std::map<std::int64_t, User> users;
  std::map<std::string, Token> tokens;
  std::map<std::int64_t, std::shared_ptr<Repository>> repositories;
  std::vector<PackageVersion> packages;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> repository_redirects;
  std::map<std::string, std::int64_t> user_redirects;
  std::int64_t last_release_id = 0;
  std::int64_t last_asset_id = 0;
  std::int64_t last_protection_id = 0;
};

}  // namespace sandbox
