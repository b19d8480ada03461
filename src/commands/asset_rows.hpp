// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/digest.hpp"
#include "core/release/session.hpp"

namespace commands {

/// An asset of the release, and what this run did with it.
struct AssetRow {
  core::Asset asset;
  core::Digest sha256;  ///< empty if unknown
  std::string action;   ///< as in the output `assets`
};

/// By name.
std::vector<AssetRow> rows_of(const core::Session& session);

/// The action in words that need no explanation.
std::string meaning_of(const std::string& action);

}  // namespace commands
