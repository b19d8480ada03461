// SPDX-License-Identifier: MIT
// Parts that all generated notes have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/release/generated_notes.hpp"

namespace core {

/// The special types of a Category.
inline constexpr std::string_view breaking_type = "breaking";
inline constexpr std::string_view other_type = "other";

/// The categories, or the default ones; with one for breaking changes and one for all others.
std::vector<Category> categories_with_defaults(std::vector<Category> categories);

/// "[text](url)", or only the text without a url.
std::string note_link(const std::string& text, const std::string& url);

/// "**All changes:** v1...v2", with a link; "" if its address is unknown.
std::string changes_line(const ReleaseHistory& history);

/// Lines below headings, up to a number of bytes. A heading without lines is left out.
class LimitedList {
 public:
  explicit LimitedList(std::size_t limit) : limit_(limit) {}

  void begin(const std::string& title);
  void add(const std::string& line);
  void end();
  /// What does not fit because it was never read.
  void leave_out(std::uint64_t count) { left_out_ += count; }

  /// The list, and how many `things` it leaves out; or a sentence that there are none.
  std::string text(std::string_view things, const ReleaseHistory& history) const;

 private:
  std::size_t limit_;
  std::string text_;
  std::string heading_;
  std::uint64_t left_out_ = 0;
  bool is_full_ = false;
};

}  // namespace core
