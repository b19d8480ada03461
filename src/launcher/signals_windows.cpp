// SPDX-License-Identifier: MIT
// What asks a program to end on Windows: an event that another launcher sets (ask_to_end), the console, and the
// end of the session, of which only programs with a window are told.
#include <fmt/format.h>
#include <signal.h>

#include <atomic>
#include <thread>

#include "disk/windows.hpp"
#include "launcher/signals.hpp"
#include "launcher/stop_event.hpp"

namespace launcher {
namespace {

constexpr const wchar_t* window_class = L"gitea-release-launcher";

/// Set by the console's or the window's thread.
std::atomic<HANDLE> asked = nullptr;
std::atomic<bool> is_by_console = false;

/// Windows ends the process soon after the return, so that this waits for the launcher to end by itself.
BOOL WINAPI on_console(DWORD kind) {
  if (kind == CTRL_C_EVENT || kind == CTRL_BREAK_EVENT) is_by_console = true;
  if (asked.load() != nullptr) SetEvent(asked);
  const bool is_final =
      kind == CTRL_CLOSE_EVENT || kind == CTRL_LOGOFF_EVENT || kind == CTRL_SHUTDOWN_EVENT;
  if (is_final) Sleep(INFINITE);
  return TRUE;
}

LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM first, LPARAM second) {
  const bool ends = message == WM_CLOSE || (message == WM_ENDSESSION && first != 0);
  if (ends && asked.load() != nullptr) SetEvent(asked);
  if (message == WM_QUERYENDSESSION) return TRUE;
  if (message == WM_CLOSE) return 0;
  return DefWindowProcW(window, message, first, second);
}

/// Of a window that is never shown; where there is no desktop, nothing can be received.
void receive_messages() {
  WNDCLASSEXW description{};
  description.cbSize = sizeof description;
  description.lpfnWndProc = on_message;
  description.hInstance = GetModuleHandleW(nullptr);
  description.lpszClassName = window_class;
  RegisterClassExW(&description);
  CreateWindowExW(0, window_class, L"", WS_OVERLAPPED, 0, 0, 0, 0, nullptr, nullptr,
                  description.hInstance, nullptr);
  MSG message{};
  while (GetMessageW(&message, nullptr, 0, 0) > 0) DispatchMessageW(&message);
}

}  // namespace

struct Signals::Source {
  disk::Handle event = make_stop_event();
};

Signals::Signals() : source_(std::make_unique<Source>()) {
  asked = source_->event.get();
  SetConsoleCtrlHandler(on_console, TRUE);
  std::thread(receive_messages).detach();  // ends with the process
}

Signals::~Signals() { asked = nullptr; }

std::optional<Signal> Signals::next(std::chrono::milliseconds time) const {
  if (WaitForSingleObject(source_->event.get(), static_cast<DWORD>(time.count())) !=
      WAIT_OBJECT_0) {
    return std::nullopt;
  }
  return Signal{SIGTERM, is_by_console.exchange(false)};
}

bool is_about_children(const Signal& /*signal*/) { return false; }
bool asks_to_end(const Signal& /*signal*/) { return true; }
bool insists_on_end(const Signal& /*signal*/) { return true; }

}  // namespace launcher
