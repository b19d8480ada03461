// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/project/workflow_text.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

BuildGuess guess_cmake(const ProjectView& view, const std::string& name) {
  const std::string script = view.text("CMakeLists.txt");
  BuildGuess guess{{"cmake -S . -B build -DCMAKE_BUILD_TYPE=Release", "cmake --build build"},
                   "dist/*.tar.gz",
                   "cmake"};
  if (!first_match(lower(script), R"(^\s*include\s*\(\s*(cpack)\s*\))").empty()) {
    guess.commands.emplace_back("cpack --config build/CPackConfig.cmake -G TGZ -B dist");
  } else if (!first_match(lower(script), R"(^\s*(install)\s*\()").empty() && !name.empty()) {
    guess.commands.push_back("cmake --install build --prefix dist/" + name);
    guess.commands.push_back(fmt::format("tar -czf dist/{0}-linux-x64.tar.gz -C dist {0}", name));
  } else {
    guess.files = "build/" + (name.empty() ? "NAME" : name);
    guess.is_known = false;
  }
  return guess;
}

BuildGuess guess_go(const ProjectView& view) {
  const char* packages = view.has("main.go") ? "." : "./...";
  if (view.has_folder("cmd")) packages = "./cmd/...";
  return {{fmt::format("go build -trimpath -o dist/ {}", packages)}, "dist/*", "go"};
}

BuildGuess guess_rust(const FoundProject& project) {
  BuildGuess guess{{"cargo build --release"}, "target/release/NAME", "cargo"};
  guess.is_known = !project.name.empty();
  if (guess.is_known) guess.files = "target/release/" + project.name;
  return guess;
}

bool has_build_script(const std::string& package) {
  try {
    return Json::parse(package).object("scripts").has("build");
  } catch (const Error&) {
    return false;
  }
}

BuildGuess guess_node(const ProjectView& view) {
  BuildGuess guess{{view.has("package-lock.json") ? "npm ci" : "npm install"}, "*.tgz", "npm"};
  if (has_build_script(view.text("package.json"))) guess.commands.emplace_back("npm run build");
  guess.commands.emplace_back("npm pack");
  return guess;
}

}  // namespace

BuildGuess guess_build(const ProjectView& view, const FoundProject& project) {
  switch (project.language) {
    case Language::cmake:
      return guess_cmake(view, project.name);
    case Language::go:
      return guess_go(view);
    case Language::rust:
      return guess_rust(project);
    case Language::node:
      return guess_node(view);
    default:
      break;
  }
  BuildGuess guess{{"make dist"}, "dist/*", "make"};
  guess.is_known = !first_match(view.text("Makefile"), R"(^(dist)\s*:)").empty();
  return guess;
}

}  // namespace core
