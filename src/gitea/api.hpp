// SPDX-License-Identifier: MIT
// The server's API: a method per endpoint. Where absence is an answer it is nullopt; anything else
// unexpected is an Error. Fault::uncertain means: it may have been carried out, look again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/release.hpp"
#include "core/release/action.hpp"
#include "gitea/http.hpp"
#include "gitea/wire.hpp"

namespace gitea {

struct Repository {
  std::string owner;
  std::string name;
  std::string full() const { return owner + "/" + name; }
};

/// A list of the server's, or its first part.
template <typename Noun>
struct List {
  std::vector<Noun> entries;
  std::uint64_t total = 0;  ///< how many the server has
};

/// Lists come 50 entries a request: 2 requests for 100. More than this is not read of one: 20
/// requests for commits, 40 for tags.
inline constexpr std::size_t most_commits = 1000;
inline constexpr std::size_t most_tags = 2000;

enum class Encoding { multipart, raw };

/// One connection's view of one repository. Not for use from two threads at once; `server` has to
/// outlive it.
class Api {
 public:
  Api(const Server& server, Repository repository);

  /// The release or draft of a tag. A look-up ignores case, as the server's does.
  std::optional<core::Release> find_release(const std::string& tag);
  std::optional<core::Tag> find_tag(const std::string& tag);
  /// The commit that a branch, tag or (short) commit of this name stands for.
  std::optional<std::string> find_commit(const std::string& name);
  /// The newest first, `most_tags` at most.
  List<core::Tag> list_tags();
  /// The commits that `sha` has and `without` has not ("" for all), the newest first,
  /// `most_commits` at most. Unlike a comparison this works with a job's token in private
  /// repositories, too (Gitea from 1.20, Forgejo from 7).
  List<core::Commit> list_commits(const std::string& sha, const std::string& without);
  std::optional<RepositoryInfo> find_repository();
  /// "1.25.4", "7.0.16+gitea-1.21.11"; empty where the server does not say.
  std::string version();
  /// Whether a release is `wanted` among those that are published and not marked as prereleases;
  /// nullopt where the repository is not there for this token.
  std::optional<bool> any_published(const std::function<bool(const core::Release&)>& wanted);

  /// Throws where this token may not write Releases. Writes nothing: the server answers 422 to a
  /// release without a tag, after it has checked every permission (routers/api/v1/api.go).
  void check_write_access();
  /// nullopt where this token may not see them (administrators of the repository only) or the
  /// server does not show them (before Gitea 1.23, Forgejo 8).
  std::optional<std::vector<core::TagProtection>> tag_protections();
  /// The login of the token's user; "" where the token may not say it (scope read:user).
  std::string user();

  void create_tag(const core::CreateTag& create);
  core::Release create_release(const core::CreateRelease& create);
  core::Release edit_release(std::uint64_t release, const core::EditRelease& edit);
  core::Asset upload_asset(std::uint64_t release, const std::string& name, const core::Source& file,
                           Encoding encoding);
  void delete_asset(std::uint64_t release, std::uint64_t asset);  ///< gone already is done, too

  /// The SHA-256 of what the server has stored, read from it; nullopt where this token cannot read
  /// it (a job's own cannot in a private repository), or it is not as long as `asset` says.
  std::optional<core::Digest> digest_of_asset(const core::Asset& asset);
  /// Its bytes; nullopt also where there are more than `limit`.
  std::optional<std::string> content_of_asset(const core::Asset& asset, std::uint64_t limit);

  /// When it last answered, by its own clock; 0 where it tells none.
  std::chrono::sys_seconds server_time() const { return server_time_; }

  /// Where requests go now; another one than at first where the repository has moved.
  const Repository& repository() const { return repository_; }
  bool moved() const { return moved_; }
  const Traffic& traffic() const { return http_.traffic(); }

 private:
  std::string path(const std::string& below) const;
  Answer send(Request request, const std::string& below);
  /// The answer, where it is a success; nullopt where what was asked for is not there. Throws Error
  /// for anything else.
  std::optional<Answer> ask(const std::string& asked, const Request& request,
                            const std::string& below);
  Answer expect(const std::string& asked, const Request& request, const std::string& below);
  template <typename Parse>
  auto find(const std::string& asked, Operation operation, const std::string& below, Parse parse)
      -> std::optional<decltype(parse(std::declval<const core::Json&>()))>;
  template <typename Noun>
  List<Noun> list(const std::string& asked, Operation operation, const std::string& below,
                  std::size_t most, Noun (*parse)(const core::Json&));
  std::optional<bool> any_release(const std::string& filter,
                                  const std::function<bool(const core::Release&)>& wanted);
  std::optional<core::Release> find_in_list(const std::string& tag);
  void resolve();
  bool read_asset(const core::Asset& asset, const std::function<Sink()>& sink);

  const Server& server_;
  Repository repository_;
  Http http_;
  bool moved_ = false;
  std::chrono::sys_seconds server_time_{};
};

}  // namespace gitea
