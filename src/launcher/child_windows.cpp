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
#include "disk/starting.hpp"
#include "launcher/child.hpp"

namespace launcher {
namespace {

using disk::Handle;
using disk::inheritable;

std::wstring command_line_of(const Command& command) {
  std::wstring line = L"\"" + Path(command.program).make_preferred().wstring() + L"\"";
  for (const std::string& argument : command.arguments)
    line += L" " + disk::quoted_word(disk::wide(argument));
  return line;
}

std::wstring environment_of(const Command& command) {
  disk::Variables variables = disk::own_variables();
  for (const auto& [name, value] : command.environment) {
    variables[disk::wide(name)] = disk::wide(value);
  }
  return disk::environment_block(variables);
}

core::Error not_started(const Command& command) {
  return {core::Fault::failed, fmt::format("{} cannot be started (error {} of Windows)",
                                           command.program.string(), GetLastError())};
}

bool is_usable(HANDLE handle) {
  return handle != nullptr && handle != INVALID_HANDLE_VALUE &&
         GetFileType(handle) != FILE_TYPE_UNKNOWN;
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

/// Starts the program with these standard handles, and returns its process.
Handle start_process(const Command& command, HANDLE input, HANDLE output, HANDLE errors) {
  disk::Inheritance inheritance({input, output, errors});
  STARTUPINFOEXW startup = disk::startup_with({input, output, errors}, inheritance);
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
