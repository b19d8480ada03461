// SPDX-License-Identifier: MIT
// The server that a scenario runs against: a sandbox of its own, or the real one that GITEA_URL and
// GITEA_TOKEN name, with a fresh repository for each scenario.
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

/// What the sandbox's log of requests says of one.
struct Logged {
  std::string account;
  std::string method;
  std::string path;  ///< with the query
  std::string body;  ///< JSON only
  std::string fault;
  std::uint64_t status = 0;       ///< of the answer; 0: none
  std::uint64_t body_bytes = 0;   ///< of the request
  std::uint64_t carried_out = 0;  ///< the status before a fault touched it; 0: not done
  std::int64_t started_ms = 0;
  std::int64_t ended_ms = 0;  ///< as `started_ms` where nothing was done and no answer was sent
  std::string headers;        ///< "Name: value", one a line
  bool write() const { return method != "GET" && method != "HEAD"; }
  std::string line() const;
};

class Server {
 public:
  /// `base_path` such as "/git": a server below a sub-path; only the sandbox can be asked for one,
  /// and for `more` of its options.
  explicit Server(const std::string& base_path = {}, const std::vector<std::string>& more = {});
  ~Server();

  const std::string& url() const { return url_; }
  const std::string& tls_url() const { return tls_url_; }  ///< of a sandbox with --tls-cert
  const std::string& token() const { return token_; }
  const std::string& repository() const { return repository_; }  ///< "owner/name"
  bool is_sandbox() const { return sandbox_ != nullptr; }

  /// Skips the test case where the server is a real one.
  void needs_sandbox() const;
  /// Which server the sandbox stands in for ("gitea-1.25"); "" for a real one.
  std::string profile() const;

  // The repository, as its owner sees and changes it.
  bool has_release(const std::string& tag);
  Release release(const std::string& tag);
  Release create_release(const std::string& json);
  void edit_release(std::uint64_t id, const std::string& json);
  void delete_release(std::uint64_t id);
  void edit_repository(const std::string& json);
  void rename_repository(const std::string& name);
  void protect_tags(const std::string& pattern);  ///< allowed to the owner only
  Asset upload(std::uint64_t release, const std::string& name, const std::string& content);
  Response download(const std::string& tag, const std::string& name);
  std::string commit();                                                   ///< the head of main
  std::string new_commit(const std::string& message = "another commit");  ///< on main; returns it
  void create_tag(const std::string& tag, const std::string& message = {});
  void delete_tag(const std::string& tag);         ///< of which there is no release
  std::string tag_commit(const std::string& tag);  ///< "" where there is none
  std::string tag_message(const std::string& tag);

  // Only the sandbox can do these.
  /// A git push of a tag to the head of main: the tag is there at once, its row after
  /// `row_delay_ms`.
  void push_tag(const std::string& tag, int row_delay_ms = 0);
  /// A git push of "refs/tags/…" or "refs/heads/…" to a commit, branch or tag.
  void push(const std::string& ref, const std::string& commit);
  /// A git push that deletes one.
  void push_deletion(const std::string& ref);
  /// A history all at once; what `json` says stands in tests/sandbox/control_parts.hpp.
  void add_commits(const std::string& json);
  void fault(const std::string& json);
  void clear_faults();
  void release_held();                ///< what faults of the kind "hold" have kept
  void set(const std::string& json);  ///< limits and the like
  /// A token of `user`, who is made where there is none; `scopes` as JSON, '["all"]'.
  std::string token_of(const std::string& user, const std::string& scopes = R"(["all"])");
  /// The token that a job of this repository gets.
  std::string job_token();
  /// A version of a container package of the repository's owner, linked to nothing.
  void add_package(const std::string& name, const std::string& version = "latest");
  void add_collaborator(const std::string& user, const std::string& permission);
  std::vector<Logged> requests(int door = 0);  ///< in the order of arrival; of a door: by that only
  void forget_requests();
  /// Throws where the sandbox has ever received a token besides the header Authorization. From any
  /// thread.
  void check_no_leaks() const;
  /// All rows of the repository, those of tags too, with the digests of their assets.
  std::vector<core::Json> rows();
  /// Another port of the sandbox, for requests that are to be told from all others.
  int open_door();
  void shut_door(int port, int ms);  ///< refuses connections for so long; -1: for good
  void close_door(int port);         ///< returns once nothing that came in by it goes on

  /// Without a token, for downloads as anybody makes them.
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
