// SPDX-License-Identifier: MIT
// The Downloads table in the notes: each file with its link, size and SHA-256.
#pragma once

#include <string>
#include <vector>

#include "core/release.hpp"
#include "core/release/checksums.hpp"
#include "core/release/record.hpp"

namespace core {

struct DownloadRow {
  std::string label;  ///< "Windows (installer)"
  std::string file;   ///< pattern for the name of the asset
};

/// How much of a digest a row shows. A full digest takes half the width of a page.
enum class ShownDigest { none, first_digits, all };

/// The settings of the table in the configuration file.
struct Downloads {
  std::vector<DownloadRow> rows;  ///< empty: a row for each asset
  std::string pip;     ///< name of a package in the server's registry, for a `pip install` line
  std::string docker;  ///< image for a `docker pull` line, without a tag; "" for no such line
  ShownDigest digest = ShownDigest::first_digits;
};

struct DownloadsTable {
  std::string text;  ///< Markdown; empty if there is nothing to download
  std::vector<std::string>
      unmatched;  ///< patterns of rows that are omitted because no asset matches
};

/// The table for `assets` of `release`, with the digests in `record`. `checksum_names` tells which
/// assets are checksum files.
DownloadsTable render_downloads(const Downloads& downloads, const Release& release,
                                const std::vector<Asset>& assets, const Record& record,
                                const ChecksumNames& checksum_names);

/// The download address of a published asset: ".../releases/download/TAG/NAME". The API returns it
/// only if all names in the release are different.
std::string download_link(const Release& release, const std::string& name);

}  // namespace core
