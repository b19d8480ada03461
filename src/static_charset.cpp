// SPDX-License-Identifier: MIT
// Only in the static launcher: libarchive asks the C library for the charset of file names, and drops
// names that the charset cannot represent. A static program has the locale "C", whose charset is ASCII,
// unless the machine has files of another locale. File names are UTF-8 here.
#include <langinfo.h>

extern "C" {
// The linker directs all calls of nl_langinfo to the first one (--wrap).
char* __wrap_nl_langinfo(nl_item item);  // NOLINT(bugprone-reserved-identifier)
char* __real_nl_langinfo(nl_item item);  // NOLINT(bugprone-reserved-identifier)

char* __wrap_nl_langinfo(nl_item item) {  // NOLINT(bugprone-reserved-identifier)
  static char utf8[] = "UTF-8";
  return item == CODESET ? utf8 : __real_nl_langinfo(item);
}
}
