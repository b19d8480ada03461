// SPDX-License-Identifier: MIT
// The Downloads table in the notes: file, size, SHA-256, each with its link.
#pragma once

#include <string>
#include <vector>

#include "core/checksums.hpp"
#include "core/record.hpp"
#include "core/release.hpp"

namespace core {

struct DownloadRow {
  std::string label;  ///< "Windows (installer)"
  std::string file;   ///< pattern of the asset's name
};

/// What the configuration file says of the table.
struct Downloads {
  std::vector<DownloadRow> rows;  ///< empty: a row for each asset
  std::string docker;             ///< image of a `docker pull` line, without its tag; "" for none
};

struct DownloadsTable {
  std::string text;                    ///< Markdown; empty where there is nothing to offer
  std::vector<std::string> unmatched;  ///< patterns of rows that no asset matches: left out
};

/// The table for `assets` of `release`, with the digests that `record` knows. `sums`: which of them are
/// files of digests.
DownloadsTable render_downloads(const Downloads& downloads, const Release& release,
                                const std::vector<Asset>& assets, const Record& record,
                                const SumsNames& sums);

/// Where a published asset is downloaded: ".../releases/download/TAG/NAME". The API gives that only
/// while all names of the release are different.
std::string download_link(const Release& release, const std::string& name);

}  // namespace core
