// SPDX-License-Identifier: MIT
// Which folder may include which: main -> commands -> inputs -> gitea, runner, disk, signing ->
// core, launcher -> gitea, disk, signing -> core, and within core release -> version -> text. The linker checks most of this, but not headers
// without a source file.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

const fs::path source = fs::path(GITEA_RELEASE_SOURCE) / "src";

/// The folder of a file or an include; "program" for a file at the top of src/.
std::string room_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "program" : path.substr(0, slash);
}

/// The path in `#include "…"`, or "".
std::string own_include(const std::string& line) {
  const std::string opening = "#include \"";
  if (!line.starts_with(opening)) return {};
  return line.substr(opening.size(), line.rfind('"') - opening.size());
}

}  // namespace

TEST_CASE("each folder includes only folders to its right") {
  using Rooms = std::set<std::string>;
  const Rooms core = {"core",         "core/text",   "core/version",
                      "core/release", "core/update", "core/project"};
  const auto and_core = [&](Rooms rooms) {
    rooms.insert(core.begin(), core.end());
    return rooms;
  };
  const std::map<std::string, Rooms> allowed = {
      {"program", and_core({"program", "commands", "inputs", "runner"})},
      {"commands", and_core({"commands", "inputs", "gitea", "runner", "disk", "signing"})},
      {"inputs", and_core({"inputs", "runner", "disk"})},
      {"gitea", and_core({"gitea"})},
      {"runner", and_core({"runner"})},
      {"disk", and_core({"disk"})},
      {"signing", {"signing", "core", "core/text", "core/release"}},
      {"launcher", and_core({"launcher", "launcher/fetch", "gitea", "disk", "signing"})},
      {"launcher/fetch", and_core({"launcher/fetch", "gitea", "disk", "signing"})},
      {"core/release", {"core", "core/text", "core/version", "core/release", "core/update"}},
      {"core/update", {"core", "core/text", "core/version", "core/update"}},
      {"core/project", {"core", "core/text", "core/version", "core/project"}},
      {"core/version", {"core", "core/text", "core/version"}},
      {"core/text", {"core", "core/text"}},
      {"core", {"core"}},
  };
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const std::string path = entry.path().lexically_relative(source).string();
    if (!path.ends_with(".cpp") && !path.ends_with(".hpp")) continue;
    ++files;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const std::string include = own_include(line);
      if (include.empty()) continue;
      INFO(path << " includes " << include);
      REQUIRE(allowed.contains(room_of(path)));
      CHECK(allowed.at(room_of(path)).contains(room_of(include)));
    }
  }
  CHECK(files > 40);
}

TEST_CASE("each library is used by one file only, OpenSSL's algorithms by one per purpose") {
  const std::multimap<std::string, std::string> owners = {
      {"<httplib.h>", "gitea/client.cpp"},
      {"<rapidjson/", "core/text/json.cpp"},
      {"<CLI/CLI.hpp>", "inputs/command_line.cpp"},
      {"<openssl/evp.h>", "core/digest.cpp"},
      {"<openssl/evp.h>", "core/text/base64.cpp"},
      {"<openssl/evp.h>", "signing/primitives.cpp"},
      {"<archive.h>", "launcher/fetch/archive_reader.cpp"},
      {"<archive.h>", "launcher/fetch/archive_names_posix.cpp"},
      {"<archive.h>", "launcher/fetch/archive_names_windows.cpp"},
      {"<yaml-cpp/", "disk/config_file.cpp"},
      {"<regex>", "core/text/regular_expression.cpp"},
  };
  const auto may_include = [&](const std::string& path, const std::string& library) {
    const auto [begin, end] = owners.equal_range(library);
    return std::any_of(begin, end, [&](const auto& entry) { return entry.second == path; });
  };
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = entry.path().lexically_relative(source).string();
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      for (const auto& [library, owner] : owners) {
        if (line.find("#include " + library) == std::string::npos) continue;
        INFO(path << " includes " << library);
        CHECK(may_include(path, library));
      }
    }
  }
}
