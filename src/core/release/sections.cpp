// SPDX-License-Identifier: MIT
#include "core/release/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/text/text.hpp"
#include "core/text/unclosed.hpp"

namespace core {
namespace {

struct Fence {
  Section section = Section::generated;
  std::string_view opening;
  std::string_view closing;
};

constexpr std::array<Fence, 2> fences = {{
    {Section::generated, "<!-- gitea-release: generated notes -->",
     "<!-- gitea-release: end of generated notes -->"},
    {Section::downloads, "<!-- gitea-release: downloads -->",
     "<!-- gitea-release: end of downloads -->"},
}};

/// A sequence of lines: those of a section, or of the user's text between sections.
struct Piece {
  std::optional<Section> section;  ///< absent for the user's text
  std::string text;
};

/// Normalized, and without blank lines at both ends.
std::string trimmed(std::string_view text) {
  const std::string result = normalized(text);
  return result.substr(std::min(result.find_first_not_of('\n'), result.size()));
}

const Fence& fence_of(Section which) {
  return *std::find_if(fences.begin(), fences.end(),
                       [which](const Fence& fence) { return fence.section == which; });
}

const Fence* opened_by(const std::string& line) {
  const auto found = std::find_if(fences.begin(), fences.end(),
                                  [&](const Fence& fence) { return fence.opening == line; });
  return found == fences.end() ? nullptr : &*found;
}

bool is_fence(const std::string& line) {
  return std::any_of(fences.begin(), fences.end(), [&](const Fence& fence) {
    return fence.opening == line || fence.closing == line;
  });
}

/// Lines `from` to `to`, without single comments of sections: they are invisible, and two of them
/// could form a section later.
std::string joined_lines(const std::vector<std::string>& all, std::size_t from, std::size_t to) {
  std::vector<std::string> some;
  for (std::size_t i = from; i < to; ++i) {
    if (!is_fence(all[i])) some.push_back(all[i]);
  }
  return trimmed(join(some, "\n"));
}

void add(std::vector<Piece>& pieces, Piece piece) {
  if (!piece.text.empty() || piece.section) pieces.push_back(std::move(piece));
}

/// The content of a section without an end belongs to the user's text, so that none of it is lost.
std::vector<Piece> pieces_of(std::string_view text) {
  auto all = lines(normalized(text));
  std::vector<Piece> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Fence* fence = opened_by(all[i]);
    if (fence == nullptr) continue;
    const auto end = std::find_if(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(),
                                  [](const std::string& line) { return is_fence(line); });
    if (end == all.end() || *end != fence->closing) continue;
    const auto last = static_cast<std::size_t>(end - all.begin());
    add(pieces, {std::nullopt, joined_lines(all, begin, i)});
    add(pieces, {fence->section, joined_lines(all, i + 1, last)});
    i = last;
    begin = last + 1;
  }
  add(pieces, {std::nullopt, joined_lines(all, begin, all.size())});
  return pieces;
}

/// With fences, blocks that the user's text leaves open before a section are closed.
std::string joined(const std::vector<Piece>& pieces, bool with_fences) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!text.empty()) text += "\n\n";
    if (with_fences && piece.section) {
      const Fence& fence = fence_of(*piece.section);
      text += fmt::format("{}\n\n{}\n\n{}", fence.opening, piece.text, fence.closing);
    } else {
      const bool is_last = &piece == &pieces.back();
      text += with_fences && !is_last ? with_blocks_closed(piece.text) : piece.text;
    }
  }
  return text;
}

/// As many whole lines of `text` as fit into `limit` bytes, with a line that says that it was cut.
std::string cut(const std::string& text, std::size_t limit) {
  constexpr std::string_view note = "\n\n*(shortened, because the notes would be too long)*";
  if (limit <= note.size()) return {};
  std::string result;
  for (const std::string& line : lines(text)) {
    if (result.size() + line.size() + 1 + note.size() > limit) break;
    result += line + "\n";
  }
  result = normalized(result);
  return result.empty() ? result : result + std::string(note);
}

}  // namespace

std::string user_text(std::string_view text) {
  auto pieces = pieces_of(text);
  std::erase_if(pieces, [](const Piece& piece) { return piece.section.has_value(); });
  return joined(pieces, false);
}

std::optional<std::string> section(std::string_view text, Section which) {
  for (const Piece& piece : pieces_of(text)) {
    if (piece.section == which) return piece.text;
  }
  return std::nullopt;
}

std::string with_section(std::string_view text, Section which, std::string_view content) {
  auto pieces = pieces_of(text);
  const auto is_it = [which](const Piece& piece) { return piece.section == which; };
  auto place = std::find_if(pieces.begin(), pieces.end(), is_it);
  if (content.empty()) {
    std::erase_if(pieces, is_it);
  } else if (place != pieces.end()) {
    place->text = trimmed(content);
    pieces.erase(std::remove_if(place + 1, pieces.end(), is_it), pieces.end());
  } else {
    // After the user's text, before later sections.
    place = std::find_if(pieces.begin(), pieces.end(),
                         [which](const Piece& piece) { return piece.section > which; });
    pieces.insert(place, {which, trimmed(content)});
  }
  return joined(pieces, true);
}

std::string with_user_text(std::string_view text, std::string_view user) {
  auto pieces = pieces_of(text);
  std::erase_if(pieces, [](const Piece& piece) { return !piece.section; });
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.section < b.section; });
  if (!user.empty()) pieces.insert(pieces.begin(), {std::nullopt, std::string(user)});
  return joined(pieces, true);
}

std::string without_comments(std::string_view text) { return joined(pieces_of(text), false); }

std::string with_cut_sections(const std::string& text, std::size_t limit) {
  std::string result = text;
  for (auto fence = fences.rbegin(); fence != fences.rend() && result.size() > limit; ++fence) {
    const auto content = section(result, fence->section);
    if (!content) continue;
    const std::size_t excess = result.size() - limit;
    const std::size_t room = content->size() > excess ? content->size() - excess : 0;
    result = with_section(result, fence->section, cut(*content, room));
  }
  return result;
}

}  // namespace core
