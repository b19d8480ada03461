// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/digest.hpp"
#include "disk/growing_file.hpp"
#include "disk/resolve.hpp"

namespace disk {

/// A file that arrives piece by piece. Until it is complete it is stored next to its final place,
/// under a name that is derived from `key`, so that a later run with the same key can continue it.
/// It is locked against other processes. All methods throw Error that names the option.
class Incoming {
 public:
  enum class Begin {
    anew,   ///< start with an empty file
    go_on,  ///< continue the file of an earlier run
  };

  /// `key` consists of letters, digits and hyphens.
  Incoming(Place place, std::string path, std::string option, const std::string& key, Begin begin);

  std::uint64_t size() const { return content_.size(); }  ///< bytes so far
  void append(std::string_view bytes);
  void restart();         ///< starts with an empty file
  core::Digest digest();  ///< of the whole content; call it once, at the end
  void commit();          ///< moves it to its final place
  void discard();         ///< removes it

 private:
  void check(int error) const;
  [[noreturn]] void fail(int error) const;

  Place place_;
  std::string path_;
  std::string option_;
  std::string beside_;
  GrowingFile content_;
};

}  // namespace disk
