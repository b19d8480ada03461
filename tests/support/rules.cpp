// SPDX-License-Identifier: MIT
#include "support/rules.hpp"

#include <fmt/format.h>

#include <sstream>

#include "core/text/text.hpp"

namespace support {
namespace {

constexpr std::string_view record_opening = "<!-- gitea-release record:";
constexpr std::string_view mark_opening = "<!-- gitea-release: being filled";
constexpr std::string_view comment_opening = "<!-- gitea-release";

bool mentions(const Logged& edit, const char* member) {
  return edit.body.find(fmt::format("\"{}\":", member)) != std::string::npos;
}

}  // namespace

bool is_read(const Logged& asked) {
  return asked.method == "GET" && asked.path.find("/releases/tags/") != std::string::npos;
}

bool is_edit(const Logged& asked) {
  return asked.method == "PATCH" && asked.path.find("/releases/") != std::string::npos;
}

bool is_creation(const Logged& asked) {
  return asked.method == "POST" && asked.path.ends_with("/releases");
}

bool is_upload(const Logged& asked) {
  return asked.method == "POST" && asked.path.find("/assets?") != std::string::npos;
}

std::vector<std::string> broken_rules(const std::vector<const Logged*>& own, bool succeeded) {
  std::vector<std::string> broken;
  bool looked = false;
  bool seen = false;
  for (const Logged* one : own) {
    if (is_read(*one)) looked = true;
    if (is_read(*one) && one->status == 200) seen = true;
    // Rejected before it was carried out: the same request may be sent again.
    if (one->status == 429 || one->status / 100 == 3) continue;
    if (is_edit(*one)) {
      if (!looked) broken.emplace_back("edited twice after one look");
      if (mentions(*one, "draft") && !mentions(*one, "body")) {
        broken.emplace_back("wrote the flag without the notes");
      }
      const bool marked = one->body.find(mark_opening) != std::string::npos;
      if (mentions(*one, "body") && !mentions(*one, "draft") && !marked) {
        broken.emplace_back(notes_without_flag);
      }
      looked = false;
    } else if (is_creation(*one)) {
      if (seen) broken.emplace_back("made another release in the place of one that was deleted");
      looked = false;
    }
  }
  std::size_t writes_after_look = 0;
  for (const Logged* one : own) {
    if (is_read(*one)) writes_after_look = 0;
    if (one->write()) ++writes_after_look;
  }
  if (succeeded && writes_after_look > 0) broken.emplace_back("did not look after its last write");
  return broken;
}

std::string text_of(const std::string& body) {
  std::string text;
  for (const std::string& line : core::lines(body)) {
    if (!line.starts_with(comment_opening)) text += line + "\n";
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::map<std::uint64_t, std::string> record_in(const std::string& body) {
  std::map<std::uint64_t, std::string> record;
  const auto at = body.rfind(record_opening);
  if (at == std::string::npos) return record;
  std::istringstream words(body.substr(at + record_opening.size()));
  std::uint64_t id = 0;  // each entry has the difference to the id before
  for (std::string word; words >> word && word != "-->";) {
    const auto colon = word.find(':');
    id += std::stoull(word.substr(0, colon));
    const std::string entry = word.substr(colon + 1);  // UUID:SHA256, or UUID:SHA256:CODE
    record[id] = entry.substr(0, entry.find(':', entry.find(':') + 1));
  }
  return record;
}

std::string base64_of_hex(const std::string& hex) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char digit : hex) {
    bits = bits << 4U | static_cast<std::uint32_t>(std::stoi(std::string(1, digit), nullptr, 16));
    held += 4;
    if (held < 6) continue;
    held -= 6;
    result += letters[bits >> static_cast<unsigned>(held) & 63U];
  }
  if (held > 0) result += letters[bits << static_cast<unsigned>(6 - held) & 63U];
  return result;
}

}  // namespace support
