// SPDX-License-Identifier: MIT
#include "core/release/note_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text/markdown.hpp"
#include "core/text/text.hpp"

namespace core {

std::vector<Category> categories_with_defaults(std::vector<Category> categories) {
  if (categories.empty()) {
    categories = {{"Features", {"feat"}},
                  {"Fixes", {"fix"}},
                  {"Performance", {"perf"}},
                  {"Documentation", {"docs"}}};
  }
  const auto named = [&categories](std::string_view word) {
    return std::any_of(categories.begin(), categories.end(), [&](const Category& category) {
      return std::find(category.types.begin(), category.types.end(), word) != category.types.end();
    });
  };
  const bool breaking_named = named(breaking_type);
  const bool other_named = named(other_type);
  if (!breaking_named) {
    categories.insert(categories.begin(), {"Breaking changes", {std::string(breaking_type)}});
  }
  if (!other_named) categories.push_back({"Other changes", {std::string(other_type)}});
  return categories;
}

std::string note_link(const std::string& text, const std::string& url) {
  return url.empty() ? text : fmt::format("[{}]({})", text, url);
}

std::string changes_line(const ReleaseHistory& history) {
  if (history.changes_url.empty()) return {};
  const std::string title =
      history.previous_tag.empty() ? history.tag : history.previous_tag + "..." + history.tag;
  return fmt::format("**All changes:** {}\n",
                     note_link(escaped_markdown(title), history.changes_url));
}

void LimitedList::begin(const std::string& title) {
  heading_ = fmt::format("### {}\n\n", one_line(title));
}

void LimitedList::add(const std::string& line) {
  constexpr std::size_t reserve = 100;  // for the line that counts what does not fit
  is_full_ = is_full_ || text_.size() + heading_.size() + line.size() + reserve > limit_;
  if (is_full_) {
    ++left_out_;
    return;
  }
  text_ += std::exchange(heading_, "") + line;
}

void LimitedList::end() {
  if (heading_.empty()) text_ += '\n';
}

std::string LimitedList::text(std::string_view things, const ReleaseHistory& history) const {
  if (left_out_ > 0) return text_ + fmt::format("… and {} more {}.\n\n", left_out_, things);
  if (!text_.empty()) return text_;
  return history.previous_tag.empty()
             ? fmt::format("No {}.\n\n", things)
             : fmt::format("No {} since {}.\n\n", things, escaped_markdown(history.previous_tag));
}

}  // namespace core
