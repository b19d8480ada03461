// SPDX-License-Identifier: MIT
// The server of a scenario: a sandbox of its own, or the real one that GITEA_URL and GITEA_TOKEN
// name, with a new repository for each scenario.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/wire.hpp"
#include "temp_dir.hpp"

namespace support {

struct Asset {
  std::uint64_t id = 0;
  std::string name;
  std::uint64_t size = 0;
  std::string url;
  std::string uuid;
};

/// A release as the server shows it to its owner.
struct Release {
  std::uint64_t id = 0;
  std::string tag;
  std::string name;
  std::string body;
  std::string target;
  bool draft = false;
  bool prerelease = false;
  std::vector<Asset> assets;

  std::vector<std::string> names() const;  ///< of the assets, sorted
  const Asset& asset(const std::string& name) const;
};
Release parse_release(const core::Json& json);

/// An entry in the sandbox's log of requests.
struct Logged {
  std::string account;
  std::string method;
  std::string path;  ///< with the query
  std::string body;  ///< JSON only
  std::string fault;
  std::uint64_t status = 0;       ///< of the response; 0: none
  std::uint64_t body_bytes = 0;   ///< of the request
  std::uint64_t carried_out = 0;  ///< the status before a fault changed it; 0: not done
  std::int64_t started_ms = 0;
  std::int64_t ended_ms = 0;  ///< like `started_ms` if nothing was done and no response was sent
  std::string headers;        ///< "Name: value", one per line
  bool write() const { return method != "GET" && method != "HEAD"; }
  std::string line() const;
};

class Server {
 public:
  /// `base_path` such as "/git": a server below a sub-path. Only the sandbox supports it, and
  /// `more`, which are further options of the sandbox.
  explicit Server(const std::string& base_path = {}, const std::vector<std::string>& more = {});
  ~Server();

  const std::string& url() const { return url_; }
  const std::string& tls_url() const { return tls_url_; }  ///< of a sandbox with --tls-cert
  const std::string& token() const { return token_; }
  const std::string& repository() const { return repository_; }  ///< "owner/name"
  bool is_sandbox() const { return sandbox_ != nullptr; }

  /// Skips the test case if the server is a real one.
  void needs_sandbox() const;
  /// Which server the sandbox imitates ("gitea-1.25"); "" for a real one.
  std::string profile() const;

  // The repository, as its owner sees and changes it.
  bool has_release(const std::string& tag);
  Release release(const std::string& tag);
  Release create_release(const std::string& json);
  void edit_release(std::uint64_t id, const std::string& json);
  void delete_release(std::uint64_t id);
  void edit_repository(const std::string& json);
  void rename_repository(const std::string& name);
  void protect_tags(const std::string& pattern);  ///< so that only the owner may create them
  Asset upload(std::uint64_t release, const std::string& name, const std::string& content);
  Response download(const std::string& tag, const std::string& name);
  std::string commit();                                                   ///< the head of main
  std::string new_commit(const std::string& message = "another commit");  ///< on main; returns it
  void create_tag(const std::string& tag, const std::string& message = {});
  void delete_tag(const std::string& tag);         ///< a tag without a release
  std::string tag_commit(const std::string& tag);  ///< "" if there is none
  std::string tag_message(const std::string& tag);

  // Only the sandbox supports the following.
  /// A git push of a tag to the head of main: git has the tag at once, the database has its row
  /// after `row_delay_ms`.
  void push_tag(const std::string& tag, int row_delay_ms = 0);
  /// A git push of "refs/tags/…" or "refs/heads/…" to a commit, branch or tag.
  void push(const std::string& ref, const std::string& commit);
  /// A git push that deletes a ref.
  void push_deletion(const std::string& ref);
  /// Creates a whole history; the format of `json` is in tests/sandbox/control_parts.hpp.
  void add_commits(const std::string& json);
  void fault(const std::string& json);
  void clear_faults();
  void release_held();                ///< requests that faults of the kind "hold" have kept
  void set(const std::string& json);  ///< limits and similar settings
  /// A token of `user`, who is created if necessary; `scopes` as JSON, '["all"]'.
  std::string token_of(const std::string& user, const std::string& scopes = R"(["all"])");
  /// The token that a job of this repository gets. `permissions` is what its workflow says, as
  /// JSON: '{"contents":"write"}'.
  std::string job_token(const std::string& permissions = {});
  /// Adds a version of a container package of the repository's owner, without a link.
  void add_package(const std::string& name, const std::string& version = "latest");
  /// A closed pull request; `json` is described in tests/sandbox/control_repository.cpp.
  void add_pull(const std::string& json);
  void make_mirror();  ///< of another repository
  void add_collaborator(const std::string& user, const std::string& permission);
  std::vector<Logged> requests(int door = 0);  ///< by arrival; of one door, or of all (0)
  std::size_t writes();                        ///< how many of them are writes
  void forget_requests();
  /// Throws if the sandbox has ever received a token outside of the header Authorization. Can be
  /// called from any thread.
  void check_no_leaks() const;
  /// All rows of the repository, including those of tags, with the digests of their assets.
  std::vector<core::Json> rows();
  /// Another port of the sandbox, for requests that must be told from all others.
  int open_door();
  void shut_door(int port, int ms);  ///< refuses connections for so long; -1: for good
  void close_door(int port);         ///< returns when none of its requests is in progress any more

  /// Without a token, for anonymous downloads.
  std::string web_url(const std::string& tag, const std::string& name) const;
  /// Another connection with the owner's token, for another thread.
  std::unique_ptr<Wire> connect() const;

 private:
  Response expect(const std::string& method, const std::string& path, const std::string& json,
                  int status);
  std::string api(const std::string& below) const { return "/api/v1/repos/" + repository_ + below; }

  TempDir directory_;
  std::unique_ptr<Process> sandbox_;
  std::string url_;
  std::string tls_url_;
  std::string token_;
  std::string repository_;
  std::unique_ptr<Wire> wire_;
};

}  // namespace support
