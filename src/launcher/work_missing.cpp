// SPDX-License-Identifier: MIT
// The place of the code that talks to servers.
#include "core/error.hpp"
#include "launcher/work.hpp"

namespace launcher {
namespace {

[[noreturn]] void not_built() {
  throw core::Error(core::Fault::failed, "this launcher cannot look for releases");
}

}  // namespace

int check(const Folder& /*folder*/, const core::Journal& /*journal*/, Status& /*status*/,
          std::string& /*message*/) {
  not_built();
}

int download(const Folder& /*folder*/, const core::Journal& /*journal*/,
             const std::string& /*version*/, const Path& /*archive*/, Status& /*status*/,
             std::string& /*message*/) {
  not_built();
}

}  // namespace launcher
