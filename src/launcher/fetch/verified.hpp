// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/digest.hpp"
#include "core/update/manifest.hpp"
#include "signing/signed_sums.hpp"

namespace fetch {

/// What the signature of a release covers.
struct Verified {
  std::map<std::string, core::Digest> digests;  ///< by name of the asset
  /// nullopt without a signed update.json. All of its payloads have a digest.
  std::optional<core::Manifest> manifest;
};

/// Reads a whole file of the release of at most `limit` bytes. Throws FetchError (refused) if it does not
/// exist or is larger.
using ReadFile = std::function<std::string(const std::string& name, std::uint64_t limit)>;

/// Reads SHA256SUMS.minisig, SHA256SUMS and update.json, and checks that one of the keys has signed them
/// for this tag. Throws FetchError (refused), or what `read` throws.
Verified verify_release(const signing::Trust& trust, const std::string& tag, const ReadFile& read);

/// The same for files whose tag is only known from their signature, which also returns it in `tag`.
Verified verify_files(const signing::Trust& trust, std::string& tag, const ReadFile& read);

}  // namespace fetch
