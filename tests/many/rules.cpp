// SPDX-License-Identifier: MIT
#include "many/rules.hpp"

#include <fmt/format.h>

#include <sstream>

#include "core/text.hpp"

namespace many {
namespace {

constexpr std::string_view record_opening = "<!-- gitea-release record:";
constexpr std::string_view mark_opening = "<!-- gitea-release: being filled";
constexpr std::string_view comment_opening = "<!-- gitea-release";

bool mentions(const Asked& edit, const char* member) {
  return edit.body.find(fmt::format("\"{}\":", member)) != std::string::npos;
}

}  // namespace

bool is_job(const Asked& asked) { return asked.account.starts_with("job-"); }

bool is_look(const Asked& asked) {
  return asked.method == "GET" && asked.path.find("/releases/tags/") != std::string::npos;
}

bool is_edit(const Asked& asked) {
  return asked.method == "PATCH" && asked.path.find("/releases/") != std::string::npos;
}

bool is_creation(const Asked& asked) {
  return asked.method == "POST" && asked.path.ends_with("/releases");
}

bool is_upload(const Asked& asked) {
  return asked.method == "POST" && asked.path.find("/assets?") != std::string::npos;
}

std::vector<std::string> broken_rules(const std::vector<const Asked*>& own, bool succeeded) {
  std::vector<std::string> broken;
  bool looked = false;
  bool seen = false;
  for (const Asked* one : own) {
    if (is_look(*one)) looked = true;
    if (is_look(*one) && one->status == 200) seen = true;
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
  for (const Asked* one : own) {
    if (is_look(*one)) writes_after_look = 0;
    if (one->write()) ++writes_after_look;
  }
  if (succeeded && writes_after_look > 0) broken.emplace_back("did not look after its last write");
  return broken;
}

bool in_the_air(const std::vector<Asked>& requests, std::int64_t published_ms,
                std::int64_t hidden_ms) {
  constexpr std::int64_t blur_ms = 10;  // between two looks of the onlooker
  std::map<std::string, std::int64_t> look_of;
  for (const Asked& one : requests) {
    if (is_look(one) && is_job(one)) look_of[one.account] = one.started_ms;
    if (!is_edit(one)) continue;
    const auto look = look_of.find(one.account);
    const std::int64_t decided = look == look_of.end() ? one.started_ms : look->second;
    if (decided <= published_ms && one.ended_ms >= published_ms - blur_ms &&
        one.started_ms <= hidden_ms) {
      return true;
    }
  }
  return false;
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
  for (std::string word; words >> word && word != "-->";) {
    const auto colon = word.find(':');
    record[std::stoull(word.substr(0, colon))] = word.substr(colon + 1);
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
  while (result.size() % 4 != 0) result += '=';
  return result;
}

}  // namespace many
