// SPDX-License-Identifier: MIT
#include "launcher/selftest.hpp"

#include "core/error.hpp"
#include "core/version/version.hpp"
#include "launcher/reads.hpp"
#include "launcher/state_file.hpp"
#include "launcher/trusted_keys.hpp"

namespace launcher {

void selftest(const Folder& folder, const std::string& above) {
  if (!above.empty()) {
    if (!core::is_higher(LAUNCHER_VERSION, above)) {
      throw core::Error(core::Fault::failed, "this launcher is not later than " + above);
    }
  }
  release_in_use(folder);
  config_of(folder);
  read_journal(folder);
  if (TrustedKeys::parse(text_of(folder.trusted(), max_trusted).value_or("")).keys().empty()) {
    throw core::Error(core::Fault::workflow, folder.trusted().string() + " has no key");
  }
}

}  // namespace launcher
