// SPDX-License-Identifier: MIT
// Who may include whom: main -> commands -> gitea, runner, disk -> core. The linker sees most of
// it; headers alone it does not see.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

const fs::path source = fs::path(GITEA_RELEASE_SOURCE) / "src";

/// The room of a file or an include: its first folder, "program" for those at the top of src/.
std::string room_of(const std::string& path) {
  const auto slash = path.find('/');
  return slash == std::string::npos ? "program" : path.substr(0, slash);
}

/// What stands between the quotes of `#include "…"`, or "".
std::string own_include(const std::string& line) {
  const std::string opening = "#include \"";
  if (!line.starts_with(opening)) return {};
  return line.substr(opening.size(), line.rfind('"') - opening.size());
}

}  // namespace

TEST_CASE("every room includes only what stands to its right") {
  const std::map<std::string, std::set<std::string>> allowed = {
      {"program", {"program", "commands", "gitea", "runner", "disk", "core"}},
      {"commands", {"program", "commands", "gitea", "runner", "disk", "core"}},
      {"gitea", {"gitea", "core"}},
      {"runner", {"runner", "core"}},
      {"disk", {"disk", "core"}},
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

TEST_CASE("each library is known to one file only") {
  const std::map<std::string, std::string> owners = {
      {"<httplib.h>", "gitea/client.cpp"},    {"<rapidjson/", "core/json.cpp"},
      {"<CLI/CLI.hpp>", "command_line.cpp"},  {"<openssl/evp.h>", "core/digest.cpp"},
      {"<yaml-cpp/", "disk/config_file.cpp"}, {"<regex>", "core/regular_expression.cpp"},
  };
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = entry.path().lexically_relative(source).string();
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      for (const auto& [library, owner] : owners) {
        if (line.find("#include " + library) == std::string::npos) continue;
        INFO(path << " includes " << library);
        CHECK(path == owner);
      }
    }
  }
}
