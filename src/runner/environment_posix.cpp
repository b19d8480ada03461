// SPDX-License-Identifier: MIT
#include "runner/environment.hpp"

#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace runner {
namespace {

/// The beginnings of entries that are not erased, because libraries read them later: PATH for
/// children, and variables of OpenSSL, the resolver, locale, memory, the loader, sanitizers and
/// coverage.
constexpr std::array<std::string_view, 21> kept = {
    "PATH=",    "HOME=",       "TMPDIR=",     "LANG=",       "LC_",     "TZ=",      "SSL_CERT_",
    "OPENSSL_", "RES_OPTIONS", "LOCALDOMAIN", "HOSTALIASES", "RESOLV_", "NLSPATH=", "GLIBC_",
    "MALLOC_",  "LD_",         "ASAN_",       "LSAN_",       "TSAN_",   "UBSAN_",   "GCOV_"};

bool is_kept(std::string_view entry) {
  return std::any_of(kept.begin(), kept.end(),
                     [entry](std::string_view name) { return entry.starts_with(name); });
}

}  // namespace

Environment read_environment() {
  Environment result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    result.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return result;
}

Environment take_environment() {
  Environment result = read_environment();
  if (environ == nullptr) return result;
  char** next = environ;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (is_kept(*entry)) {
      *next++ = *entry;
    } else {
      explicit_bzero(*entry, strlen(*entry));
    }
  }
  *next = nullptr;
  return result;
}

}  // namespace runner
