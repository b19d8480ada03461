// SPDX-License-Identifier: MIT
#include "core/checksums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/asset_name.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace core {
namespace {

struct SumsKind {
  Algorithm algorithm = Algorithm::sha256;
  std::string_view word;
  std::string_view upper_word;
};

constexpr std::array<SumsKind, 3> kinds = {{{Algorithm::sha256, "sha256", "SHA256"},
                                            {Algorithm::sha512, "sha512", "SHA512"},
                                            {Algorithm::md5, "md5", "MD5"}}};

bool is_any_digest(std::string_view text) {
  return std::any_of(kinds.begin(), kinds.end(),
                     [text](const SumsKind& kind) { return is_digest(text, kind.algorithm); });
}

void replace(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

/// The pattern with its placeholders filled.
std::string filled(std::string_view pattern, const SumsKind& kind) {
  std::string name(pattern);
  replace(name, "{algorithm}", kind.word);
  replace(name, "{ALGORITHM}", kind.upper_word);
  return name;
}

Error bad_pattern(const std::string& fault) {
  return {Fault::workflow, "checksums_name: " + fault,
          "Write a file's name such as checksums-{algorithm}.txt: {algorithm} stands for sha256, "
          "{ALGORITHM} for SHA256."};
}

}  // namespace

std::vector<Algorithm> parse_algorithms(std::string_view text) {
  std::vector<Algorithm> result;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find_first_of(", \t\r\n", begin), text.size());
    const std::string word = lower(text.substr(begin, end - begin));
    begin = end + 1;
    if (word.empty()) continue;
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const SumsKind& one) { return one.word == word; });
    if (kind == kinds.end()) {
      throw Error(Fault::workflow,
                  fmt::format("checksums: '{}' is not one of sha256, sha512, md5", one_line(word)));
    }
    if (std::find(result.begin(), result.end(), kind->algorithm) == result.end()) {
      result.push_back(kind->algorithm);
    }
  }
  return result;
}

SumsNames::SumsNames() : SumsNames("{ALGORITHM}SUMS", {}) {}

SumsNames::SumsNames(std::string_view pattern, const std::vector<Algorithm>& used) {
  for (const SumsKind& kind : kinds) names_[kind.algorithm] = filled(pattern, kind);
  const std::string& name = of(used.empty() ? Algorithm::sha256 : used.front());
  if (const auto brace = name.find_first_of("{}"); brace != std::string::npos) {
    throw bad_pattern(fmt::format("'{}' has braces around something else", one_line(pattern)));
  }
  if (const std::string fault = fault_of_asset_name(name); !fault.empty()) {
    throw bad_pattern(fmt::format("'{}' {}", one_line(name), fault));
  }
  if (used.size() > 1 && of(used[0]) == of(used[1])) {
    throw bad_pattern(fmt::format("'{}' gives the files of {} algorithms the same name",
                                  one_line(pattern), used.size()));
  }
}

const std::string& SumsNames::of(Algorithm algorithm) const { return names_.at(algorithm); }

bool SumsNames::has(std::string_view name) const {
  return std::any_of(names_.begin(), names_.end(),
                     [name](const auto& entry) { return entry.second == name; });
}

std::string render_sums(const std::map<std::string, Digest>& digests) {
  std::string text;
  for (const auto& [name, digest] : digests) {
    std::string escaped;
    for (const char c : name) escaped += c == '\\' ? "\\\\" : std::string(1, c);
    text += fmt::format("{}{}  {}\n", escaped == name ? "" : "\\", digest, escaped);
  }
  return text;
}

std::map<std::string, Digest> parse_sums(std::string_view text) {
  std::map<std::string, Digest> digests;
  for (const std::string& whole : lines(text)) {
    std::string_view line = whole;
    const bool escaped = line.starts_with('\\');
    if (escaped) line.remove_prefix(1);
    const auto blank = line.find(' ');
    if (blank == std::string_view::npos || !is_any_digest(line.substr(0, blank))) continue;
    std::string_view rest = line.substr(blank + 1);
    if (!rest.starts_with(' ') && !rest.starts_with('*')) continue;
    rest.remove_prefix(1);
    if (rest.empty()) continue;
    std::string name;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      name += rest[i];
      if (escaped && rest[i] == '\\') ++i;  // each stands there twice
    }
    digests[name] = line.substr(0, blank);
  }
  return digests;
}

}  // namespace core
