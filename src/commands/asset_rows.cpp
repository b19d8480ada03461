// SPDX-License-Identifier: MIT
#include "commands/asset_rows.hpp"

#include <algorithm>

namespace commands {
namespace {

/// Whether the asset is one of our files and already had the same content, so that it was not
/// uploaded.
bool is_kept(const core::Asset& asset, const core::Session& session) {
  const auto& files = session.desired().files;
  return std::any_of(files.begin(), files.end(), [&](const core::LocalFile& file) {
    return file.name == asset.name && file.sha256 &&
           core::known_or_listed(asset, session.snapshot(), session.memory()) == file.sha256;
  });
}

AssetRow row_of(const core::Asset& asset, const core::Session& session) {
  AssetRow row{asset, "", "present"};
  row.sha256 = core::known_or_listed(asset, session.snapshot(), session.memory()).value_or("");
  const auto sent = session.memory().sent.find(asset.name);
  if (sent != session.memory().sent.end() && sent->second.asset.id == asset.id) {
    row.action = session.has_replaced(asset.name) ? "replaced" : "uploaded";
  } else if (is_kept(asset, session)) {
    row.action = "kept";
  }
  return row;
}

}  // namespace

std::vector<AssetRow> rows_of(const core::Session& session) {
  std::vector<AssetRow> rows;
  if (!session.snapshot().release) return rows;
  for (const core::Asset& asset : session.snapshot().release->assets) {
    rows.push_back(row_of(asset, session));
  }
  std::sort(rows.begin(), rows.end(), [](const AssetRow& a, const AssetRow& b) {
    return a.asset.name != b.asset.name ? a.asset.name < b.asset.name : a.asset.id < b.asset.id;
  });
  return rows;
}

std::string meaning_of(const std::string& action) {
  if (action == "kept") return "unchanged (already there with the same content)";
  if (action == "present") return "not touched by this run";
  return action;
}

}  // namespace commands
