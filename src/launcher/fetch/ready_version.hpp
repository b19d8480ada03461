// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "launcher/fetch/check.hpp"
#include "launcher/fetch/unpack.hpp"

namespace fetch {

/// The file in a ready version with the SHA-256 of the archive that it came from.
inline constexpr const char* payload_note = "payload";

/// updater/ready/VERSION/: a version that waits to be installed.
class ReadyVersion {
 public:
  /// Throws FetchError (refused) if the version cannot be the name of a folder.
  ReadyVersion(const std::filesystem::path& updater, const Update& update);

  const std::filesystem::path& path() const { return path_; }

  /// Whether it is there as a whole, from the archive of the update.
  bool exists() const;

  /// Unpacks the verified archive. What has this name, from another archive, goes to updater/trash/.
  /// Throws FetchError (refused) if the content is not the version that was signed.
  void fill(const PayloadFile& payload);

 private:
  void check_content(const NewFolder& folder) const;
  void move_old_away() const;

  std::filesystem::path updater_;
  const Update& update_;
  std::filesystem::path path_;
};

}  // namespace fetch
