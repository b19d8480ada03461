// SPDX-License-Identifier: MIT
// Things that only one place may do: print, start a program, read the environment. Everything is
// printed through runner::Log or launcher::Log, which prevents external text from beginning a line.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source = fs::path(GITEA_RELEASE_SOURCE) / "src";

const std::regex printing(
    R"(\b(stdout|stderr|cout|cerr|clog|wcout|wcerr|printf|vprintf|puts|putchar|perror|psignal|syslog)\b)"
    R"(|\bfmt::(print|println)\b|\bstd::(print|println)\b|\bd?printf\s*\()"
    R"(|\b(write|writev|pwrite|dprintf|send|sendfile)\s*\(\s*([12]\b|STD(OUT|ERR)_FILENO))"
    R"(|/dev/(stdout|stderr|tty|console|fd/[12])|/proc/self/fd/[12])");
const std::regex starting(
    R"(\b(fork|vfork|clone|clone3|posix_spawnp?|popen|system|wordexp|fexecve|exec(l|lp|le|v|ve|vp|vpe|veat))\s*\()"
    R"(|\bCreateProcess(A|W|AsUserW)?\s*\()"
    R"(|\bSYS_(fork|vfork|clone|clone3|execve|execveat)\b)");
const std::regex environment(
    R"(\b(getenv|secure_getenv|environ|__environ|setenv|putenv|unsetenv)\b)"
    R"(|\bGetEnvironment(Strings|Variable)W?\b)");

/// A line of code without its comment.
std::string code_of(const std::string& line) {
  const auto first = line.find_first_not_of(' ');
  if (first == std::string::npos || line.compare(first, 2, "//") == 0) return {};
  return line.substr(first, line.find(" //") - first);
}

/// The lines of src/ that match, by file.
std::map<std::string, std::vector<std::string>> lines_with(const std::regex& wanted) {
  std::map<std::string, std::vector<std::string>> found;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const std::string path = entry.path().lexically_relative(source).string();
    if (!path.ends_with(".cpp") && !path.ends_with(".hpp")) continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const std::string code = code_of(line);
      if (!code.starts_with("#include") && std::regex_search(code, wanted)) {
        found[path].push_back(code);
      }
    }
  }
  return found;
}

std::set<std::string> files_with(const std::regex& wanted) {
  std::set<std::string> files;
  for (const auto& [path, lines] : lines_with(wanted)) files.insert(path);
  return files;
}

}  // namespace

TEST_CASE("only the log, the question to the user, --help and --version print") {
  auto found = lines_with(printing);
  CHECK(found.erase("runner/log.cpp") + found.erase("runner/log.hpp") > 0);
  // Descriptors of a child, and those of this process at its start.
  CHECK(found["program.cpp"] ==
        std::vector<std::string>{"std::fputs(invocation.print.c_str(), stdout);",
                                 "std::fflush(stdout);"});
  found.erase("program.cpp");
  CHECK(found.erase("launcher/output_posix.cpp") == 1);
  found.erase("launcher/child_posix.cpp");         // descriptors of the application
  CHECK(found.erase("runner/question.cpp") == 1);  // the question to the user at a terminal
  for (const auto& [path, lines] : found) {
    for (const std::string& line : lines) FAIL_CHECK(path << " prints: " << line);
  }
}

TEST_CASE("only disk/child starts programs, and the launcher its application") {
  CHECK(files_with(starting) ==
        std::set<std::string>{"disk/child_posix.cpp", "disk/child_windows.cpp",
                              "launcher/child_posix.cpp", "launcher/child_windows.cpp"});
}

TEST_CASE("the environment is read in one place, except for PATH and OpenSSL's variables") {
  CHECK(files_with(environment) ==
        std::set<std::string>{"disk/child_posix.cpp", "disk/starting_windows.cpp",
                              "gitea/trust_posix.cpp", "gitea/trust_windows.cpp",
                              "launcher/child_posix.cpp", "launcher/child_windows.cpp",
                              "main_posix.cpp",  // the name of the program's own copy
                              "runner/environment_posix.cpp", "runner/environment_windows.cpp"});
}

TEST_CASE("these patterns match what they are meant to find") {
  for (const char* line :
       {"std::cout << x;", "std::fputs(x, stderr);", "printf(\"x\");", "std::puts(x);",
        "fmt::print(\"{}\", x);", "write(1, x, n);", "::write(STDOUT_FILENO, x, n);",
        "dprintf(2, x);", "std::ofstream(\"/dev/stderr\") << x;", "std::perror(x);"}) {
    INFO(line);
    CHECK(std::regex_search(code_of(line), printing));
  }
  for (const char* line : {"write(descriptor, x, n);", "std::fputs(x, file);", "sprintf_like(x)",
                           "// printf", "return text;  // to stdout"}) {
    INFO(line);
    CHECK_FALSE(std::regex_search(code_of(line), printing));
  }
  for (const char* line : {"const int id = fork();", "std::system(x);", "popen(x, y)",
                           "posix_spawn(&a)", "execvp(a, b)", "syscall(SYS_execve)"}) {
    INFO(line);
    CHECK(std::regex_search(code_of(line), starting));
  }
  CHECK_FALSE(std::regex_search(std::string("file_system(x); executable(x);"), starting));
}
