// SPDX-License-Identifier: MIT
#include <utility>

#include "disk/starting.hpp"

namespace disk {

/// A backslash counts only before a quotation mark.
std::wstring quoted_word(const std::wstring& word) {
  if (!word.empty() && word.find_first_of(L" \t\n\v\"") == std::wstring::npos) return word;
  std::wstring text = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : word) {
    if (c == L'"') text.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    text += c;
  }
  return text.append(backslashes, L'\\') + L"\"";
}

bool IgnoringCase::operator()(const std::wstring& one, const std::wstring& other) const {
  return CompareStringOrdinal(one.c_str(), -1, other.c_str(), -1, TRUE) == CSTR_LESS_THAN;
}

Variables own_variables() {
  wchar_t* const own = GetEnvironmentStringsW();
  Variables variables;
  for (auto& [name, value] : core::variables_in(own)) variables[name] = std::move(value);
  FreeEnvironmentStringsW(own);
  return variables;
}

/// NAME=VALUE, each with a NUL, sorted.
std::wstring environment_block(const Variables& variables) {
  std::wstring block;
  for (const auto& [name, value] : variables) block += name + L"=" + value + L'\0';
  return block + L'\0';
}

Handle inheritable(HANDLE handle) {
  HANDLE copy = nullptr;
  DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, TRUE,
                  DUPLICATE_SAME_ACCESS);
  return Handle(copy);
}

Inheritance::Inheritance(std::vector<HANDLE> handles) : handles_(std::move(handles)) {
  SIZE_T size = 0;
  InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
  memory_.resize(size);
  InitializeProcThreadAttributeList(list(), 1, 0, &size);
  UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                            handles_.size() * sizeof(HANDLE), nullptr, nullptr);
}

Inheritance::~Inheritance() { DeleteProcThreadAttributeList(list()); }

LPPROC_THREAD_ATTRIBUTE_LIST Inheritance::list() {
  return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
}

STARTUPINFOEXW startup_with(const StandardHandles& handles, Inheritance& inheritance) {
  STARTUPINFOEXW startup{};
  startup.StartupInfo.cb = sizeof startup;
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdInput = handles.input;
  startup.StartupInfo.hStdOutput = handles.output;
  startup.StartupInfo.hStdError = handles.errors;
  startup.lpAttributeList = inheritance.list();
  return startup;
}

}  // namespace disk
