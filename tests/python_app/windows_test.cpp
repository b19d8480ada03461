// SPDX-License-Identifier: MIT
// The zip for Windows, started under wine.
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "python_app/wine.hpp"
#include "support/workspace.hpp"

using python_app::Built;
using python_app::Wine;

namespace fs = std::filesystem;

namespace {

struct Unzipped {
  Unzipped() {
    const auto ended = python_app::run(
        {"unzip", "-q", built.zip.string(), "-d", (folder.path() / "a folder").string()}, "/");
    REQUIRE(ended.status == 0);
  }
  Built built;
  TempDir folder;
  fs::path home = folder.path() / "a folder/your-app";
};

}  // namespace

// Row "10.1 + 4.2": under wine the seed's build said 0.0.0-dev.
TEST_CASE("unzipped into a folder with a space, the application says the tag's version", "[wine]") {
  const Unzipped unzipped;
  const Wine wine;
  const auto running = wine.application(unzipped.home);
  CHECK(running->get("/version") == R"({"name":"your_app","version":"1.2.0"})");
  CHECK(running->get("/health") == R"({"status":"ok"})");
  CHECK(fs::exists(unzipped.home / "data/your_app.pid"));
  CHECK(running->quit(unzipped.home / "data") == 0);
}

// Row "4.3": what finish.py does on Windows itself.
TEST_CASE("every module of the Windows tree can be imported after the cut", "[wine]") {
  const Unzipped unzipped;
  const Wine wine;
  const fs::path script = unzipped.built.project / "packaging/finish.py";
  const auto ended = wine.finish(script, unzipped.home, "1.2.0");
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(ended.output.find("modules can be imported, as before the cut") != std::string::npos);
}

// Rows "6, VBS launcher" and "pythonw has no standard output": uvicorn fails without one.
TEST_CASE("the hidden start runs the application with pythonw, which writes its log to a file",
          "[wine]") {
  const Unzipped unzipped;
  const Wine wine;
  // The launcher gives no port: this one does.
  const int port = python_app::free_port();
  const fs::path main = unzipped.home / "app/your_app/__main__.py";
  const std::string text = support::read_file(main);
  std::ofstream(main) << std::string(text).replace(text.find("PORT = 8765"), 11,
                                                   "PORT = " + std::to_string(port));
  const auto launched =
      wine.start({"wscript.exe", Wine::named(unzipped.home / "scripts/start-hidden.vbs")});
  CHECK(python_app::ask(port, "/version") == R"({"name":"your_app","version":"1.2.0"})");
  const std::string log = support::read_file(unzipped.home / "logs/your_app.log");
  CHECK(log.find("Uvicorn running on") != std::string::npos);
  std::ofstream(unzipped.home / "data/your_app.quit") << "";
  CHECK(python_app::gone(unzipped.home / "data/your_app.pid"));
}
