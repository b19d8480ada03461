// SPDX-License-Identifier: MIT
// The soft stop is the end of the child's standard input: console events do not reach a program without a
// console. The pipe also ends with this process.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cwchar>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/windows.hpp"
#include "launcher/child.hpp"

namespace launcher {
namespace {

using disk::Handle;

/// A word as programs take command lines apart: a backslash counts only before a quotation mark.
std::wstring quoted(const std::wstring& word) {
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

std::wstring command_line_of(const Command& command) {
  std::wstring line = L"\"" + Path(command.program).make_preferred().wstring() + L"\"";
  for (const std::string& argument : command.arguments) line += L" " + quoted(disk::wide(argument));
  return line;
}

/// Names of variables do not depend on case.
struct IgnoringCase {
  bool operator()(const std::wstring& one, const std::wstring& other) const {
    return CompareStringOrdinal(one.c_str(), -1, other.c_str(), -1, TRUE) == CSTR_LESS_THAN;
  }
};

/// In the form that CreateProcessW expects: NAME=VALUE, each with a NUL, sorted.
std::wstring environment_of(const Command& command) {
  std::map<std::wstring, std::wstring, IgnoringCase> variables;
  wchar_t* const own = GetEnvironmentStringsW();
  for (const wchar_t* at = own; *at != L'\0'; at += std::wcslen(at) + 1) {
    const std::wstring variable = at;
    const std::size_t equal = variable.find(L'=', 1);  // the first may be a part of the name
    if (equal != std::wstring::npos)
      variables[variable.substr(0, equal)] = variable.substr(equal + 1);
  }
  FreeEnvironmentStringsW(own);
  for (const auto& [name, value] : command.environment) {
    variables[disk::wide(name)] = disk::wide(value);
  }
  std::wstring block;
  for (const auto& [name, value] : variables) block += name + L"=" + value + L'\0';
  return block + L'\0';
}

core::Error not_started(const Command& command) {
  return {core::Fault::failed, fmt::format("{} cannot be started (error {} of Windows)",
                                           command.program.string(), GetLastError())};
}

bool is_usable(HANDLE handle) {
  return handle != nullptr && handle != INVALID_HANDLE_VALUE &&
         GetFileType(handle) != FILE_TYPE_UNKNOWN;
}

Handle inheritable(HANDLE handle) {
  HANDLE copy = nullptr;
  DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, TRUE,
                  DUPLICATE_SAME_ACCESS);
  return Handle(copy);
}

Handle open_output(const std::wstring& name) {
  SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  return Handle(CreateFileW(name.c_str(), FILE_APPEND_DATA,
                            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inherited,
                            OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
}

/// Where the program's output goes: to this process's, or to a file if it has none.
Handle output_for(const Command& command, DWORD standard) {
  const HANDLE own = GetStdHandle(standard);
  if (!command.is_silent && is_usable(own)) return inheritable(own);
  if (!command.is_silent && !command.output.empty()) {
    Handle file = open_output(disk::system_name(command.output));
    if (file) return file;
  }
  return open_output(L"NUL");
}

/// The handles that a program inherits, and no others.
class Inheritance {
 public:
  explicit Inheritance(std::vector<HANDLE> handles) : handles_(std::move(handles)) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    memory_.resize(size);
    InitializeProcThreadAttributeList(list(), 1, 0, &size);
    UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                              handles_.size() * sizeof(HANDLE), nullptr, nullptr);
  }
  ~Inheritance() { DeleteProcThreadAttributeList(list()); }
  Inheritance(const Inheritance&) = delete;
  Inheritance& operator=(const Inheritance&) = delete;

  LPPROC_THREAD_ATTRIBUTE_LIST list() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }

 private:
  std::vector<HANDLE> handles_;
  std::vector<char> memory_;
};

/// Starts the program with these standard handles, and returns its process.
Handle start_process(const Command& command, HANDLE input, HANDLE output, HANDLE errors) {
  Inheritance inheritance({input, output, errors});
  STARTUPINFOEXW startup{};
  startup.StartupInfo.cb = sizeof startup;
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdInput = input;
  startup.StartupInfo.hStdOutput = output;
  startup.StartupInfo.hStdError = errors;
  startup.lpAttributeList = inheritance.list();
  std::wstring line = command_line_of(command);
  std::wstring environment = environment_of(command);
  // With this launcher's console, if it has one; else with none that could appear.
  const DWORD window = GetConsoleWindow() != nullptr ? 0 : CREATE_NO_WINDOW;
  PROCESS_INFORMATION process{};
  const BOOL is_started = CreateProcessW(
      Path(command.program).make_preferred().c_str(), line.data(), nullptr, nullptr, TRUE,
      window | CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT, environment.data(),
      Path(command.working_folder).make_preferred().c_str(), &startup.StartupInfo, &process);
  if (is_started == 0) throw not_started(command);
  CloseHandle(process.hThread);
  return Handle(process.hProcess);
}

int status_of(HANDLE process) {
  DWORD status = 0;
  GetExitCodeProcess(process, &status);
  return static_cast<int>(status);
}

}  // namespace

struct Child::Process {
  Handle process;
  Handle input;  ///< of the program; its end asks it to end
  std::optional<int> status;
};

Child::Child(const Command& command) : process_(std::make_unique<Process>()) {
  HANDLE reading = nullptr;
  HANDLE writing = nullptr;
  if (CreatePipe(&reading, &writing, nullptr, 0) == 0) throw not_started(command);
  process_->input = Handle(writing);
  const Handle unused(reading);
  const Handle input = inheritable(reading);
  const Handle output = output_for(command, STD_OUTPUT_HANDLE);
  const Handle errors = output_for(command, STD_ERROR_HANDLE);
  process_->process = start_process(command, input.get(), output.get(), errors.get());
}

Child::~Child() {
  if (process_->status || !process_->process) return;
  kill();
  WaitForSingleObject(process_->process.get(), INFINITE);
}

std::optional<int> Child::ended() {
  if (!process_->status && WaitForSingleObject(process_->process.get(), 0) == WAIT_OBJECT_0) {
    process_->status = status_of(process_->process.get());
  }
  return process_->status;
}

void Child::reap_others() const {}
void Child::pass_on(const Signal& /*signal*/) const { ask_to_end(); }
void Child::ask_to_end() const { process_->input = Handle(); }

void Child::kill() const {
  constexpr UINT killed = 137;  // as a shell reports it elsewhere
  if (!process_->status) TerminateProcess(process_->process.get(), killed);
}

/// There is no exec: this process waits, and ends with the program's status.
void become(const Command& command) {
  const Handle input = inheritable(GetStdHandle(STD_INPUT_HANDLE));
  const Handle nothing = open_output(L"NUL");
  const Handle output = output_for(command, STD_OUTPUT_HANDLE);
  const Handle errors = output_for(command, STD_ERROR_HANDLE);
  const Handle process =
      start_process(command, input ? input.get() : nothing.get(), output.get(), errors.get());
  WaitForSingleObject(process.get(), INFINITE);
  end_at_once(status_of(process.get()));
}

void end_at_once(int status) { ExitProcess(static_cast<UINT>(status)); }

std::string own_variable(const char* name) {
  const std::wstring wide_name = disk::wide(name);
  std::wstring value(GetEnvironmentVariableW(wide_name.c_str(), nullptr, 0), L'\0');
  if (value.empty()) return {};
  value.resize(
      GetEnvironmentVariableW(wide_name.c_str(), value.data(), static_cast<DWORD>(value.size())));
  return disk::utf8_of(value);
}

void adopt_orphans() {}

}  // namespace launcher
