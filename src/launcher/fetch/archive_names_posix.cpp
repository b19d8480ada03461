// SPDX-License-Identifier: MIT
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "launcher/fetch/archive_names.hpp"

namespace fetch {

Utf8Names::Utf8Names() {
  // Without this locale the names in ASCII can still be read.
  const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == nullptr) return;
  mine_ = utf8;
  before_ = uselocale(utf8);
}

Utf8Names::~Utf8Names() {
  if (mine_ == nullptr) return;
  uselocale(static_cast<locale_t>(before_));
  freelocale(static_cast<locale_t>(mine_));
}

void Utf8Names::prepare(archive* /*reader*/) {}
const char* Utf8Names::name_of(archive_entry* entry) { return archive_entry_pathname(entry); }
const char* Utf8Names::target_of(archive_entry* entry) { return archive_entry_symlink(entry); }

}  // namespace fetch
