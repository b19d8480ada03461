// SPDX-License-Identifier: MIT
#include "core/update/update_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/text/json.hpp"

namespace core {
namespace {

constexpr std::uint64_t config_format = 1;

constexpr std::array<std::pair<InstallType, std::string_view>, 4> type_names = {
    {{InstallType::portable, "portable"},
     {InstallType::installer, "installer"},
     {InstallType::service, "service"},
     {InstallType::docker, "docker"}}};

Error bad_config(const std::string& fault) {
  return {Fault::workflow, fmt::format("{} cannot be used: {}", update_config_name, fault)};
}

InstallType parse_type(const std::string& name) {
  const auto* const found = std::find_if(type_names.begin(), type_names.end(),
                                         [&](const auto& row) { return row.second == name; });
  if (found == type_names.end()) {
    throw bad_config(
        fmt::format("'type' is '{}'; it can be portable, installer, service or docker", name));
  }
  return found->first;
}

Channel channel_named(const std::string& name) {
  if (name.empty()) return Channel::stable;
  if (const std::optional<Channel> channel = parse_channel(name)) return *channel;
  throw bad_config(
      fmt::format("'channel' is '{}'; it can be stable, rc, beta, alpha or dev", name));
}

bool checks_daily(const std::string& when) {
  if (when.empty() || when == "daily") return !when.empty();
  throw bad_config(fmt::format("'check' is '{}'; it can be daily", when));
}

void require(const std::string& value, const char* member) {
  if (value.empty()) throw bad_config(fmt::format("it has no {}", member));
}

/// The part before the version, without the `v` that any tag may have.
std::string prefix_of(std::string text) {
  if (text.ends_with('v')) text.pop_back();
  return text;
}

}  // namespace

std::string_view name_of(InstallType type) {
  return std::find_if(type_names.begin(), type_names.end(),
                      [&](const auto& row) { return row.first == type; })
      ->second;
}

UpdateConfig parse_update_config(std::string_view text) {
  if (text.size() > max_update_config) throw bad_config("it is larger than 64 KiB");
  const Json json = Json::parse(text);
  if (!json.is_object()) throw bad_config("it is not an object");
  if (const std::uint64_t format = json.number("format"); format != config_format) {
    throw bad_config(
        fmt::format("its format is {}, and this launcher knows {}", format, config_format));
  }
  UpdateConfig config;
  config.app = json.string("app");
  config.type = parse_type(json.string("type"));
  config.provider = json.has("provider") ? json.string("provider") : "gitea";
  config.server = json.string("server");
  config.repository = json.string("repository");
  config.platform = json.string("platform");
  config.channel = channel_named(json.string("channel"));
  config.prefix = prefix_of(json.string("prefix"));
  config.ca_cert = json.string("ca_cert");
  config.proxy = json.string("proxy");
  config.user = json.string("user");
  config.checks_daily = checks_daily(json.string("check"));
  require(config.app, "app");
  require(config.server, "server");
  require(config.repository, "repository");
  require(config.platform, "platform");
  if (config.provider != "gitea" && config.provider != "github") {
    throw bad_config(fmt::format("'provider' is '{}'; it can be gitea or github", config.provider));
  }
  return config;
}

}  // namespace core
