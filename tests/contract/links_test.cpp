// SPDX-License-Identifier: MIT
// The links between the documents lead to existing files, and to existing headings in them.
#include <catch2/catch_test_macros.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "core/text/text.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = GITEA_RELEASE_SOURCE;

std::vector<fs::path> documents() {
  std::vector<fs::path> found;
  for (const char* folder : {".", "docs"}) {
    for (const auto& entry : fs::directory_iterator(source / folder)) {
      if (entry.path().extension() == ".md") found.push_back(entry.path());
    }
  }
  return found;
}

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The anchors that a server gives to the headings of a document: lower case, no punctuation except
/// hyphens, hyphens for blanks.
std::set<std::string> anchors_of(const fs::path& document) {
  std::set<std::string> anchors;
  for (const std::string& line : core::lines(read(document))) {
    if (!line.starts_with("#")) continue;
    std::string anchor;
    for (const char c : line.substr(line.find_first_not_of("# "))) {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_') {
        anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      } else if (c == ' ') {
        anchor += '-';
      }
    }
    anchors.insert(anchor);
  }
  return anchors;
}

}  // namespace

TEST_CASE("every link in the documents to this repository has a target") {
  int links = 0;
  for (const fs::path& document : documents()) {
    const std::string text = read(document);
    for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
      const std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      if (target.find("://") != std::string::npos) continue;
      INFO(document << " links to " << target);
      const auto hash = target.find('#');
      const fs::path file = hash == 0 ? document : document.parent_path() / target.substr(0, hash);
      REQUIRE(fs::exists(file));
      if (hash != std::string::npos) CHECK(anchors_of(file).contains(target.substr(hash + 1)));
      ++links;
    }
  }
  CHECK(links > 20);
}
