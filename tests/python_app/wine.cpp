// SPDX-License-Identifier: MIT
#include "python_app/wine.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/workspace.hpp"

namespace python_app {
namespace {

namespace fs = std::filesystem;

const fs::path shared = PYTHON_APP_BUILT;

/// Hard links: 700 MB that nobody writes to. The registry is written to, so it is copied.
void copy_prefix(const fs::path& to) {
  const auto linked = run({"cp", "-al", (shared / "prefix").string(), to.string()}, "/");
  REQUIRE(linked.status == 0);
  for (const auto& entry : fs::directory_iterator(shared / "prefix")) {
    if (!entry.is_regular_file()) continue;
    fs::remove(to / entry.path().filename());
    if (entry.path().filename() != "wineserver")
      fs::copy(entry.path(), to / entry.path().filename());
  }
}

}  // namespace

Wine::Wine() {
  program("wine");
  program("timeout");
  if (!fs::exists(shared / "prefix")) SKIP("the fixture made no wine prefix");
  copy_prefix(directory_.path() / "prefix");
  // Started by the first program, it would keep that program's output open.
  REQUIRE(python_app::run({"wineserver", "--persistent=20"}, "/", variables()).status == 0);
}

Wine::~Wine() { python_app::run({"wineserver", "--kill"}, "/", variables()); }

Variables Wine::variables() const {
  const std::string prefix = (directory_.path() / "prefix").string();
  return environment({{"WINEPREFIX", prefix},
                      {"HOME", prefix + "/home"},
                      {"WINEDEBUG", "-all"},
                      {"WINEDLLOVERRIDES", "mscoree=;mshtml="}});
}

support::Ended Wine::run(const std::vector<std::string>& command) const {
  std::vector<std::string> words = {"timeout", "120", "wine"};
  words.insert(words.end(), command.begin(), command.end());
  return python_app::run(words, "/", variables());
}

std::unique_ptr<support::Process> Wine::start(const std::vector<std::string>& command) const {
  // Python cannot write to a file under wine, and a pipe would be held open by what it starts.
  std::vector<std::string> words = {"/bin/sh", "-c", "exec timeout 120 wine \"$@\" >/dev/null 2>&1",
                                    "sh"};
  words.insert(words.end(), command.begin(), command.end());
  return std::make_unique<support::Process>(words, variables(), "/", directory_ / "log");
}

std::unique_ptr<Running> Wine::application(const fs::path& home,
                                           const std::vector<std::string>& arguments) const {
  std::vector<std::string> words = {"/bin/sh",
                                    "-c",
                                    "timeout 120 wine \"$@\" </dev/null 2>&1 | cat",
                                    "sh",
                                    (home / "python/python.exe").string(),
                                    "-m",
                                    "your_app"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return std::make_unique<Running>(words, "/", variables());
}

support::Ended Wine::finish(const fs::path& script, const fs::path& home,
                            const std::string& version) const {
  return python_app::run(
      {"python3", script.string(), home.string(), (home / "python/Lib/site-packages").string(),
       version, "--run", "wine", (home / "python/python.exe").string()},
      "/", variables());
}

std::string Wine::registry(const std::string& key, const std::string& name) const {
  const auto answer = run({"reg", "query", "HKCU\\" + key, "/v", name});
  const auto type = answer.output.find("REG_");
  if (answer.status != 0 || type == std::string::npos) return {};
  const auto start = answer.output.find_first_not_of(' ', answer.output.find(' ', type));
  return answer.output.substr(start, answer.output.find_first_of("\r\n", start) - start);
}

std::string Wine::named(const fs::path& path) {
  std::string result = "Z:" + path.string();
  for (char& c : result) {
    if (c == '/') c = '\\';
  }
  return result;
}

fs::path Wine::user() const {
  for (const auto& entry : fs::directory_iterator(c() / "users")) {
    if (entry.path().filename() != "Public") return entry.path();
  }
  throw std::runtime_error("no user in the wine prefix");
}

fs::path Wine::menu_link() const {
  return user() / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs" / "Your App.lnk";
}

fs::path Wine::autostart_link() const {
  return user() / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs" / "StartUp/Your App.lnk";
}

std::string Wine::shortcut(const std::string& place) const {
  std::string text;
  for (const char c : support::read_file(place)) {
    if (c != '\0') text += c;  // UTF-16
  }
  return text;
}

fs::path next_installer() { return shared / "next/build/your-app-v1.3.0-rc.1-setup.exe"; }
fs::path next_tree() { return shared / "next/build/windows/your-app"; }

}  // namespace python_app
