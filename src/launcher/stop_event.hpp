// SPDX-License-Identifier: MIT
// Windows only: the event with which a launcher is asked to end.
#pragma once

#include "disk/windows.hpp"

namespace launcher {

/// That of this process. It resets itself when somebody has waited for it.
disk::Handle make_stop_event();

/// That of another process; empty if it has none.
disk::Handle stop_event_of(int process);

}  // namespace launcher
