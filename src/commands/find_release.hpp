// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "commands/signed_release.hpp"
#include "runner/log.hpp"

namespace commands {

/// A release to download from.
struct FoundRelease {
  core::Release release;
  std::optional<SignedSums> sums;  ///< set if there are keys
};

/// Whether `tag_name` means the highest version: "latest", or "app/latest" for the tags `app/…`.
bool asks_for_latest(const std::string& tag_name);

/// The release of the tag, or the one with the highest version, including prereleases if
/// `prereleases` is set. With keys, its signature is verified. Throws Error if there is none, or if
/// it does not match its signature.
FoundRelease find_release(gitea::Api& api, const Destination& destination,
                          const std::string& tag_name, bool prereleases, const Trust& trust,
                          runner::Log& log);

}  // namespace commands
