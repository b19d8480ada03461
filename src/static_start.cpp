// SPDX-License-Identifier: MIT
// Only in static programs: prevents glibc and OpenSSL from loading shared objects of the host,
// which would crash. Runs before any name is resolved and any module is loaded.
#include <nss.h>
#include <openssl/crypto.h>
#include <openssl/ssl.h>

namespace {

struct StaticStart {
  StaticStart() {
    // Ignore /etc/nsswitch.conf: its modules belong to another glibc (tested with 2.31 and 2.41:
    // SIGSEGV, SIGFPE). The price is that mDNS and similar services do not work.
    __nss_configure_lookup("hosts", "files dns");
    // A configuration file may activate a provider that is a module, which cpp-httplib would load
    // before main.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  }
};

constexpr int before_all_others = 101;
const StaticStart static_start __attribute__((init_priority(before_all_others)));

}  // namespace
