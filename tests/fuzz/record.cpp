// SPDX-License-Identifier: MIT
// The record at the end of the notes.
#include "core/release/record.hpp"

#include "target.hpp"

namespace {

using fuzz::require;

/// A record made from the input's bytes, with an entry for every 40 of them.
core::Record record_of(std::string_view bytes) {
  constexpr std::size_t step = 40;
  core::Record record;
  for (; bytes.size() >= step; bytes.remove_prefix(step)) {
    std::uint64_t id = 0;
    core::RecordEntry entry;
    for (std::size_t i = 0; i < step; ++i) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      if (i < 4) id = id * 256 + byte;
      if (i >= 4 && i < 8)
        entry.uuid += {"0123456789abcdef"[byte / 16], "0123456789abcdef"[byte % 16]};
      if (i >= 8) entry.sha256 += {"0123456789abcdef"[byte / 16], "0123456789abcdef"[byte % 16]};
    }
    record[id] = entry;
  }
  return record;
}

/// The form of version 0.1.0: whole ids instead of distances, and digests with padding.
std::string as_first_written(const core::Record& record) {
  std::string line(core::record_opening);
  for (const auto& [id, entry] : record) {
    const std::string alone = core::render_record({{id, entry}});
    line += alone.substr(core::record_opening.size(),
                         alone.size() - core::record_opening.size() - core::comment_closing.size());
    line += '=';
  }
  return line.append(core::comment_closing);
}

}  // namespace

void fuzz::target(std::string_view input) {
  const core::Record read = core::parse_record(input);
  require(read.empty() || core::render_record(read) == input || as_first_written(read) == input,
          "only what we write is believed");

  const core::Record made = record_of(input);
  const std::string line = core::render_record(made);
  require(core::parse_record(line) == made, "what is written is read back");
  require(made.empty() || core::parse_record(as_first_written(made)) == made,
          "and what version 0.1.0 wrote");
  require(!has_control_characters(line), "a record is one line");
  require(line.find("-->") == (line.empty() ? std::string::npos : line.size() - 3),
          "the comment ends at its end");

  std::vector<core::Asset> assets;
  for (const auto& [id, entry] : made) assets.push_back({id, "a", id % 7, entry.uuid, ""});
  const std::size_t limit = input.size() * 3;
  const core::Record part = core::fitting(made, assets, limit);
  require(part.empty() || core::render_record(part).size() <= limit, "a cut record fits");
  for (const auto& [id, entry] : part) require(made.at(id) == entry, "and has nothing new");
}
