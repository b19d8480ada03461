// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace disk {

/// A value of the configuration file, with its position for messages.
struct ConfigTree {
  enum class Kind { empty, text, list, map };
  struct Member;

  Kind kind = Kind::empty;
  std::string where;  ///< ".gitea/release.yml:3:8"
  std::string text;
  std::vector<ConfigTree> items;  ///< of a list
  std::vector<Member> members;    ///< of a map, in the order of the file; a key may occur twice
};

struct ConfigTree::Member {
  std::string key;
  std::string where;  ///< position of the key
  int line = 0;       ///< line of the key
  ConfigTree value;
};

}  // namespace disk
