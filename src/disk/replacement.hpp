// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "core/file_identity.hpp"
#include "disk/resolve.hpp"

namespace disk {

/// Replaces a file atomically: writes the new text to a temporary file in the same directory and
/// renames it, so that the file always has either the old text or the new one. Keeps the file's
/// mode. All methods throw Error that names the option.
class Replacement {
 public:
  Replacement(Place place, std::string path, std::string option);
  ~Replacement();
  Replacement(Replacement&& other) noexcept;
  Replacement& operator=(Replacement&& other) noexcept;

  /// Whether both replace the same name in the same directory.
  bool is_of_same_place_as(const Replacement& other) const;

  bool has_before() const {
    return place_.status.has_value();
  }  ///< whether the file already exists

  /// The current content, at most `limit` bytes. commit() then replaces only this file.
  std::string read(std::uint64_t limit);

  void write(const std::string& text);          ///< to the temporary file
  void write_private(const std::string& text);  ///< the same, readable only by its owner
  void make_executable();                       ///< the temporary file
  void commit();                                ///< after write(): renames the temporary file
  void commit_as_new();                         ///< the same, but fails if a file already exists

 private:
  void write(const std::string& text, unsigned mode);
  void check(int error) const;
  [[noreturn]] void fail(int error) const;

  Place place_;
  std::string path_;
  std::string option_;
  std::string beside_;  ///< the name of the temporary file; "" before write() and after commit()
  std::optional<core::FileIdentity> before_;  ///< of the file that read() returned
};

}  // namespace disk
