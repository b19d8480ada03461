// SPDX-License-Identifier: MIT
#include "core/notes.hpp"

#include "core/text.hpp"

namespace core {
namespace {

constexpr std::string_view ours = "<!-- gitea-release";
constexpr std::string_view mark_opening = "<!-- gitea-release: being filled for commit ";
constexpr std::string_view closing = " -->";

/// The commit of the mark in `line`, where the line is one.
std::optional<std::string> parse_mark(std::string_view line) {
  if (!line.starts_with(mark_opening) || !line.ends_with(closing)) return std::nullopt;
  return std::string(
      line.substr(mark_opening.size(), line.size() - mark_opening.size() - closing.size()));
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t result = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++result;
  }
  return result;
}

/// Takes the last line off `text`, with the blank lines before it.
std::string take_last_line(std::string& text) {
  const auto start = text.rfind('\n');
  std::string line = start == std::string::npos ? text : text.substr(start + 1);
  text.resize(start == std::string::npos ? 0 : start);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return line;
}

std::string_view last_line(std::string_view text) {
  const auto start = text.rfind('\n');
  return start == std::string_view::npos ? text : text.substr(start + 1);
}

}  // namespace

Notes parse_notes(std::string_view body) {
  Notes notes;
  notes.text = normalized(body);
  if (last_line(notes.text).starts_with(record_opening)) {
    const bool only_one = count(notes.text, record_opening) == 1;
    const std::string line = take_last_line(notes.text);
    if (only_one) notes.record = parse_record(line);
  }
  if (parse_mark(last_line(notes.text))) notes.mark = parse_mark(take_last_line(notes.text));
  return notes;
}

std::string render_notes(const Notes& notes, const std::vector<Asset>& assets) {
  std::string body = notes.text;
  std::string tail =
      notes.mark ? std::string(mark_opening) + *notes.mark + std::string(closing) : "";
  const std::size_t before_record = body.size() + tail.size() + 3;
  const std::size_t room = before_record < notes_limit ? notes_limit - before_record : 0;
  const std::string record =
      render_record(fitting(notes.record, assets, std::min(room, record_limit)));
  if (!tail.empty() && !record.empty()) tail += '\n';
  tail += record;
  if (!body.empty() && !tail.empty()) body += "\n\n";
  body += tail;
  return body.empty() ? " " : body;
}

std::string incoming_text(std::string_view text) {
  std::string result = normalized(text);
  for (auto at = result.find(ours); at != std::string::npos; at = result.find(ours, at)) {
    result.replace(at, 1, "&lt;");
  }
  const auto opened = result.rfind("<!--");
  if (opened != std::string::npos && result.find("-->", opened) == std::string::npos) {
    result += " -->";
  }
  return result;
}

std::string with_appended(const std::string& text, const std::string& addition) {
  if (addition.empty() || contains_lines(text, addition)) return text;
  return text.empty() ? addition : text + "\n\n" + addition;
}

}  // namespace core
