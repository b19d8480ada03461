// SPDX-License-Identifier: MIT
#include <windows.h>

#include <atomic>

#include "runner/interrupt.hpp"

namespace runner {

/// The system calls a handler in a thread of its own, so that it may print.
struct Interrupt::System {
  static inline std::atomic<Interrupt*> active = nullptr;

  static BOOL WINAPI on_event(DWORD event) {
    if (event != CTRL_C_EVENT) return FALSE;
    Interrupt* const interrupt = active.exchange(nullptr);
    if (interrupt == nullptr) ExitProcess(static_cast<UINT>(status));  // the second one
    interrupt->end();
    return TRUE;
  }
};

Interrupt::Interrupt(Log& log) : log_(log) {
  if (!log.style().by_hand) return;
  System::active = this;
  system_ = std::make_unique<System>();
  SetConsoleCtrlHandler(System::on_event, TRUE);
}

Interrupt::~Interrupt() {
  if (!system_) return;
  SetConsoleCtrlHandler(System::on_event, FALSE);
  System::active = nullptr;
}

}  // namespace runner
