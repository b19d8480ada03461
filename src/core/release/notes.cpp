// SPDX-License-Identifier: MIT
#include "core/release/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/text/text.hpp"
#include "core/text/unclosed.hpp"

namespace core {
namespace {

constexpr std::string_view ours = "<!-- gitea-release";
constexpr std::string_view mark_opening = "<!-- gitea-release: being filled for commit ";
constexpr std::string_view outdated_opening = "; assets up to ";
constexpr std::string_view outdated_closing = " are of another one";

std::string render_mark(const Notes& notes) {
  if (!notes.mark) return {};
  std::string line = std::string(mark_opening) + *notes.mark;
  if (notes.outdated_up_to > 0) {
    line += fmt::format("{}{}{}", outdated_opening, notes.outdated_up_to, outdated_closing);
  }
  return line + std::string(comment_closing);
}

/// Parses the output of render_mark; returns false for any other line.
bool parse_mark(const std::string& line, Notes& notes) {
  if (!line.starts_with(mark_opening) || !line.ends_with(comment_closing)) return false;
  const std::string inner =
      line.substr(mark_opening.size(), line.size() - mark_opening.size() - comment_closing.size());
  Notes read;
  const auto outdated = inner.find(outdated_opening);
  read.mark = inner.substr(0, outdated);
  if (outdated != std::string::npos) {
    const char* number = inner.data() + outdated + outdated_opening.size();
    std::from_chars(number, inner.data() + inner.size(), read.outdated_up_to);
  }
  const bool is_word = !read.mark->empty() && read.mark->find_first_of(" \t>") == std::string::npos;
  if (!is_word || render_mark(read) != line) return false;
  notes.mark = read.mark;
  notes.outdated_up_to = read.outdated_up_to;
  return true;
}

/// A record, also one that was cut off: next to it no other record would be believed.
bool is_record_line(const std::string& line) {
  return line.starts_with(record_opening) &&
         (line.ends_with(comment_closing) || line.find("-->") == std::string::npos);
}

/// Reads a mark from `line`, unless `notes` already has one; returns false if the line is not a
/// mark.
bool take_mark(const std::string& line, Notes& notes) {
  Notes found;
  if (!parse_mark(line, found)) return false;
  if (!notes.mark) {
    notes.mark = found.mark;
    notes.outdated_up_to = found.outdated_up_to;
  }
  return true;
}

/// Bytes. Always leaves room for a mark, so that removing the mark does not change which entries
/// fit.
std::size_t room_for_record(const Notes& notes) {
  constexpr std::size_t max_mark_length = 200;
  const std::size_t before_record = notes.text.size() + max_mark_length + 3;
  return before_record < notes_limit ? notes_limit - before_record : 0;
}

void drop_blank_end(std::vector<std::string>& all) {
  while (!all.empty() && all.back().empty()) all.pop_back();
}

}  // namespace

Notes parse_notes(std::string_view body, bool published) {
  Notes notes;
  auto all = lines(normalized(body));
  const auto records = std::count_if(all.begin(), all.end(), [](const std::string& line) {
    return line.find(record_opening) != std::string::npos;
  });
  if (!all.empty() && records == 1) notes.record = parse_record(all.back());
  if (!published) {
    std::erase_if(all, [&](const std::string& line) {
      return take_mark(line, notes) || !parse_record(line).empty();
    });
  }
  // Removes all our comments at the end: one that is left would count once it is the last line.
  for (drop_blank_end(all);
       !all.empty() && (is_record_line(all.back()) || take_mark(all.back(), notes));
       drop_blank_end(all)) {
    all.pop_back();
  }
  notes.text = normalized(join(all, "\n"));
  return notes;
}

Record recordable(const Notes& notes, const Record& record, const std::vector<Asset>& assets,
                  std::string_view first) {
  return fitting(record, assets, room_for_record(notes), first);
}

std::size_t record_capacity(const Notes& notes) {
  return room_for_record(notes) / max_entry_length;
}

std::string render_notes(const Notes& notes, const std::vector<Asset>& assets,
                         std::string_view first) {
  std::string body = notes.text;
  std::string tail = render_mark(notes);
  const std::string record = render_record(recordable(notes, notes.record, assets, first));
  if (!tail.empty() && !record.empty()) tail += '\n';
  tail += record;
  if (!body.empty() && !tail.empty()) body = with_blocks_closed(body) + "\n\n";
  body += tail;
  return body.empty() ? " " : body;
}

std::string incoming_text(std::string_view text) {
  std::string result;
  const std::string plain = normalized(without_byte_order_mark(text));
  for (std::string_view rest = plain; !rest.empty();) {
    const auto at = std::min(rest.find(ours), rest.size());
    result += rest.substr(0, at);
    rest.remove_prefix(at);
    if (rest.empty()) break;
    result += "&lt;";
    rest.remove_prefix(1);
  }
  return with_blocks_closed(result);
}

std::string notes_of_tag(std::string_view tag, std::string_view message) {
  for (const std::string_view signature :
       {"-----BEGIN PGP SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----",
        "-----BEGIN SIGNED MESSAGE-----"}) {
    message = message.substr(0, message.find(signature));
  }
  const std::string_view text = trim(message);
  const bool says_nothing = text == tag || tag.substr(tag.rfind('/') + 1) == text;
  return says_nothing || !is_utf8(text) ? "" : incoming_text(text);
}

std::string with_appended(const std::string& text, const std::string& addition) {
  if (addition.empty() || contains_lines(text, addition)) return text;
  return text.empty() ? addition : with_blocks_closed(text) + "\n\n" + addition;
}

std::string with_prepended(const std::string& text, const std::string& addition) {
  if (addition.empty() || contains_lines(text, addition)) return text;
  return text.empty() ? addition : with_blocks_closed(addition) + "\n\n" + text;
}

}  // namespace core
