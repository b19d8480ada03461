// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace disk {

/// A value of the configuration file, with its place for messages.
struct ConfigTree {
  enum class Kind { empty, text, list, map };
  struct Member;

  Kind kind = Kind::empty;
  std::string where;  ///< ".gitea/release.yml:3:8"
  std::string text;
  std::vector<ConfigTree> items;  ///< of a list
  std::vector<Member> members;    ///< of a map, in the order of the file; a key may come twice
};

struct ConfigTree::Member {
  std::string key;
  std::string where;  ///< of the key
  int line = 0;       ///< likewise
  ConfigTree value;
};

}  // namespace disk
