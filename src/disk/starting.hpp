// SPDX-License-Identifier: MIT
// Windows only: what starting a program needs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "disk/windows.hpp"

namespace disk {

/// A word as programs take command lines apart.
std::wstring quoted_word(const std::wstring& word);

/// Names of variables do not depend on case.
struct IgnoringCase {
  bool operator()(const std::wstring& one, const std::wstring& other) const;
};
using Variables = std::map<std::wstring, std::wstring, IgnoringCase>;

/// The environment of this process.
Variables own_variables();
/// In the form that CreateProcessW expects.
std::wstring environment_block(const Variables& variables);

/// A copy of a handle that a program can inherit; empty if there is none.
Handle inheritable(HANDLE handle);

/// The handles that a program inherits, and no others.
class Inheritance {
 public:
  explicit Inheritance(std::vector<HANDLE> handles);
  ~Inheritance();
  Inheritance(const Inheritance&) = delete;
  Inheritance& operator=(const Inheritance&) = delete;

  LPPROC_THREAD_ATTRIBUTE_LIST list();

 private:
  std::vector<HANDLE> handles_;
  std::vector<char> memory_;
};

/// How a program starts with these standard handles.
struct StandardHandles {
  HANDLE input = nullptr;
  HANDLE output = nullptr;
  HANDLE errors = nullptr;
};
STARTUPINFOEXW startup_with(const StandardHandles& handles, Inheritance& inheritance);

}  // namespace disk
