// SPDX-License-Identifier: MIT
// updater/config.json: which application an installation holds, and where its releases are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/update/channel.hpp"

namespace core {

inline constexpr const char* update_config_name = "config.json";
inline constexpr std::size_t max_update_config = 64 << 10;  ///< bytes

/// How the application was installed, which decides whether the launcher may replace it.
enum class InstallType { portable, installer, service, docker };

/// As in the file: "portable", …
std::string_view name_of(InstallType type);

struct UpdateConfig {
  std::string app;
  InstallType type = InstallType::portable;
  std::string provider;    ///< "gitea" (also for Forgejo) or "github"
  std::string server;      ///< "https://git.example.org"
  std::string repository;  ///< OWNER/NAME
  std::string platform;    ///< "linux-x86_64"
  Channel channel = Channel::stable;
  std::string prefix;         ///< of the tags, before the version and its `v`: "app/"; usually ""
  std::string ca_cert;        ///< path of a PEM file; "" for the system's authorities
  std::string proxy;          ///< "" for the proxies of the environment
  std::string user;           ///< as whom a launcher of root starts the application; "" for root
  bool checks_daily = false;  ///< "check": "daily"
  bool operator==(const UpdateConfig&) const = default;
};

/// Ignores unknown members. Throws Error (failed) for an unknown `format` and if it is not valid.
UpdateConfig parse_update_config(std::string_view text);

}  // namespace core
