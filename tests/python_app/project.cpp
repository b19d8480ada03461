// SPDX-License-Identifier: MIT
#include "python_app/project.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "support/wire.hpp"
#include "support/workspace.hpp"

extern char** environ;

namespace python_app {
namespace {

namespace fs = std::filesystem;
using support::Ended;
using support::read_file;

const fs::path source = GITEA_RELEASE_SOURCE;
const fs::path standins = source / ".deps/python-standin";

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

void add_standins(Variables& variables) {
  std::istringstream lines(fs::exists(standins / "python.env") ? read_file(standins / "python.env")
                                                               : std::string());
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    std::string value = line.substr(equals + 1);
    if (starts_with(value, "$STANDINS")) value.replace(0, 9, standins.string());
    variables[line.substr(0, equals)] = value;
  }
}

/// Whether that comes true within 60 s.
bool until(const std::function<bool()>& that) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!that()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

std::vector<std::string> with_port(std::vector<std::string> command, int port) {
  command.insert(command.end(), {"--port", std::to_string(port)});
  return command;
}

}  // namespace

fs::path template_folder() { return source / "examples/python-app"; }

Variables environment(const Variables& more) {
  Variables result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    bool ours = true;
    for (const char* foreign : {"GITHUB_", "GITEA_", "RUNNER_", "INPUT_", "PYTHON", "CI"}) {
      if (starts_with(name, foreign)) ours = false;
    }
    if (ours) result[name] = text.substr(name.size() + 1);
  }
  result["PATH"] = (source / ".deps/bin").string() + ":" + result["PATH"];
  add_standins(result);
  for (const auto& [name, value] : more) result[name] = value;
  return result;
}

Ended run(const std::vector<std::string>& command, const fs::path& directory,
          const Variables& variables) {
  const TempDir logs;
  std::vector<std::string> words = command;
  if (words.front().find('/') == std::string::npos) words.front() = program(words.front());
  support::Process process(words, variables, directory, logs / "log");
  return process.wait();
}

Ended script(const std::string& name, const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {"python3", (source / "tests/python_app" / name).string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, "/");
}

void need_uv() { program("uv"); }

void need_standins() {
  need_uv();
  if (!fs::exists(standins / "python.env")) {
    SKIP("there are no stand-ins of the interpreters; scripts/setup --test makes them");
  }
}

std::string program(const std::string& name) {
  std::istringstream directories(environment()["PATH"]);
  std::string found;
  for (std::string directory; found.empty() && std::getline(directories, directory, ':');) {
    const std::string file = directory + "/" + name;
    if (access(file.c_str(), X_OK) == 0) found = file;
  }
  if (found.empty()) SKIP("there is no " << name << " (scripts/setup --test or --wine)");
  return found;
}

Project::Project() {
  need_uv();
  fs::copy(template_folder(), path(), fs::copy_options::recursive);
  for (const char* left : {"build", ".venv", ".pytest_cache", ".ruff_cache"}) {
    fs::remove_all(path() / left);
  }
  git({"init", "-q", "-b", "main"});
  git({"add", "-A"});
  git({"commit", "-q", "-m", "feat: everything"});
}

void Project::git(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(),
                   {"git", "-c", "user.name=test", "-c", "user.email=test@example.org", "-c",
                    "commit.gpgsign=false"});
  const Ended ended = run(arguments);
  if (ended.status != 0) throw std::runtime_error("git: " + ended.output);
}

void Project::append(const std::string& file, const std::string& text) const {
  std::ofstream(path() / file, std::ios::app) << text;
}

void Project::replace(const std::string& file, const std::string& from,
                      const std::string& to) const {
  std::string text = read_file(path() / file);
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error(file + " has no " + from);
  std::ofstream(path() / file, std::ios::binary) << text.replace(at, from.size(), to);
}

void Project::tag(const std::string& name) const { git({"tag", name}); }

Ended Project::run(const std::vector<std::string>& command, const Variables& variables) const {
  return python_app::run(command, path(), variables);
}

Ended Project::packaging(const std::string& script, const std::vector<std::string>& arguments,
                         const Variables& variables) const {
  std::vector<std::string> command = {"bash", (path() / "packaging" / script).string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, variables);
}

Ended Project::shell(const std::string& lines, const Variables& variables) const {
  return run({"bash", "-euo", "pipefail", "-c", ". packaging/common.sh\n" + lines}, variables);
}

Built::Built() {
  need_standins();
  project = fs::path(PYTHON_APP_BUILT) / "project";
  const fs::path build = project / "build";
  windows_tree = build / "windows/your-app";
  linux_tree = build / "linux/your-app";
  zip = build / "your-app-v1.2.0-win-x64.zip";
  installer = build / "your-app-v1.2.0-setup.exe";
  tarball = build / "your-app-v1.2.0-linux-x64.tar.gz";
  for (const fs::path& file : {zip, tarball}) {
    INFO("the fixture (ctest runs it by itself; else scripts/python-app --build) writes " << file);
    REQUIRE(fs::exists(file));
  }
}

Running::Running(const std::vector<std::string>& command, const fs::path& directory,
                 const Variables& variables)
    : port_(free_port()),
      process_(with_port(command, port_), variables, directory, directory_ / "log") {}

std::string Running::get(const std::string& path) {
  const std::string answer =
      ask(port_, path, [&] { return !process_.ends_within(std::chrono::milliseconds(0)); });
  if (answer.empty()) throw std::runtime_error("no answer: " + output());
  return answer;
}

int Running::quit(const fs::path& data) {
  std::ofstream(data / "your_app.quit") << "";
  if (!process_.ends_within(std::chrono::seconds(60))) {
    throw std::runtime_error("it does not end: " + output());
  }
  return process_.wait().status;
}

int free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  close(listener);
  return ntohs(address.sin_port);
}

std::string ask(int port, const std::string& path, const std::function<bool()>& still) {
  std::string answer;
  const auto url = "http://127.0.0.1:" + std::to_string(port);
  until([&] {
    try {
      answer = support::Wire(url, "").get(path).body;
    } catch (const std::runtime_error&) {  // it does not listen yet
    }
    return !answer.empty() || !still();
  });
  return answer;
}

bool there(const fs::path& file) {
  return until([&] { return fs::exists(file); });
}

bool gone(const fs::path& file) {
  return until([&] { return !fs::exists(file); });
}

}  // namespace python_app
