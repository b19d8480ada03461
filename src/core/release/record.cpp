// SPDX-License-Identifier: MIT
#include "core/release/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include "core/release/vouching.hpp"
#include "core/text/base64.hpp"

namespace core {
namespace {

constexpr std::size_t base64_length = 43;  // without padding
constexpr std::size_t uuid_length = 8;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// Without padding.
std::string base64(const Digest& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(hex_value(hex[i]) * 16 + hex_value(hex[i + 1]));
  }
  const std::string text = to_base64(bytes);
  return text.substr(0, text.find('='));
}

std::optional<Digest> digest_in(std::string_view base64_text) {
  if (base64_text.size() != base64_length) return std::nullopt;
  const auto bytes = from_base64(std::string(base64_text) + '=');
  if (!bytes) return std::nullopt;
  return hexadecimal(*bytes);
}

/// The format of a record.
enum class Form {
  distances,  ///< ids as differences, digests without padding
  ids,        ///< of version 0.1.0: full ids, padded digests
};

std::string render(const Record& record, Form form) {
  if (record.empty()) return {};
  std::string result(record_opening);
  std::uint64_t before = 0;
  for (const auto& [id, entry] : record) {
    result += fmt::format(" {}:{}:{}{}", id - before, entry.uuid, base64(entry.sha256),
                          form == Form::ids ? "=" : "");
    if (!entry.code.empty()) result += ":" + entry.code;
    if (form == Form::distances) before = id;
  }
  return result + std::string(comment_closing);
}

/// The size in bytes of a record of these assets.
std::size_t rendered_size(std::span<const Asset* const> assets, const Record& record) {
  constexpr std::size_t fixed = std::string_view(" ::").size() + uuid_length + base64_length;
  std::vector<std::uint64_t> ids;
  for (const Asset* asset : assets) ids.push_back(asset->id);
  std::sort(ids.begin(), ids.end());
  std::size_t size = record_opening.size() + comment_closing.size();
  std::uint64_t before = 0;
  for (const std::uint64_t id : ids) {
    const std::string& code = record.at(id).code;
    size += fixed + fmt::formatted_size("{}", id - before) + (code.empty() ? 0 : code.size() + 1);
    before = id;
  }
  return size;
}

/// Parses "NUMBER:UUID8:SHA256" or "NUMBER:UUID8:SHA256:CODE"; nullopt for anything else.
std::optional<Record::value_type> parse_entry(std::string_view text) {
  const auto colon = text.find(':');
  std::string code;
  if (const auto last = text.rfind(':'); is_code(text.substr(last + 1))) {
    code = text.substr(last + 1);
    text = text.substr(0, last);
  }
  if (colon == std::string_view::npos ||
      text.size() != colon + 1 + uuid_length + 1 + base64_length ||
      text[colon + 1 + uuid_length] != ':') {
    return std::nullopt;
  }
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + colon, number);
  if (failure != std::errc{} || end != text.data() + colon) return std::nullopt;
  const auto digest = digest_in(text.substr(colon + 1 + uuid_length + 1));
  if (!digest) return std::nullopt;
  return Record::value_type{number,
                            {std::string(text.substr(colon + 1, uuid_length)), *digest, code}};
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
    std::string_view text = line.substr(0, line.find(' '));
    line.remove_prefix(text.size());
    if (form == Form::ids) {
      if (!text.ends_with('=')) return {};
      text.remove_suffix(1);
    }
    const auto entry = parse_entry(text);
    if (!entry) return {};
    const std::uint64_t id = before + entry->first;
    if (!result.emplace(id, entry->second).second) return {};
    if (form == Form::distances) before = id;
  }
  // A record in a different form (leading zeros, another order) was not written by render().
  return render(result, form) == whole ? result : Record{};
}

}  // namespace

RecordEntry record_entry(const Asset& asset, const Digest& sha256) {
  return {asset.uuid.substr(0, uuid_length), sha256, {}};
}

bool is_recorded(const Record& record, const Asset& asset, const Digest& sha256) {
  const auto entry = record.find(asset.id);
  return entry != record.end() && entry->second.sha256 == sha256 &&
         entry->second.uuid == asset.uuid.substr(0, uuid_length);
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
    // An entry that cannot be parsed would make the whole record invalid.
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
    (rendered_size({order.data(), middle}, record) <= limit ? fits : too_many) = middle;
  }
  Record result;
  for (std::size_t i = 0; i < fits; ++i) result.emplace(order[i]->id, record.at(order[i]->id));
  return result;
}

}  // namespace core
