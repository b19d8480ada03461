// SPDX-License-Identifier: MIT
// updater/trusted.pub: the public keys that may sign updates. A line with a key counts; all others are
// comments, two of which say what the user has decided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace launcher {

inline constexpr std::size_t max_trusted = 64 << 10;  ///< bytes

class TrustedKeys {
 public:
  /// Throws Error (failed) if a key cannot be used.
  static TrustedKeys parse(std::string_view text);

  std::string text() const;
  std::vector<std::string> keys() const;  ///< "RW…"

  /// The user's decisions. Throw Error (workflow) if it is no key, or the only one.
  void trust(const std::string& key);
  void distrust(const std::string& key);

  /// The keys of a release that was installed, in place of those of the one before. Those that the user
  /// has decided about stay as they are.
  void adopt(const std::vector<std::string>& before, const std::vector<std::string>& after);

 private:
  struct Entry {
    std::string key;
    bool is_by_user = false;
  };

  bool has(const std::string& key) const;

  std::vector<Entry> entries_;
  std::vector<std::string> distrusted_;
};

}  // namespace launcher
