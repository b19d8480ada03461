// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "core/file_identity.hpp"
#include "disk/resolve.hpp"

namespace disk {

/// A text that takes the place of a file: it is written beside it and renamed, so that the file has the old
/// text or the new one, whatever happens. Its mode is kept. All throw Error that names the option.
class Replacement {
 public:
  Replacement(Place place, std::string path, std::string option);
  ~Replacement();
  Replacement(Replacement&& other) noexcept;
  Replacement& operator=(Replacement&& other) noexcept;

  /// Whether both are for the same name in the same directory.
  bool is_of_same_place_as(const Replacement& other) const;

  bool has_before() const { return place_.status.has_value(); }  ///< whether there is a file now

  /// What is there now, of at most `limit` bytes; no other file is replaced later.
  std::string read(std::uint64_t limit);

  void write(const std::string& text);  ///< beside it
  void make_executable();               ///< what was written
  void commit();                        ///< once it is written: puts it in its place

 private:
  [[noreturn]] void fail(int error) const;

  Place place_;
  std::string path_;
  std::string option_;
  std::string
      beside_;  ///< the name of what was written; "" where nothing was, or it is in its place
  std::optional<core::FileIdentity> before_;  ///< what was read
};

}  // namespace disk
