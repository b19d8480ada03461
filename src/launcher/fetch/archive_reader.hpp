// SPDX-License-Identifier: MIT
// With archive_names the only code that uses libarchive. It only reads: libarchive's own writer makes devices, keeps set-id
// bits and, on Windows, writes outside of the folder.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "disk/descriptor.hpp"
#include "launcher/fetch/archive_names.hpp"
#include "launcher/fetch/entry.hpp"

struct archive;
struct archive_entry;

namespace fetch {

enum class ArchiveFormat { zip, tar_gz };

/// By the end of the name: .zip, .tar.gz, .tgz. Throws FetchError (refused) for others.
ArchiveFormat format_of_archive(const std::string& name);

/// Reads the entries of an archive from its start to its end. Not for use from two threads. All methods
/// throw FetchError (refused) if the archive is damaged.
class ArchiveReader {
 public:
  /// `file` is at its start.
  ArchiveReader(disk::Descriptor file, ArchiveFormat format);

  /// The next entry; nullopt at the end.
  std::optional<Entry> next();

  /// Reads up to `size` of the next bytes of the current entry and returns their number, 0 at the end.
  std::size_t read(char* buffer, std::size_t size);

 private:
  struct Free {
    void operator()(archive* reader) const;
  };

  std::string reason() const;
  Entry described(archive_entry* entry) const;

  disk::Descriptor file_;
  Utf8Names names_;
  std::unique_ptr<archive, Free> reader_;
  std::size_t number_ = 0;  ///< of the current entry, from 1
  std::string name_;        ///< of the current entry
};

}  // namespace fetch
