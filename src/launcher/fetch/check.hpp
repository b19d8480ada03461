// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/digest.hpp"
#include "core/release.hpp"
#include "core/update/manifest.hpp"
#include "core/update/update_config.hpp"
#include "core/version/version.hpp"
#include "gitea/server.hpp"
#include "launcher/fetch/provider.hpp"
#include "signing/public_key.hpp"

namespace fetch {

/// The format of installations and archives that this launcher supports.
inline constexpr std::uint64_t launcher_format = 1;

/// The installation that looks for an update, and what its journal says.
struct Installed {
  core::UpdateConfig config;
  std::vector<signing::PublicKey> keys;  ///< of updater/trusted.pub
  core::Version version;
  std::vector<core::Version> unwanted = {};   ///< failed or skipped here
  std::vector<core::Version> withdrawn = {};  ///< found withdrawn earlier
  std::optional<core::Version> only = {};     ///< look for this version and no other
  /// The pause before a release that does not match its signature is read again.
  std::chrono::milliseconds pause = std::chrono::seconds(10);
};

/// What a release says about its changes. Not signed.
struct ReleaseNotes {
  std::string version;
  std::string text;  ///< Markdown, as the server has it
  bool operator==(const ReleaseNotes&) const = default;
};

/// A verified release that can be installed.
struct Update {
  core::Version version;
  core::Manifest manifest;
  core::Payload payload;        ///< for the platform of the installation
  core::Digest payload_digest;  ///< as signed
  core::Release release;
  std::string page = {};  ///< of the release, for people; "" for a local file
  /// Of this release, and of those between it and the installed one; the highest version first.
  std::vector<ReleaseNotes> notes = {};
};

struct CheckResult {
  /// What the exit status of `check` says.
  enum class Outcome {
    found,    ///< there is an update
    nothing,  ///< there is none
    refused   ///< there may be one, but no release matches its signature (exit status 20)
  };
  Outcome outcome = Outcome::nothing;
  std::optional<Update> update;

  // Why other releases were not taken, each as "v1.3.0: why".
  std::vector<std::string> refused;
  std::vector<std::string> passed_over;
  std::vector<std::string> unsigned_tags;  ///< without a signature; it may not have been added yet
  std::size_t without_version = 0;         ///< number of releases with a tag that is not a version

  std::uint64_t unseen = 0;  ///< releases of the server after the first thousand, not considered
  std::vector<core::Version> withdrawn;  ///< to be stored permanently
};

/// Looks for the newest release that the installation can use. `server` is server_of(). Throws Error if
/// the server or the network fails.
CheckResult check(const Installed& installed, Provider& provider, const gitea::Server& server);

/// What is to be installed of a verified release that has something for `platform`.
Update update_of(const core::Release& release, const core::Version& version,
                 const core::Manifest& manifest, const std::string& platform,
                 const std::map<std::string, core::Digest>& digests);

}  // namespace fetch
