// SPDX-License-Identifier: MIT
#include "launcher/stop_event.hpp"

#include <fmt/format.h>

namespace launcher {
namespace {

/// Names are those of a session: another user's launcher cannot be stopped.
std::wstring name_of(DWORD process) {
  return disk::wide(fmt::format("Local\\gitea-release-launcher-stop-{}", process));
}

}  // namespace

disk::Handle make_stop_event() {
  return disk::Handle(CreateEventW(nullptr, FALSE, FALSE, name_of(GetCurrentProcessId()).c_str()));
}

disk::Handle stop_event_of(int process) {
  return disk::Handle(
      OpenEventW(EVENT_MODIFY_STATE, FALSE, name_of(static_cast<DWORD>(process)).c_str()));
}

}  // namespace launcher
