// SPDX-License-Identifier: MIT
// The objects of the server, as its API describes them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace core {

/// The signature over SHA256SUMS, in minisign's format.
inline constexpr const char* signature_name = "SHA256SUMS.minisig";

struct Asset {
  std::uint64_t id = 0;
  std::string name;
  std::uint64_t size = 0;  ///< bytes
  std::string uuid;
  std::string url;                        ///< the download address
  std::chrono::sys_seconds created = {};  ///< by the server's clock; 0 if it does not send one
};

struct Release {
  std::uint64_t id = 0;
  std::string tag;
  std::string
      target;  ///< `target_commitish`; empty if the server already had the tag in its database
  std::string name;  ///< the title
  std::string body;  ///< the notes, comments included
  bool draft = false;
  bool prerelease = false;
  std::string html_url;
  std::string url;
  std::string upload_url;
  std::vector<Asset> assets;
  /// By the server's clock; 0 if it does not send one. Gitea and Forgejo set it anew with each edit
  /// of a draft.
  std::chrono::sys_seconds created = {};
};

struct Commit {
  std::string sha;
  std::string message;  ///< the whole message, with its footers
  std::string author;   ///< the author's name in git
  std::string url;      ///< the page of the commit
  std::vector<std::string> parents;
  std::chrono::sys_seconds created = {};  ///< 0 if the server does not send it
};

/// A pull request that was merged.
struct PullRequest {
  std::uint64_t number = 0;
  std::string title;
  std::string author;  ///< the login; "" if the account was deleted
  std::vector<std::string> labels;
  std::string merge_commit;
  std::chrono::sys_seconds merged = {};
  std::chrono::sys_seconds updated = {};
};

/// A git tag with its commit; for an annotated tag the commit that it points to.
struct Tag {
  std::string name;
  std::string commit;
  std::chrono::sys_seconds created{};  ///< of an annotated tag; otherwise the date of its commit
  std::string message = {};            ///< of an annotated tag
};

}  // namespace core
