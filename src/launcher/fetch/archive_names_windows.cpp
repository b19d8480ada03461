// SPDX-License-Identifier: MIT
#include <archive.h>
#include <archive_entry.h>

#include "launcher/fetch/archive_names.hpp"

namespace fetch {

Utf8Names::Utf8Names() = default;
Utf8Names::~Utf8Names() = default;

/// Otherwise names that do not say what they are would be taken for those of the system's code page.
void Utf8Names::prepare(archive* reader) { archive_read_set_options(reader, "hdrcharset=UTF-8"); }

const char* Utf8Names::name_of(archive_entry* entry) { return archive_entry_pathname_utf8(entry); }
const char* Utf8Names::target_of(archive_entry* entry) { return archive_entry_symlink_utf8(entry); }

}  // namespace fetch
