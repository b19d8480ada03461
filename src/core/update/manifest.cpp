// SPDX-License-Identifier: MIT
#include "core/update/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::uint64_t manifest_format = 1;
constexpr std::size_t max_name_length = 64;  // characters of an application or platform
constexpr std::size_t longest_summary = 500;
constexpr std::string_view at_least = ">=";

bool is_name(std::string_view text, std::string_view more) {
  return !text.empty() && text.size() <= max_name_length &&
         std::all_of(text.begin(), text.end(), [more](char c) {
           return is_letter(c) || is_digit(c) || more.find(c) != std::string_view::npos;
         });
}

/// Parses a version without a prefix or `v`.
std::optional<Version> plain_version(std::string_view text) {
  const auto version = parse_version(text);
  return version && version->text == text ? version : std::nullopt;
}

std::optional<Version> lowest_of(std::string_view from) {
  if (!from.starts_with(at_least)) return std::nullopt;
  return plain_version(trim(from.substr(at_least.size())));
}

Manifest manifest_of(const Json& json) {
  Manifest manifest;
  manifest.app = json.string("app");
  manifest.version = json.string("version");
  manifest.tag = json.string("tag");
  // An unknown channel was written by a later version; then the version decides.
  const auto version = plain_version(manifest.version);
  manifest.channel =
      parse_channel(json.string("channel")).value_or(version ? channel_of(*version) : Channel::dev);
  manifest.launcher = json.number("launcher");
  for (const auto& [platform, payload] : json.object("payloads").members()) {
    manifest.payloads[platform] = {payload.string("name"), payload.number("size")};
  }
  manifest.from = json.string("from");
  manifest.critical = json.boolean("critical");
  manifest.withdrawn = json.strings("withdrawn");
  manifest.summary = json.string("summary");
  return manifest;
}

Error bad_manifest(const std::string& fault) {
  return {Fault::failed, fmt::format("{} cannot be used: {}", manifest_name, fault)};
}

}  // namespace

bool Manifest::admits(const Version& current) const {
  const auto lowest = lowest_of(from);
  return !lowest || current >= *lowest;
}

std::string fault_of(const Manifest& manifest) {
  if (!is_name(manifest.app, "-")) {
    return fmt::format(
        "'{}' is not the name of an application: use up to 64 letters, digits and '-'",
        one_line(manifest.app));
  }
  const auto version = plain_version(manifest.version);
  if (!version) return fmt::format("'{}' is not a version", one_line(manifest.version));
  const auto of_tag = parse_version(manifest.tag);
  if (!of_tag || of_tag->text != manifest.version) {
    return fmt::format("the tag '{}' does not belong to version {}", one_line(manifest.tag),
                       manifest.version);
  }
  if (manifest.channel != channel_of(*version)) {
    return fmt::format("version {} does not belong to the channel {}", manifest.version,
                       name_of(manifest.channel));
  }
  if (manifest.launcher == 0) return "it does not say which launcher it needs";
  if (manifest.payloads.empty()) return "it has no payload";
  for (const auto& [platform, payload] : manifest.payloads) {
    if (!is_name(platform, "-_.")) {
      return fmt::format(
          "'{}' is not the name of a platform: use up to 64 letters, digits, '-', '_' and '.'",
          one_line(platform));
    }
    if (payload.name.empty()) return fmt::format("the payload for {} has no name", platform);
  }
  if (!manifest.from.empty() && !lowest_of(manifest.from)) {
    return fmt::format("from: '{}' is not '>=VERSION'", one_line(manifest.from));
  }
  for (const std::string& withdrawn : manifest.withdrawn) {
    if (!plain_version(withdrawn)) {
      return fmt::format("withdrawn: '{}' is not a version", one_line(withdrawn));
    }
  }
  if (!is_utf8(manifest.summary) ||
      one_line(manifest.summary, manifest.summary.size()) != manifest.summary ||
      characters(manifest.summary) > longest_summary) {
    return fmt::format("summary: it has to be one line of at most {} characters", longest_summary);
  }
  return "";
}

std::string render_manifest(const Manifest& manifest) {
  if (const std::string fault = fault_of(manifest); !fault.empty()) {
    throw Error(Fault::workflow, "update: " + fault);
  }
  JsonObject payloads;
  for (const auto& [platform, payload] : manifest.payloads) {
    payloads.add(platform, JsonObject().add("name", payload.name).add("size", payload.size));
  }
  JsonObject json;
  json.add("format", manifest_format).add("app", manifest.app).add("version", manifest.version);
  json.add("tag", manifest.tag).add("channel", name_of(manifest.channel));
  json.add("launcher", manifest.launcher).add("payloads", payloads);
  if (!manifest.from.empty()) json.add("from", manifest.from);
  json.add("critical", manifest.critical).add("withdrawn", manifest.withdrawn);
  json.add("summary", manifest.summary);
  std::string text = json.text() + "\n";
  if (text.size() > max_manifest) {
    throw Error(Fault::workflow,
                fmt::format("update: {} would have {} bytes, but 64 KiB are allowed", manifest_name,
                            text.size()));
  }
  return text;
}

Manifest parse_manifest(std::string_view text) {
  if (text.size() > max_manifest) throw bad_manifest("it is larger than 64 KiB");
  Manifest manifest;
  try {
    const Json json = Json::parse(text);
    if (!json.is_object()) throw bad_manifest("it is not an object");
    const std::uint64_t format = json.number("format");
    if (format != manifest_format) {
      throw bad_manifest(
          fmt::format("its format is {}, and this program knows {}", format, manifest_format));
    }
    manifest = manifest_of(json);
  } catch (const Error& error) {
    if (error.message.starts_with(manifest_name)) throw;
    constexpr std::string_view whose =
        "in the server's response, ";  // the beginning of core::Json's messages
    const std::size_t begin = error.message.starts_with(whose) ? whose.size() : 0;
    throw bad_manifest(one_line(error.message.substr(begin)));
  }
  if (const std::string fault = fault_of(manifest); !fault.empty()) throw bad_manifest(fault);
  return manifest;
}

}  // namespace core
