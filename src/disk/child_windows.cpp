// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/error.hpp"
#include "disk/child.hpp"
#include "disk/starting.hpp"

namespace disk {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

core::Error failure_of(const Child& child, const std::string& what) {
  return {core::Fault::failed, fmt::format("{} {}", child.program, what)};
}

core::Error not_started(const Child& child) {
  return failure_of(child, fmt::format("cannot be started (error {} of Windows)", GetLastError()));
}

/// The absolute directories in PATH. A relative one would be in the checkout, whose programs must
/// not be started.
std::vector<std::filesystem::path> directories_of(const std::wstring& path) {
  std::vector<std::filesystem::path> directories;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find(L';', at), path.size());
    std::wstring one = path.substr(at, end - at);
    std::erase(one, L'"');
    if (std::filesystem::path(one).is_absolute()) directories.emplace_back(one);
    at = end + 1;
  }
  return directories;
}

std::wstring path_of_programs(const std::vector<std::filesystem::path>& directories) {
  std::wstring path;
  for (const auto& directory : directories) {
    path += (path.empty() ? L"" : L";") + directory.wstring();
  }
  return path;
}

/// "" if it is in none of them.
std::filesystem::path found_in(const std::vector<std::filesystem::path>& directories,
                               const std::string& program) {
  for (const auto& directory : directories) {
    const auto file = (directory / (program + ".exe")).make_preferred();
    const DWORD attributes = GetFileAttributesW(file.c_str());
    const bool is_file =
        attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
    if (is_file) return file;
  }
  return {};
}

std::wstring command_line_of(const std::filesystem::path& file, const Child& child) {
  std::wstring line = L"\"" + file.wstring() + L"\"";
  for (const std::string& argument : child.arguments) line += L" " + quoted_word(wide(argument));
  return line;
}

/// Programs need SystemRoot to use the network and random numbers.
std::wstring environment_for(const Child& child, const Variables& own, const std::wstring& path) {
  Variables variables = {{L"PATH", path}};
  for (const wchar_t* name : {L"SystemRoot", L"SystemDrive"}) {
    if (const auto found = own.find(name); found != own.end()) variables[name] = found->second;
  }
  for (const auto& [name, value] : child.environment) variables[wide(name)] = wide(value);
  return environment_block(variables);
}

/// Its processes end together with it.
Handle job_that_ends() {
  Handle job(CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

Handle open_nothing() {
  SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  return Handle(CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE,
                            FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0,
                            nullptr));
}

class RunningChild {
 public:
  RunningChild(const Child& child, const std::filesystem::path& file, std::wstring environment)
      : child_(child), job_(job_that_ends()), deadline_(steady_clock::now() + child.time_limit) {
    HANDLE reading = nullptr;
    HANDLE writing = nullptr;
    if (CreatePipe(&reading, &writing, nullptr, 0) == 0) throw not_started(child);
    output_ = Handle(reading);
    const Handle unused(writing);
    const Handle output = inheritable(writing);
    const Handle nothing = open_nothing();
    Inheritance inheritance({nothing.get(), output.get()});
    STARTUPINFOEXW startup =
        startup_with({nothing.get(), output.get(), nothing.get()}, inheritance);
    std::wstring line = command_line_of(file, child);
    PROCESS_INFORMATION process{};
    constexpr DWORD flags = CREATE_NO_WINDOW | CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT |
                            EXTENDED_STARTUPINFO_PRESENT;
    if (CreateProcessW(file.c_str(), line.data(), nullptr, nullptr, TRUE, flags, environment.data(),
                       nullptr, &startup.StartupInfo, &process) == 0) {
      throw not_started(child);
    }
    process_ = Handle(process.hProcess);
    const Handle thread(process.hThread);
    AssignProcessToJobObject(job_.get(), process_.get());
    ResumeThread(thread.get());
  }
  ~RunningChild() {
    if (!process_) return;
    TerminateJobObject(job_.get(), 1);
    TerminateProcess(process_.get(), 1);
  }
  RunningChild(const RunningChild&) = delete;
  RunningChild& operator=(const RunningChild&) = delete;

  std::string read_to_end() {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
      DWORD count = 0;
      DWORD waiting = 0;
      if (PeekNamedPipe(output_.get(), nullptr, 0, nullptr, &waiting, nullptr) == 0) return text;
      if (waiting == 0) {
        check_time();
        Sleep(between_looks);
        continue;
      }
      const auto size = static_cast<DWORD>(buffer.size());
      if (ReadFile(output_.get(), buffer.data(), size, &count, nullptr) == 0) return text;
      text.append(buffer.data(), count);
      if (text.size() > child_.output_limit) {
        throw failure_of(child_, "printed more than the limit");
      }
    }
  }

  bool ended_well() {
    while (WaitForSingleObject(process_.get(), between_looks) == WAIT_TIMEOUT) check_time();
    DWORD status = 1;
    return GetExitCodeProcess(process_.get(), &status) != 0 && status == 0;
  }

 private:
  static constexpr DWORD between_looks = 2;  // ms

  void check_time() const {
    if (steady_clock::now() < deadline_) return;
    throw failure_of(child_, fmt::format("did not end within {} s",
                                         std::chrono::duration<double>(child_.time_limit).count()));
  }

  const Child& child_;
  Handle job_;
  Handle process_;
  Handle output_;
  steady_clock::time_point deadline_;
};

}  // namespace

std::optional<std::string> output_of(const Child& child) {
  const Variables own = own_variables();
  const auto path = own.find(L"PATH");
  const auto directories = directories_of(path == own.end() ? L"" : path->second);
  const auto file = found_in(directories, child.program);
  if (file.empty()) return std::nullopt;
  RunningChild running(child, file, environment_for(child, own, path_of_programs(directories)));
  std::string text = running.read_to_end();
  if (!running.ended_well()) return std::nullopt;
  return text;
}

}  // namespace disk
