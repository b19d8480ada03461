// SPDX-License-Identifier: MIT
// Only in the static binary: what has to be settled before anything looks up a name or loads a
// module, since glibc and OpenSSL would load shared objects of the host's into it, and crash.
#include <nss.h>
#include <openssl/crypto.h>
#include <openssl/ssl.h>

namespace {

struct StaticStart {
  StaticStart() {
    // Whatever /etc/nsswitch.conf names: its modules are of another glibc (measured with 2.31 and
    // 2.41: SIGSEGV, SIGFPE). What this costs: mDNS and the like.
    __nss_configure_lookup("hosts", "files dns");
    // A configuration file may activate a provider that is a module; cpp-httplib would load it
    // before main.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  }
};

constexpr int before_all_others = 101;
const StaticStart static_start __attribute__((init_priority(before_all_others)));

}  // namespace
