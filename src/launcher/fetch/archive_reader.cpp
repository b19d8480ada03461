// SPDX-License-Identifier: MIT
#include "launcher/fetch/archive_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <new>
#include <utility>

#include "core/text/text.hpp"
#include "disk/file.hpp"
#include "launcher/fetch/entry_rules.hpp"
#include "launcher/fetch/fetch_error.hpp"

namespace fetch {
namespace {

constexpr unsigned executable_by_owner = 0100;

EntryKind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return EntryKind::hard_link;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      return EntryKind::file;
    case AE_IFDIR:
      return EntryKind::directory;
    case AE_IFLNK:
      return EntryKind::link;
    default:
      return EntryKind::special;
  }
}

void choose_format(archive* reader, ArchiveFormat format) {
  if (format == ArchiveFormat::zip) {
    archive_read_support_format_zip_seekable(reader);
  } else {
    archive_read_support_filter_gzip(reader);
    archive_read_support_format_tar(reader);
  }
}

std::string text_of(const char* text) { return text == nullptr ? std::string() : text; }

}  // namespace

ArchiveFormat format_of_archive(const std::string& name) {
  const std::string lower = core::lower(name);
  if (lower.ends_with(".zip")) return ArchiveFormat::zip;
  if (lower.ends_with(".tar.gz") || lower.ends_with(".tgz")) return ArchiveFormat::tar_gz;
  throw refusal(fmt::format("'{}' is neither a .zip nor a .tar.gz archive", core::one_line(name)));
}

void ArchiveReader::Free::operator()(archive* reader) const { archive_read_free(reader); }

ArchiveReader::ArchiveReader(disk::Descriptor file, ArchiveFormat format)
    : file_(std::move(file)), reader_(archive_read_new()) {
  if (!reader_) throw std::bad_alloc();
  choose_format(reader_.get(), format);
  Utf8Names::prepare(reader_.get());
  if (archive_read_open_fd(reader_.get(), file_.get(), disk::block_size) != ARCHIVE_OK) {
    throw refusal(fmt::format("the archive was refused: it cannot be read: {}", reason()));
  }
}

std::optional<Entry> ArchiveReader::next() {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(reader_.get(), &entry);
  if (result == ARCHIVE_EOF) return std::nullopt;
  ++number_;
  if (result != ARCHIVE_OK) {  // also for a warning: something would differ from the archive
    throw refusal(fmt::format("the archive was refused: its entry number {} cannot be read: {}",
                              number_, reason()));
  }
  Entry described = this->described(entry);
  name_ = described.name;
  return described;
}

Entry ArchiveReader::described(archive_entry* entry) const {
  Entry result;
  result.name = text_of(Utf8Names::name_of(entry));
  result.kind = kind_of(entry);
  result.target = text_of(Utf8Names::target_of(entry));
  result.encrypted = archive_entry_is_encrypted(entry) != 0;
  result.executable = (archive_entry_perm(entry) & executable_by_owner) != 0;
  const bool has_size = archive_entry_size_is_set(entry) != 0;
  if (result.kind == EntryKind::file && (!has_size || archive_entry_size(entry) < 0)) {
    refuse_entry(result.name, "does not say how large it is");
  }
  if (result.kind == EntryKind::file) {
    result.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  return result;
}

std::size_t ArchiveReader::read(char* buffer, std::size_t size) {
  const la_ssize_t count = archive_read_data(reader_.get(), buffer, size);
  if (count >= 0) return static_cast<std::size_t>(count);
  refuse_entry(name_, fmt::format("cannot be read: {}", reason()));
}

std::string ArchiveReader::reason() const {
  const char* text = archive_error_string(reader_.get());
  return text == nullptr ? "unknown reason" : core::one_line(text);
}

}  // namespace fetch
