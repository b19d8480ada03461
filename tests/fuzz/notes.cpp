// SPDX-License-Identifier: MIT
// The notes: the user's text, and everything after it.
#include "core/release/notes.hpp"

#include "core/text/text.hpp"
#include "core/text/unclosed.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

constexpr std::string_view ours = "<!-- gitea-release";

bool same(const core::Notes& a, const core::Notes& b) {
  return a.text == b.text && a.mark == b.mark && a.record == b.record &&
         a.outdated_up_to == b.outdated_up_to;
}

/// An asset for every entry: entries without an asset would be removed.
std::vector<core::Asset> assets_of(const core::Record& record) {
  std::vector<core::Asset> assets;
  for (const auto& [id, entry] : record) assets.push_back({id, "a", 1, entry.uuid, ""});
  return assets;
}

/// Whether the text leaves room for the whole record.
bool fits(const core::Notes& notes) {
  return core::recordable(notes, notes.record, assets_of(notes.record)) == notes.record;
}

void check_body(const std::string& body, bool published) {
  const core::Notes notes = core::parse_notes(body, published);
  const std::string written = core::render_notes(notes, assets_of(notes.record));
  if (!fits(notes)) return;
  core::Notes expected = notes;
  const bool has_tail = notes.mark || !notes.record.empty();
  if (has_tail) expected.text = core::with_blocks_closed(notes.text);
  require(same(core::parse_notes(written, published), expected), "what is written is read back");
  const std::string plain = core::normalized(body);
  if (plain.empty() || plain.find(ours) != std::string::npos) return;
  require(written == plain, "notes without comments of ours stay as they are");
}

/// An external text between comments of ours.
void check_text(const std::string& given) {
  const std::string text = core::incoming_text(given);
  require(core::incoming_text(text) == text, "harmless text stays as it is");
  require(text.find(ours) == std::string::npos, "no comment like ours comes in");
  core::Notes notes;
  notes.text = text;
  notes.record[7] = {"01234567", std::string(64, 'a')};
  for (const bool published : {false, true}) {
    const std::string body = core::render_notes(notes, assets_of(notes.record));
    if (!fits(notes)) return;
    require(body.starts_with(text), "the user's text is sent byte for byte");
    require(same(core::parse_notes(body, published), notes), "and read back, with the record");
    notes.mark = "0123456789abcdef";
    notes.outdated_up_to = 5;
  }
}

void check_addition(const std::string& text, const std::string& addition) {
  const std::string once = core::with_appended(core::normalized(text), core::normalized(addition));
  require(core::with_appended(once, core::normalized(addition)) == once, "text is added once");
  require(once.starts_with(core::normalized(text)), "what was there stays");
}

}  // namespace

void fuzz::target(std::string_view input) {
  const auto given = parts(input, 2);
  check_body(given[0], false);
  check_body(given[0], true);
  check_text(given[0]);
  check_addition(given[0], given[1]);
}
