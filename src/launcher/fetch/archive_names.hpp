// SPDX-License-Identifier: MIT
#pragma once

struct archive;
struct archive_entry;

namespace fetch {

/// libarchive converts names to the character set of the locale, and loses those that do not fit. While an
/// object of this class lives, they are UTF-8.
class Utf8Names {
 public:
  Utf8Names();
  ~Utf8Names();
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

  /// Before the archive is opened.
  static void prepare(archive* reader);
  // In UTF-8; null if there is none, or it is not UTF-8.
  static const char* name_of(archive_entry* entry);
  static const char* target_of(archive_entry* entry);

 private:
  void* mine_ = nullptr;
  void* before_ = nullptr;
};

}  // namespace fetch
