// SPDX-License-Identifier: MIT
#include "core/release/update_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/release/fan_in.hpp"
#include "core/text/braces.hpp"
#include "core/text/text.hpp"
#include "core/update/manifest.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

bool matches(const std::string& pattern, const std::string& name) {
  return is_required(expand_braces(pattern), name);
}

/// Everything but the payloads.
Manifest manifest_without_payloads(const Update& update, const std::string& tag) {
  Manifest manifest;
  manifest.app = update.app;
  manifest.tag = tag;
  if (const auto version = parse_version(tag)) {
    manifest.version = version->text;
    manifest.channel = channel_of(*version);
  }
  manifest.from = update.from;
  manifest.critical = update.critical;
  manifest.withdrawn = update.withdrawn;
  manifest.summary = update.summary;
  return manifest;
}

}  // namespace

std::string fault_of(const Update& update, const std::string& tag) {
  if (!parse_version(tag)) return fmt::format("the tag '{}' is not a version", one_line(tag));
  Manifest manifest = manifest_without_payloads(update, tag);
  for (const auto& [platform, pattern] : update.payloads)
    manifest.payloads[platform] = {pattern, 0};
  return fault_of(manifest);
}

bool is_payload(const Update& update, const std::string& name) {
  return std::any_of(update.payloads.begin(), update.payloads.end(),
                     [&](const auto& payload) { return matches(payload.second, name); });
}

std::string fault_of_payloads(const Update& update, const std::vector<std::string>& names,
                              bool is_complete) {
  for (const auto& [platform, pattern] : update.payloads) {
    std::vector<std::string> found;
    for (const std::string& name : names) {
      if (matches(pattern, name)) found.push_back(one_line(name));
    }
    if (found.size() > 1) {
      return fmt::format("'{}', the payload for {}, matches {} files: {}", one_line(pattern),
                         platform, found.size(), join(found, ", "));
    }
    if (found.empty() && is_complete) {
      return fmt::format("'{}', the payload for {}, matches no file", one_line(pattern), platform);
    }
  }
  return "";
}

std::optional<std::string> update_file(const Update& update, const std::string& tag,
                                       const std::vector<Asset>& assets) {
  Manifest manifest = manifest_without_payloads(update, tag);
  for (const auto& [platform, pattern] : update.payloads) {
    const auto is_it = [&pattern = pattern](const Asset& asset) {
      return matches(pattern, asset.name);
    };
    const auto found = std::find_if(assets.begin(), assets.end(), is_it);
    if (found == assets.end() || std::count_if(assets.begin(), assets.end(), is_it) > 1) {
      return std::nullopt;
    }
    manifest.payloads[platform] = {found->name, found->size};
  }
  return render_manifest(manifest);
}

}  // namespace core
