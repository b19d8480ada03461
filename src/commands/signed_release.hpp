// SPDX-License-Identifier: MIT
// Reads and verifies the signature of a release.
#pragma once

#include <string>

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "core/problems.hpp"
#include "core/release.hpp"
#include "gitea/api.hpp"
#include "signing/signed_sums.hpp"

namespace commands {

using signing::SignedSums;
using signing::sums_name;
using signing::Trust;
using signing::verified_sums;

/// Parses `public_key` (one or more keys or key files) and `signed_repository`, which defaults to
/// `repository`. Errors are added to `problems`.
Trust find_trust(const inputs::Trust& inputs, const std::string& repository,
                 core::Problems& problems);

/// Reads both files from the release, and checks them. After a mismatch, reads the release again
/// into `release` after a pause, because another run may be replacing them. Throws Error (failed).
SignedSums read_signed_sums(gitea::Api& api, const gitea::Server& server, core::Release& release,
                            const Trust& trust);

/// The Error for a release or repository that does not exist.
core::Error no_release(gitea::Api& api, const Destination& destination, const std::string& tag);

/// The Error for an asset that exists but cannot be read.
core::Error unreadable_asset(const std::string& name);

/// Whether the error means that the content does not match the signature, and not that a request
/// failed.
bool is_about_content(const core::Error& error);

}  // namespace commands
