// SPDX-License-Identifier: MIT
// The server's API: a method for each endpoint. Something that does not exist is nullopt; any other
// unexpected response is an Error. Fault::uncertain means that the request may have been carried
// out: check the release again.
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
#include "core/encoding.hpp"
#include "core/release.hpp"
#include "core/release/action.hpp"
#include "core/text/json.hpp"
#include "gitea/http.hpp"
#include "gitea/wire.hpp"

namespace gitea {

struct Repository {
  std::string owner;
  std::string name;
  std::string full() const { return owner + "/" + name; }
};

/// A list from the server, or its first part.
template <typename Noun>
struct List {
  std::vector<Noun> items;
  std::uint64_t total = 0;  ///< how many entries the server has
};

/// Lists come in pages of 50 entries. Reading stops at these numbers of entries: 20 requests for
/// commits, 40 for tags, 20 for releases.
inline constexpr std::size_t max_commits = 1000;
inline constexpr std::size_t max_tags = 2000;
inline constexpr std::size_t max_releases = 1000;
inline constexpr std::size_t max_pulls = 1000;

/// One repository, reached over one connection. Not for use from two threads at once; `server` has
/// to outlive it.
class Api {
 public:
  Api(const Server& server, Repository repository);

  /// The release or draft of a tag. The case of the tag is ignored, because the server ignores it.
  std::optional<core::Release> find_release(const std::string& tag);
  std::optional<core::Tag> find_tag(const std::string& tag);
  /// The id of the commit that a branch, a tag or a full or short commit id refers to.
  std::optional<std::string> find_commit(const std::string& name);
  /// The newest first, at most `max_tags`.
  List<core::Tag> list_tags();
  /// Sorted by the date of their tags' commits, at most `max_releases`; includes drafts if the token
  /// may write.
  List<core::Release> list_releases();
  /// The published releases in the order of the server, with the beginning of their notes (parse_listed_release);
  /// at most `max_releases`.
  List<core::Release> list_published();
  /// The commits reachable from `sha` but not from `without` ("" for all), the newest first, at
  /// most `max_commits`. Unlike the compare endpoint, this also works with a job's token in private
  /// repositories (Gitea 1.20 and later, Forgejo 7 and later).
  List<core::Commit> list_commits(const std::string& sha, const std::string& without);
  /// The merged pull requests that changed at `since` or later, the last changed first; of at most
  /// `max_pulls` closed ones, whose number is `total`.
  List<core::PullRequest> list_merged_pulls(std::chrono::sys_seconds since);
  /// Whether a pull request of this user was merged before `time`, among the last 50 that were closed; a
  /// user with more than 50 counts as one. nullopt if the user does not exist any more.
  std::optional<bool> has_merged_before(const std::string& user, std::chrono::sys_seconds time);
  /// The tags below a tag in the sense of folders: `v1/a` for `v1`.
  std::vector<std::string> tags_in_folder(const std::string& tag);
  std::optional<RepositoryInfo> find_repository();
  /// "1.25.4", "7.0.16+gitea-1.21.11"; empty if the server does not report it.
  std::string version();
  /// Whether any published release that is not marked as a prerelease is `wanted`; nullopt if the
  /// repository does not exist or this token cannot see it.
  std::optional<bool> any_published(const std::function<bool(const core::Release&)>& wanted);

  /// Throws if this token may not write Releases. Writes nothing: the request asks for a release
  /// without a tag, which the server rejects with 422 after it has checked every permission
  /// (routers/api/v1/api.go).
  void check_write_access();
  /// nullopt if this token may not see them (only administrators of the repository may) or the
  /// server has no endpoint for them (before Gitea 1.23, Forgejo 8).
  std::optional<std::vector<core::TagProtection>> tag_protections();
  /// The login of the token's user; "" if the token may not read it (scope read:user).
  std::string user();

  void create_tag(const core::CreateTag& create);
  core::Release create_release(const core::CreateRelease& create);
  core::Release edit_release(std::uint64_t release, const core::EditRelease& edit);
  core::Asset upload_asset(std::uint64_t release, const std::string& name, const core::Source& file,
                           core::Encoding encoding);
  /// These succeed if the object does not exist any more.
  void delete_asset(std::uint64_t release, std::uint64_t asset);
  /// Also deletes its assets, but not its tag. `tag` is for messages.
  void delete_release(std::uint64_t release, const std::string& tag);
  void delete_tag(const std::string& tag);

  /// The SHA-256 of the stored asset, computed by downloading it; nullopt if this token cannot read
  /// it (a job's own token cannot in a private repository), or if its size differs from that in
  /// `asset`.
  std::optional<core::Digest> digest_of_asset(const core::Asset& asset);
  /// Downloads the asset from `resume` on into a sink, which each attempt opens anew: if
  /// `resume.continued` is set, the bytes follow the existing ones, otherwise they start from the
  /// beginning. Continues after a broken connection as long as bytes arrive. False if this token cannot
  /// read the asset, the sink stopped the transfer, or the size differs from that in `asset`.
  bool read_on(const core::Asset& asset, Resume& resume, const std::function<Sink()>& sink);
  /// The content of the stored asset; nullopt for the same reasons, or if it is larger than `limit`
  /// bytes.
  std::optional<std::string> content_of_asset(const core::Asset& asset, std::uint64_t limit);

  /// The time of the last response by the server's clock; 0 if it did not send one.
  std::chrono::sys_seconds server_time() const { return server_time_; }

  /// The repository that requests go to; differs from the initial one if the repository has moved.
  const Repository& repository() const { return repository_; }
  bool moved() const { return moved_; }
  const Traffic& traffic() const { return http_.traffic(); }

 private:
  std::string path(const std::string& below) const;
  Answer send(Request request, const std::string& below);
  /// The response if it is a success; nullopt if what was requested does not exist. Throws Error
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
