// SPDX-License-Identifier: MIT
// The workflows of the Python template are copies of the examples, byte by byte. UPDATE_GOLDEN=1
// (scripts/generate) copies them instead of failing.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

const fs::path examples = fs::path(GITEA_RELEASE_SOURCE) / "examples";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("the template's workflows match the examples") {
  const fs::path copies = examples / "python-app/.gitea/workflows";
  for (const char* name : {"test.yml", "release.yml", "docker.yml"}) {
    INFO("examples/workflows/" << name << "; run scripts/generate");
    const fs::path original = examples / "workflows" / name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      fs::copy_file(original, copies / name, fs::copy_options::overwrite_existing);
    }
    REQUIRE_FALSE(read(original).empty());
    CHECK(read(copies / name) == read(original));
  }
  for (const auto& entry : fs::directory_iterator(copies)) {
    INFO("nothing else is there than what the examples have");
    CHECK(fs::exists(examples / "workflows" / entry.path().filename()));
  }
}
