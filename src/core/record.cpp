// SPDX-License-Identifier: MIT
#include "core/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

namespace core {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t base64_length = 43;  // without padding
constexpr std::size_t uuid_length = 8;

using Bytes = std::array<unsigned char, digest_bytes>;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string base64(const Digest& hex) {
  std::string result;
  unsigned bits = 0;
  int held = 0;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    const int byte = hex_value(hex[i]) * 16 + hex_value(hex[i + 1]);
    bits = (bits << 8) | static_cast<unsigned>(byte);
    for (held += 8; held >= 6; held -= 6) result += alphabet[(bits >> (held - 6)) & 63];
  }
  if (held > 0) result += alphabet[(bits << (6 - held)) & 63];
  return result;
}

std::optional<Digest> hexadecimal(std::string_view base64_text) {
  if (base64_text.size() != base64_length) return std::nullopt;
  Digest result;
  unsigned bits = 0;
  int held = 0;
  for (const char c : base64_text) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6) | static_cast<unsigned>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    result += fmt::format("{:02x}", (bits >> held) & 0xFF);
  }
  return result;
}

/// How a record is written.
enum class Form {
  distances,  ///< ids as distances, digests without padding
  ids,        ///< version 0.1.0's: whole ids, padded digests
};

std::string render(const Record& record, Form form) {
  if (record.empty()) return {};
  std::string result(record_opening);
  std::uint64_t before = 0;
  for (const auto& [id, entry] : record) {
    result += fmt::format(" {}:{}:{}{}", id - before, entry.uuid, base64(entry.sha256),
                          form == Form::ids ? "=" : "");
    if (form == Form::distances) before = id;
  }
  return result + std::string(comment_closing);
}

/// Bytes of a record of these assets, each with a whole uuid.
std::size_t rendered_size(std::span<const Asset* const> assets) {
  constexpr std::size_t fixed = std::string_view(" ::").size() + uuid_length + base64_length;
  std::vector<std::uint64_t> ids;
  for (const Asset* asset : assets) ids.push_back(asset->id);
  std::sort(ids.begin(), ids.end());
  std::size_t size = record_opening.size() + comment_closing.size();
  std::uint64_t before = 0;
  for (const std::uint64_t id : ids) {
    size += fixed + fmt::formatted_size("{}", id - before);
    before = id;
  }
  return size;
}

/// "NUMBER:UUID8:SHA256", or nothing where it is not exactly that.
std::optional<Record::value_type> parse_entry(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos ||
      text.size() != colon + 1 + uuid_length + 1 + base64_length ||
      text[colon + 1 + uuid_length] != ':') {
    return std::nullopt;
  }
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + colon, number);
  if (failure != std::errc{} || end != text.data() + colon) return std::nullopt;
  const auto digest = hexadecimal(text.substr(colon + 1 + uuid_length + 1));
  if (!digest) return std::nullopt;
  return Record::value_type{number, {std::string(text.substr(colon + 1, uuid_length)), *digest}};
}

Record parse(std::string_view whole, Form form) {
  std::string_view line = whole;
  line = line.substr(record_opening.size(),
                     line.size() - record_opening.size() - comment_closing.size());
  Record result;
  std::uint64_t before = 0;
  while (!line.empty()) {
    if (line.front() != ' ') return {};
    line.remove_prefix(1);
    std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    if (form == Form::ids) {
      if (!word.ends_with('=')) return {};
      word.remove_suffix(1);
    }
    const auto entry = parse_entry(word);
    if (!entry) return {};
    const std::uint64_t id = before + entry->first;
    if (!result.emplace(id, entry->second).second) return {};
    if (form == Form::distances) before = id;
  }
  // Another spelling of the same (leading zeros, another order) was not written by render().
  return render(result, form) == whole ? result : Record{};
}

}  // namespace

RecordEntry record_entry(const Asset& asset, const Digest& sha256) {
  return {asset.uuid.substr(0, uuid_length), sha256};
}

bool is_recorded(const Record& record, const Asset& asset, const Digest& sha256) {
  const auto entry = record.find(asset.id);
  return entry != record.end() && entry->second == record_entry(asset, sha256);
}

std::string render_record(const Record& record) { return render(record, Form::distances); }

Record parse_record(std::string_view line) {
  const bool is_comment = line.starts_with(record_opening) && line.ends_with(comment_closing) &&
                          line.size() >= record_opening.size() + comment_closing.size();
  if (!is_comment) return {};
  Record result = parse(line, Form::distances);
  return result.empty() ? parse(line, Form::ids) : result;
}

Record fitting(const Record& record, const std::vector<Asset>& assets, std::size_t limit,
               std::string_view first) {
  std::vector<const Asset*> order;
  for (const Asset& asset : assets) {
    const auto entry = record.find(asset.id);
    // One entry that cannot be read back would cost all of them.
    if (entry != record.end() && entry->second.uuid.size() == uuid_length) order.push_back(&asset);
  }
  std::sort(order.begin(), order.end(), [&](const Asset* a, const Asset* b) {
    const bool a_first = a->name == first;
    const bool b_first = b->name == first;
    if (a_first != b_first) return a_first;
    return a->size != b->size ? a->size > b->size : a->id < b->id;
  });
  std::size_t fits = 0;
  std::size_t too_many = order.size() + 1;
  while (fits + 1 < too_many) {
    const std::size_t middle = fits + (too_many - fits) / 2;
    (rendered_size({order.data(), middle}) <= limit ? fits : too_many) = middle;
  }
  Record result;
  for (std::size_t i = 0; i < fits; ++i) result.emplace(order[i]->id, record.at(order[i]->id));
  return result;
}

}  // namespace core
