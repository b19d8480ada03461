// SPDX-License-Identifier: MIT
// The nouns of the server, as its API knows them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace core {

struct Asset {
  std::uint64_t id = 0;
  std::string name;
  std::uint64_t size = 0;  ///< bytes
  std::string uuid;
  std::string url;                        ///< where it is downloaded
  std::chrono::sys_seconds created = {};  ///< by the server's clock; 0 where it tells none
};

struct Release {
  std::uint64_t id = 0;
  std::string tag;
  std::string target;  ///< `target_commitish`; empty where the server's table knew the tag
  std::string name;    ///< the title
  std::string body;    ///< the notes, comments included
  bool draft = false;
  bool prerelease = false;
  std::string html_url;
  std::string url;
  std::string upload_url;
  std::vector<Asset> assets;
  /// By the server's clock; 0 where it tells none. Each edit of a draft moves it (Gitea, Forgejo).
  std::chrono::sys_seconds created = {};
};

struct Commit {
  std::string sha;
  std::string message;  ///< whole, with its footers
  std::string author;   ///< the name, as git has it
  std::string url;      ///< its page
  std::vector<std::string> parents;
};

/// A git tag, as the server resolves it: an annotated one names the commit it points at.
struct Tag {
  std::string name;
  std::string commit;
};

}  // namespace core
