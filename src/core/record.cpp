// SPDX-License-Identifier: MIT
#include "core/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace core {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t base64_length = 44;
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
  while (result.size() % 4 != 0) result += '=';
  return result;
}

std::optional<Digest> hexadecimal(std::string_view base64_text) {
  if (base64_text.size() != base64_length || base64_text.back() != '=') return std::nullopt;
  Digest result;
  unsigned bits = 0;
  int held = 0;
  for (const char c : base64_text.substr(0, base64_length - 1)) {
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

std::string render_entry(std::uint64_t id, const RecordEntry& entry) {
  return fmt::format(" {}:{}:{}", id, entry.uuid, base64(entry.sha256));
}

/// "ID:UUID8:SHA256", or nothing where it is not exactly that.
std::optional<Record::value_type> parse_entry(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos ||
      text.size() != colon + 1 + uuid_length + 1 + base64_length ||
      text[colon + 1 + uuid_length] != ':') {
    return std::nullopt;
  }
  std::uint64_t id = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + colon, id);
  if (failure != std::errc{} || end != text.data() + colon) return std::nullopt;
  const auto digest = hexadecimal(text.substr(colon + 1 + uuid_length + 1));
  if (!digest) return std::nullopt;
  return Record::value_type{id, {std::string(text.substr(colon + 1, uuid_length)), *digest}};
}

}  // namespace

RecordEntry record_entry(const Asset& asset, const Digest& sha256) {
  return {asset.uuid.substr(0, uuid_length), sha256};
}

bool is_recorded(const Record& record, const Asset& asset, const Digest& sha256) {
  const auto entry = record.find(asset.id);
  return entry != record.end() && entry->second == record_entry(asset, sha256);
}

std::string render_record(const Record& record) {
  if (record.empty()) return {};
  std::string result(record_opening);
  for (const auto& [id, entry] : record) result += render_entry(id, entry);
  return result + std::string(comment_closing);
}

Record parse_record(std::string_view whole) {
  std::string_view line = whole;
  if (!line.starts_with(record_opening) || !line.ends_with(comment_closing)) return {};
  line = line.substr(record_opening.size(),
                     line.size() - record_opening.size() - comment_closing.size());
  Record result;
  while (!line.empty()) {
    if (line.front() != ' ') return {};
    line.remove_prefix(1);
    const std::string_view word = line.substr(0, line.find(' '));
    const auto entry = parse_entry(word);
    if (!entry || !result.insert(*entry).second) return {};
    line.remove_prefix(word.size());
  }
  // Another spelling of the same (leading zeros, another order) was not written by render_record.
  return render_record(result) == whole ? result : Record{};
}

Record fitting(const Record& record, const std::vector<Asset>& assets, std::size_t limit) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> largest_first;  // size, id
  for (const Asset& asset : assets) {
    const auto entry = record.find(asset.id);
    // One entry that cannot be read back would cost all of them.
    if (entry == record.end() || entry->second.uuid.size() != uuid_length) continue;
    largest_first.emplace_back(asset.size, asset.id);
  }
  std::sort(largest_first.begin(), largest_first.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  Record result;
  std::size_t used = record_opening.size() + comment_closing.size();
  for (const auto& [size, id] : largest_first) {
    const RecordEntry& entry = record.at(id);
    used += render_entry(id, entry).size();
    if (used > limit) break;
    result.emplace(id, entry);
  }
  return result;
}

}  // namespace core
