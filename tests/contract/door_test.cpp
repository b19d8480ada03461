// SPDX-License-Identifier: MIT
// Only a few files in src/disk may open, examine or change files of the workspace. Calls in the
// source are recognized by their names; other files that open something are listed here, with the
// reason.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Words = std::set<std::string, std::less<>>;

const fs::path source = fs::path(GITEA_RELEASE_SOURCE) / "src";

/// Types and functions, in any namespace.
const Words openers = {"ifstream",
                       "ofstream",
                       "fstream",
                       "filebuf",
                       "fopen",
                       "fopen64",
                       "freopen",
                       "tmpfile",
                       "mkstemp",
                       "mkdtemp",
                       "creat",
                       "open64",
                       "openat",
                       "openat2",
                       "opendir",
                       "fdopendir",
                       "scandir",
                       "nftw",
                       "ftw",
                       "readlink",
                       "readlinkat",
                       "renameat",
                       "renameat2",
                       "unlink",
                       "unlinkat",
                       "mkdir",
                       "mkdirat",
                       "symlink",
                       "symlinkat",
                       "linkat",
                       "truncate",
                       "fchmodat",
                       "chmod",
                       "chown",
                       "stat",
                       "lstat",
                       "fstatat",
                       "statx",
                       "faccessat",
                       "realpath",
                       "mkfifo",
                       "access",
                       "SYS_openat",
                       "SYS_openat2",
                       "SYS_open",
                       "directory_iterator",
                       "recursive_directory_iterator",
                       "directory_entry",
                       "CreateFileW",
                       "CreateDirectoryW",
                       "DeleteFileW",
                       "RemoveDirectoryW",
                       "MoveFileExW",
                       "FindFirstFileW",
                       "FindFirstFileExW",
                       "GetFileAttributesW",
                       "_wopen",
                       "_wsopen"};

/// From std::filesystem: functions that read the disk, or change it.
const Words of_filesystem = {"exists",
                             "is_regular_file",
                             "is_directory",
                             "is_symlink",
                             "is_other",
                             "is_fifo",
                             "is_socket",
                             "status",
                             "symlink_status",
                             "canonical",
                             "weakly_canonical",
                             "file_size",
                             "read_symlink",
                             "create_directory",
                             "create_directories",
                             "create_symlink",
                             "create_directory_symlink",
                             "create_hard_link",
                             "permissions",
                             "remove",
                             "remove_all",
                             "rename",
                             "resize_file",
                             "copy",
                             "copy_file",
                             "last_write_time",
                             "equivalent",
                             "is_empty",
                             "hard_link_count",
                             "space"};

/// The exceptions.
const std::map<std::string, Words> others = {
    {"gitea/trust_posix.cpp", {"ifstream", "access"}},  // the system's CA bundle
    {"gitea/trust_windows.cpp", {"ifstream", "exists"}},
    {"disk/open_posix.cpp", {"open", "remove_all"}},  // of an installation
    {"disk/open_windows.cpp",
     {"CreateFileW", "DeleteFileW", "RemoveDirectoryW", "FindFirstFileW", "GetFileAttributesW"}},
    // The event file, whose path comes from the runner.
    {"runner/facts.cpp", {"ifstream", "is_regular_file"}},
    {"runner/append_posix.cpp", {"open"}},  // outputs and summary, likewise
    {"runner/append_windows.cpp", {"_wsopen"}},
    {"runner/process_posix.cpp", {"open"}},  // /dev/null
    {"main_posix.cpp", {"unlink"}},  // the program's own copy, on a file system without execution
    {"disk/child_posix.cpp", {"open", "access"}},  // /dev/null, and programs in PATH
    {"disk/child_windows.cpp", {"CreateFileW", "GetFileAttributesW"}},  // likewise
    // The location of the repository's .git, which git opens.
    {"disk/git.cpp", {"canonical", "exists", "symlink_status"}},
    // An installation is not a workspace: the launcher has its own doors, reads and file calls.
    {"launcher/reads_posix.cpp", {"open", "lstat", "directory_iterator", "read_symlink"}},
    {"launcher/system_calls_posix.cpp", {"open", "lstat", "rename", "mkdir", "unlink", "fchmodat"}},
    {"launcher/lock_posix.cpp", {"open", "read_symlink"}},
    {"launcher/child_posix.cpp", {"open", "stat", "read_symlink"}},
};

const Words door = {"disk/at_posix.cpp",        "disk/at_windows.cpp",
                    "disk/file_posix.cpp",      "disk/entries_posix.cpp",
                    "disk/entries_windows.cpp", "disk/anywhere_posix.cpp"};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Without comments and string literals.
std::string code_of(const std::string& line) {
  std::string result;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quoted && line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && line.compare(i, 2, "//") == 0) {
      break;
    } else if (!quoted) {
      result += line[i];
    }
  }
  return result;
}

/// Whether the word from `begin` to `end` is called, or names an object.
bool is_opener(const std::string& code, std::size_t begin, std::size_t end) {
  const std::string word = code.substr(begin, end - begin);
  const std::string before = code.substr(0, begin);
  const bool is_member = before.ends_with('.') || before.ends_with("->");
  const bool is_qualified =
      before.ends_with("::") && before.size() > 2 && is_word(before[before.size() - 3]);
  const bool is_of_filesystem = before.ends_with("fs::") || before.ends_with("filesystem::");
  if (is_of_filesystem && of_filesystem.contains(word)) return true;
  if (is_member || before.ends_with("struct ")) return false;
  if (openers.contains(word)) return before.find("#include") == std::string::npos;
  // "open" is also the name of methods and of their declarations.
  const std::string rest = code.substr(std::min(code.find_first_not_of(' ', end), code.size()));
  const bool is_called = rest.starts_with('(') && !rest.starts_with("()");
  const bool is_declared = before.ends_with("File ") || before.ends_with("Reader ");
  return word == "open" && is_called && !is_qualified && !is_declared;
}

std::vector<std::string> openers_in(const std::string& line) {
  const std::string code = code_of(line);
  std::vector<std::string> found;
  for (std::size_t at = 0; at < code.size();) {
    if (!is_word(code[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < code.size() && is_word(code[end])) ++end;
    if (is_opener(code, at, end)) found.push_back(code.substr(at, end - at));
    at = end;
  }
  return found;
}

}  // namespace

TEST_CASE("only the listed files open, examine or change files of the workspace") {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const std::string path = entry.path().lexically_relative(source).string();
    if (!path.ends_with(".cpp") && !path.ends_with(".hpp")) continue;
    ++files;
    // The launcher has no workspace: its files are those of an installation.
    if (door.contains(path) || path.starts_with("launcher/")) continue;
    const auto exception = others.find(path);
    std::ifstream file(entry.path());
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      for (const std::string& word : openers_in(line)) {
        const bool is_allowed = exception != others.end() && exception->second.contains(word);
        if (!is_allowed) FAIL_CHECK(path << ":" << number << " has " << word << ": " << line);
      }
    }
  }
  CHECK(files > 40);
}

TEST_CASE("all files that this test exempts exist") {
  for (const std::string& path : door) {
    INFO(path);
    CHECK(fs::exists(source / path));
  }
}

TEST_CASE("this test recognizes calls that open a file, and ignores similar names") {
  for (const char* line :
       {"std::ifstream file(path);", "  const std::ofstream out{path};",
        "if (fs::exists(path)) x();", "for (auto& e : std::filesystem::directory_iterator(d)) {",
        "fs::recursive_directory_iterator i(d)", "int fd = open(path, O_RDONLY);",
        "fd = ::open (path, 0);", "FILE* f = std::fopen(p, \"r\");", "openat(at, name, 0)",
        "syscall(SYS_openat2, at)", "stat(path, &status)", "std::filesystem::remove_all(d);",
        "x = fs::canonical(p, error);", "access(p, R_OK)"}) {
    INFO(line);
    CHECK(openers_in(line).size() == 1);
  }
  for (const char* line :
       {"source.open();", "file->open(path);", "workspace.open(path, option)", "// open(path)",
        "throw Error(\"open(\");", "#include <fstream>", "fs::path(a) / b", "opened(x)",
        "File Workspace::open(const std::string& path)",
        "File open(const std::string& path) const;", "path.lexically_normal()",
        "std::function<Reader()> open;", "result.status = 4;", "struct stat status {};",
        "x = {head, open(), tail};"}) {
    INFO(line);
    CHECK(openers_in(line).empty());
  }
}
