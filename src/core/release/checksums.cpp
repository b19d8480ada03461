// SPDX-License-Identifier: MIT
#include "core/release/checksums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/release.hpp"
#include "core/release/asset_name.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

struct ChecksumKind {
  Algorithm algorithm = Algorithm::sha256;
  std::string_view word;
  std::string_view upper_word;
};

constexpr std::array<ChecksumKind, 3> kinds = {{{Algorithm::sha256, "sha256", "SHA256"},
                                                {Algorithm::sha512, "sha512", "SHA512"},
                                                {Algorithm::md5, "md5", "MD5"}}};

/// ".sha256"
std::string extension_of(Algorithm algorithm) {
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [algorithm](const ChecksumKind& one) {
    return one.algorithm == algorithm;
  });
  return "." + std::string(kind->word);
}

bool is_any_digest(std::string_view text) {
  return std::any_of(kinds.begin(), kinds.end(),
                     [text](const ChecksumKind& kind) { return is_digest(text, kind.algorithm); });
}

void replace(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

/// The pattern with its placeholders replaced.
std::string filled(std::string_view pattern, const ChecksumKind& kind) {
  std::string name(pattern);
  replace(name, "{algorithm}", kind.word);
  replace(name, "{ALGORITHM}", kind.upper_word);
  return name;
}

Error bad_pattern(const std::string& fault) {
  return {Fault::workflow, "checksums_name: " + fault,
          "Write a file name such as checksums-{algorithm}.txt: {algorithm} becomes sha256, "
          "{ALGORITHM} becomes SHA256."};
}

Error bad_sums(const std::string& fault) {
  return {Fault::failed, "this SHA256SUMS cannot be a signed one: " + fault};
}

}  // namespace

RequestedChecksums parse_requested_checksums(std::string_view text) {
  RequestedChecksums requested;
  auto& result = requested.algorithms;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find_first_of(", \t\r\n", begin), text.size());
    const std::string word = lower(text.substr(begin, end - begin));
    begin = end + 1;
    if (word.empty()) continue;
    if (word == "per-file") {
      requested.per_file = true;
      continue;
    }
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const ChecksumKind& known) { return known.word == word; });
    if (kind == kinds.end()) {
      throw Error(Fault::workflow,
                  fmt::format("checksums: '{}' is not one of sha256, sha512, md5, per-file",
                              one_line(word)));
    }
    if (std::find(result.begin(), result.end(), kind->algorithm) == result.end()) {
      result.push_back(kind->algorithm);
    }
  }
  if (requested.per_file && result.empty()) {
    throw Error(Fault::workflow, "checksums: 'per-file' says nothing about the algorithm",
                "Write 'checksums: sha256, per-file'.");
  }
  return requested;
}

ChecksumNames::ChecksumNames() : ChecksumNames("{ALGORITHM}SUMS", {}) {}

ChecksumNames::ChecksumNames(std::string_view pattern, const std::vector<Algorithm>& used) {
  for (const ChecksumKind& kind : kinds) names_[kind.algorithm] = filled(pattern, kind);
  add(signature_name);
  const std::string& name = of(used.empty() ? Algorithm::sha256 : used.front());
  if (const auto brace = name.find_first_of("{}"); brace != std::string::npos) {
    throw bad_pattern(fmt::format("'{}' contains braces other than {{algorithm}} and {{ALGORITHM}}",
                                  one_line(pattern)));
  }
  if (std::string fault = fault_of_asset_name(name); !fault.empty()) {
    throw bad_pattern(fmt::format("'{}' {}", one_line(name), fault));
  }
  if (used.size() > 1 && of(used[0]) == of(used[1])) {
    throw bad_pattern(fmt::format("'{}' gives the same name to the files of {} algorithms",
                                  one_line(pattern), used.size()));
  }
}

const std::string& ChecksumNames::of(Algorithm algorithm) const { return names_.at(algorithm); }

void ChecksumNames::add_per_file(const std::vector<Algorithm>& algorithms) {
  per_file_ = algorithms;
}

std::optional<std::string> ChecksumNames::of_asset(std::string_view asset,
                                                   Algorithm algorithm) const {
  if (std::find(per_file_.begin(), per_file_.end(), algorithm) == per_file_.end()) {
    return std::nullopt;
  }
  std::string name = std::string(asset) + extension_of(algorithm);
  return name.size() > max_asset_name ? std::nullopt : std::optional(std::move(name));
}

std::optional<std::string> ChecksumNames::asset_of(std::string_view name) const {
  for (const Algorithm algorithm : per_file_) {
    const std::string extension = extension_of(algorithm);
    if (name.size() > extension.size() && name.ends_with(extension)) {
      return std::string(name.substr(0, name.size() - extension.size()));
    }
  }
  return std::nullopt;
}

bool ChecksumNames::has(std::string_view name) const {
  return others_.contains(name) || asset_of(name) ||
         std::any_of(names_.begin(), names_.end(),
                     [name](const auto& entry) { return entry.second == name; });
}

std::string render_checksums(const std::map<std::string, Digest>& digests) {
  std::string text;
  for (const auto& [name, digest] : digests) {
    std::string escaped;
    for (const char c : name) escaped += c == '\\' ? "\\\\" : std::string(1, c);
    text += fmt::format("{}{}  {}\n", escaped == name ? "" : "\\", digest, escaped);
  }
  return text;
}

std::map<std::string, Digest> parse_checksums(std::string_view text) {
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
      if (escaped && rest[i] == '\\') ++i;  // an escaped backslash is doubled
    }
    digests[name] = line.substr(0, blank);
  }
  return digests;
}

std::string fault_of_signed_name(std::string_view name) {
  if (std::string fault = fault_of_asset_name(name); !fault.empty()) return fault;
  if (name.find('\\') != std::string_view::npos) return "contains a backslash";
  // U+0080 to U+009F
  for (auto at = name.find('\xC2'); at != std::string_view::npos; at = name.find('\xC2', at + 1)) {
    if (static_cast<unsigned char>(name[at + 1]) < 0xA0) return "contains a control character";
  }
  return "";
}

std::map<std::string, Digest> parse_signed_checksums(std::string_view text) {
  constexpr std::size_t digest_length = 64;
  constexpr std::string_view blanks = "  ";
  const std::size_t name_begin = digest_length + blanks.size();
  if (text.size() > max_signed_checksums) throw bad_sums("it is larger than 1 MiB");
  std::map<std::string, Digest> digests;
  std::set<std::string> names;
  for (std::size_t number = 1; !text.empty(); ++number) {
    if (number > max_signed_lines) throw bad_sums("it has more than 10,000 lines");
    const auto end = text.find('\n');
    if (end == std::string_view::npos) throw bad_sums("its last line has no line end");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!is_digest(line.substr(0, digest_length), Algorithm::sha256) ||
        line.substr(digest_length, blanks.size()) != blanks) {
      throw bad_sums(fmt::format("line {} does not begin with a SHA-256 and two blanks", number));
    }
    const std::string name(line.substr(name_begin));
    if (const std::string fault = fault_of_signed_name(name); !fault.empty()) {
      throw bad_sums(fmt::format("the name in line {} {}", number, fault));
    }
    if (!names.insert(lower(name)).second) {
      throw bad_sums(fmt::format("{} is listed twice", one_line(name)));
    }
    digests.emplace(name, line.substr(0, digest_length));
  }
  return digests;
}

}  // namespace core
