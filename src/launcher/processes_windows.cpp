// SPDX-License-Identifier: MIT
#include "launcher/processes.hpp"

#include <tlhelp32.h>

#include <algorithm>

#include "launcher/child.hpp"

namespace launcher {
namespace {

/// All processes of the machine.
std::vector<DWORD> all_processes() {
  std::vector<DWORD> all;
  const disk::Handle list(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof entry;
  if (!list || Process32FirstW(list.get(), &entry) == 0) return all;
  do all.push_back(entry.th32ProcessID);
  while (Process32NextW(list.get(), &entry) != 0);
  return all;
}

std::wstring folded(const Path& path) {
  std::wstring text = Path(path).make_preferred().wstring();
  CharUpperBuffW(text.data(), static_cast<DWORD>(text.size()));
  return text;
}

}  // namespace

Path program_of(DWORD process) {
  const disk::Handle handle(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process));
  DWORD status = 0;
  // A process exists as long as anybody has a handle of it.
  if (!handle || GetExitCodeProcess(handle.get(), &status) == 0 || status != STILL_ACTIVE)
    return {};
  constexpr DWORD longest = 32768;  // characters
  std::wstring name(longest, L'\0');
  DWORD size = longest;
  if (QueryFullProcessImageNameW(handle.get(), 0, name.data(), &size) == 0) return {};
  name.resize(size);
  return name;
}

bool is_in_folder(const Path& path, const Path& folder) {
  return folded(path).starts_with(folded(folder) + L"\\");
}

/// Working folders are not known, but Windows itself keeps them from being renamed.
std::vector<int> processes_in(const Path& folder) {
  std::vector<int> found;
  for (const DWORD process : all_processes()) {
    if (process == GetCurrentProcessId()) continue;
    const Path program = program_of(process);
    if (!program.empty() && is_in_folder(program, folder))
      found.push_back(static_cast<int>(process));
  }
  return found;
}

void kill_processes(const std::vector<int>& processes) {
  for (const int process : processes) {
    const disk::Handle handle(OpenProcess(PROCESS_TERMINATE, FALSE, static_cast<DWORD>(process)));
    if (handle) TerminateProcess(handle.get(), 1);
  }
}

}  // namespace launcher
