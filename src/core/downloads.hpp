// SPDX-License-Identifier: MIT
// The Downloads table in the notes: what the configuration file says of it.
#pragma once

#include <string>
#include <vector>

namespace core {

struct DownloadRow {
  std::string label;  ///< "Windows (installer)"
  std::string file;   ///< pattern of the asset's name
};

struct Downloads {
  std::vector<DownloadRow> rows;  ///< empty: a row for each asset
  std::string docker;             ///< image of a `docker pull` line, without its tag; "" for none
};

}  // namespace core
