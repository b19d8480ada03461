// SPDX-License-Identifier: MIT
// What all code for Windows needs: texts, paths and errors of the system.
#pragma once

#include <winsock2.h>
// It must come first.
#include <windows.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/text/wide.hpp"
#include "disk/descriptor.hpp"

namespace disk {

using core::utf8_of;
using core::wide;

/// In the form that may be longer than 260 characters, if it is absolute.
std::wstring system_name(const std::filesystem::path& path);

/// An error of the system as errno has it. A file in use is EBUSY.
int errno_of(DWORD error);

/// Owns a handle.
class Handle {
 public:
  Handle() = default;
  explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    reset();
    handle_ = std::exchange(other.handle_, nullptr);
    return *this;
  }

  HANDLE get() const { return handle_; }
  HANDLE release() { return std::exchange(handle_, nullptr); }  ///< the caller closes it
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  void reset() {
    if (handle_ != nullptr) CloseHandle(std::exchange(handle_, nullptr));
  }

  HANDLE handle_ = nullptr;
};

HANDLE handle_of(const Descriptor& open);  ///< INVALID_HANDLE_VALUE for none

/// Where an open file or directory is, in the system's form and without links: `\\?\C:\w`. Empty if that
/// is not known.
std::wstring final_path(HANDLE handle);

/// The path in the content of a reparse point that is a symbolic link or a junction, in the system's form; empty
/// for another one, and if the content is damaged.
std::wstring link_target_in(const std::vector<char>& data);

/// Opens a file as CreateFileW does, shared with everybody. Empty if it fails, with the reason in errno.
Descriptor open_shared(const std::filesystem::path& path, DWORD rights, DWORD disposition,
                       DWORD flags, int descriptor_flags);

}  // namespace disk
