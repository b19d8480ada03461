// SPDX-License-Identifier: MIT
#include "core/version/npm.hpp"

#include <utility>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/version/json_scan.hpp"

namespace core {

NpmManifest read_npm_manifest(std::string_view text) {
  NpmManifest manifest;
  try {
    const Json json = Json::parse(text);
    if (!json.is_object()) return manifest;
    manifest.name = json.string("name");
    try {
      manifest.workspaces = json.strings("workspaces");
    } catch (const Error&) {  // the other form, an object
      manifest.workspaces = json.object("workspaces").strings("packages");
    }
  } catch (const Error&) {
    // Whoever needs this manifest reports it.
  }
  return manifest;
}

std::string with_npm_requirements(
    std::string_view text, const std::vector<std::string>& path, const std::string& package,
    const std::function<std::string(std::string_view requirement)>& changed) {
  std::vector<Replacement> replacements;
  for (const char* table :
       {"dependencies", "devDependencies", "peerDependencies", "optionalDependencies"}) {
    std::vector<std::string> whole = path;
    whole.insert(whole.end(), {table, package});
    for (const Span& span : json_strings(text, whole)) {
      replacements.push_back({span, changed(span.in(text))});
    }
  }
  return with_replacements(text, std::move(replacements));
}

}  // namespace core
