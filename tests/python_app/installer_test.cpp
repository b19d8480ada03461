// SPDX-License-Identifier: MIT
// The installer under wine, silently. An exit status proves nothing there: files, registry and shortcuts do.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <fstream>

#include "python_app/wine.hpp"
#include "support/workspace.hpp"

using python_app::Built;
using python_app::Wine;

namespace fs = std::filesystem;

namespace {

const std::string version_1 = R"({"name":"your_app","version":"1.2.0"})";
const std::string version_2 = R"({"name":"your_app","version":"1.3.0rc1"})";
const char* const entry = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\your-app";
const char* const settings = "Software\\your-app";

void install(const Wine& wine, const fs::path& installer,
             const std::vector<std::string>& switches = {}, int status = 0) {
  std::vector<std::string> command = {installer.string(), "/S"};
  command.insert(command.end(), switches.begin(), switches.end());
  const auto ended = wine.run(command);
  INFO(ended.output);
  CHECK(ended.status == status);
}

/// What `diff` says of the tree and what was installed; its own files are left out.
std::string difference(const fs::path& tree, const fs::path& installed) {
  return python_app::run({"diff", "-r", "-x", "uninstall.exe", "-x", "data", "-x", "logs", "-x",
                          "__pycache__", tree.string(), installed.string()},
                         "/")
      .output;
}

}  // namespace

// Rows "6, no InstallDirRegKey, no Uninstall key" and "6, VBS launcher".
TEST_CASE("the installer installs the tree, registers it and makes the shortcuts", "[wine]") {
  const Built built;
  const Wine wine;
  install(wine, built.installer);
  CHECK(difference(built.windows_tree, wine.installed()).empty());
  CHECK(fs::exists(wine.installed() / "uninstall.exe"));
  CHECK(wine.registry(settings, "InstallDir").find("\\AppData\\Local\\your-app") !=
        std::string::npos);
  CHECK(wine.registry(entry, "DisplayName") == "Your App");
  CHECK(wine.registry(entry, "DisplayVersion") == "1.2.0");
  CHECK(wine.registry(entry, "Publisher") == "Your Name");
  CHECK(wine.registry(entry, "QuietUninstallString").find("uninstall.exe\" /S") !=
        std::string::npos);
  CHECK(wine.registry(entry, "NoModify") == "0x1");
  CHECK(std::stoul(wine.registry(entry, "EstimatedSize"), nullptr, 16) > 30000);
  for (const fs::path& link : {wine.desktop_link(), wine.menu_link()}) {
    const std::string shortcut = wine.shortcut(link);
    INFO(link);
    CHECK(shortcut.find("your-app\\python\\pythonw.exe") != std::string::npos);
    CHECK(shortcut.find("-m your_app --open") != std::string::npos);
  }
  CHECK(!fs::exists(wine.autostart_link()));

  const auto running = wine.application(wine.installed());
  CHECK(running->get("/version") == version_1);
  running->quit(wine.installed() / "data");
}

// Rows "6, reinstall over the old version" and "6 / 11.9": stale files; and the data, which stays.
TEST_CASE("an update leaves no file of the old version, and keeps the data", "[wine]") {
  const Built built;
  const Wine wine;
  // A line as it is: NSIS wants the folder without quotes.
  const fs::path home = wine.c() / "my folder/app";
  std::ofstream(wine.c() / "install.bat")
      << Wine::named(built.installer) << " /S /D=C:\\my folder\\app\r\n";
  CHECK(wine.run({"cmd.exe", "/c", "C:\\install.bat"}).status == 0);
  fs::create_directories(home / "data");
  std::ofstream(home / "data/user.txt") << "mine";
  CHECK(fs::exists(home / "python/Lib/site-packages/tzdata"));
  CHECK(fs::exists(home / "app/your_app/web.py"));

  install(wine, python_app::next_installer());  // finds the folder by itself
  CHECK(difference(python_app::next_tree(), home).empty());
  CHECK(!fs::exists(home / "python/Lib/site-packages/tzdata"));
  CHECK(!fs::exists(home / "app/your_app/web.py"));
  CHECK(!fs::exists(home / "python.old"));
  CHECK(!fs::exists(wine.installed()));
  CHECK(support::read_file(home / "data/user.txt") == "mine");
  CHECK(wine.registry(entry, "DisplayVersion") == "1.3.0rc1");
  const auto running = wine.application(home);
  CHECK(running->get("/version") == version_2);
  running->quit(home / "data");
}

// Rows "6, MessageBox without /SD", "6, lock check only in .onInit" and "6, locks seen via python.exe only".
TEST_CASE("an update waits for the running application, and replaces it once it has ended",
          "[wine]") {
  const Built built;
  const Wine wine;
  install(wine, built.installer);
  const auto running = wine.application(wine.installed());
  CHECK(running->get("/version") == version_1);
  const auto update = wine.start({python_app::next_installer().string(), "/S", "/START"});
  CHECK(!update->ends_within(std::chrono::seconds(4)));
  CHECK(difference(built.windows_tree, wine.installed()).empty());  // untouched while it runs
  running->quit(wine.installed() / "data");
  REQUIRE(update->ends_within(std::chrono::seconds(60)));
  CHECK(update->wait().status == 0);
  CHECK(difference(python_app::next_tree(), wine.installed()).empty());
  // /START: it runs again.
  CHECK(python_app::there(wine.installed() / "data/your_app.pid"));
}

TEST_CASE("an update that is told to ends the application, also one that does not listen",
          "[wine]") {
  const Built built;
  const Wine wine;
  install(wine, built.installer);
  const auto running = wine.application(wine.installed());
  CHECK(running->get("/version") == version_1);
  install(wine, python_app::next_installer(), {"/STOP"});
  CHECK(running->ends_within(std::chrono::seconds(10)));
  CHECK(running->output().find("Application shutdown complete") != std::string::npos);
  CHECK(difference(python_app::next_tree(), wine.installed()).empty());

  // It writes its process's number where the application does, and sleeps.
  const auto deaf = wine.start({(wine.installed() / "python/pythonw.exe").string(), "-c",
                                "import os, time, pathlib\n"
                                "pathlib.Path(r'" +
                                    Wine::named(wine.installed() / "data/your_app.pid") +
                                    "').write_text(str(os.getpid()))\ntime.sleep(100)"});
  CHECK(python_app::there(wine.installed() / "data/your_app.pid"));
  install(wine, built.installer, {"/STOP"});
  CHECK(deaf->ends_within(std::chrono::seconds(10)));
  CHECK(difference(built.windows_tree, wine.installed()).empty());
}

TEST_CASE("an update over an application that does not end gives up, and changes nothing",
          "[wine]") {
  const Built built;
  const Wine wine;
  install(wine, built.installer);
  const auto running = wine.application(wine.installed());
  CHECK(running->get("/version") == version_1);
  install(wine, python_app::next_installer(), {}, 3);
  CHECK(difference(built.windows_tree, wine.installed()).empty());
  CHECK(wine.registry(entry, "DisplayVersion") == "1.2.0");
  CHECK(running->get("/version") == version_1);
  running->quit(wine.installed() / "data");
}

// Row "6, silent reinstall": sections are remembered, deleted shortcuts stay deleted, /AUTOSTART works silently.
TEST_CASE(
    "an update makes no shortcut that the user does not want, and keeps the one that he wants",
    "[wine]") {
  const Built built;
  const Wine wine;
  install(wine, built.installer, {"/AUTOSTART"});
  CHECK(wine.shortcut(wine.autostart_link()).find("pythonw.exe") != std::string::npos);
  fs::remove(wine.desktop_link());
  install(wine, python_app::next_installer());
  CHECK(!fs::exists(wine.desktop_link()));
  CHECK(fs::exists(wine.autostart_link()));
  CHECK(wine.registry(settings, "Autostart") == "0x1");
  install(wine, python_app::next_installer());
  CHECK(!fs::exists(wine.desktop_link()));
}

TEST_CASE("uninstalling removes everything but the data", "[wine]") {
  const Built built;
  const Wine wine;
  install(wine, built.installer, {"/AUTOSTART"});
  const auto running = wine.application(wine.installed());
  running->get("/version");
  running->quit(wine.installed() / "data");
  wine.run({(wine.installed() / "uninstall.exe").string(), "/S"});  // goes on from a copy of itself
  CHECK(python_app::gone(wine.installed() / "uninstall.exe"));
  CHECK(python_app::gone(wine.menu_link()));
  CHECK(python_app::gone(wine.autostart_link()));
  for (const fs::path& link : {wine.desktop_link(), wine.installed() / "python",
                               wine.installed() / "app", wine.installed() / "scripts"}) {
    INFO(link);
    CHECK(python_app::gone(link));
  }
  CHECK(fs::exists(wine.installed() / "data/starts.txt"));
  CHECK(wine.registry(entry, "DisplayName").empty());
  CHECK(wine.registry(settings, "InstallDir").empty());
}
