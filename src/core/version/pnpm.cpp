// SPDX-License-Identifier: MIT
#include "core/version/pnpm.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text/text.hpp"
#include "core/version/cargo.hpp"

namespace core {
namespace {

constexpr std::string_view workspace_protocol = "workspace:";
constexpr std::string_view link_protocol = "link:";

/// A line "key: value" of block style.
struct LockLine {
  std::size_t indent = 0;
  std::string_view key;
  Span value;  ///< empty for a key with lines below it
};

Span without_quotes(std::string_view text, Span span) {
  const std::string_view inner = span.in(text);
  const bool is_quoted = inner.size() >= 2 && inner.front() == inner.back() &&
                         (inner.front() == '\'' || inner.front() == '"');
  return is_quoted ? Span{span.begin + 1, span.size - 2} : span;
}

/// The line from `begin` to `end`; its key is empty if it is not of that form.
LockLine lock_line(std::string_view text, std::size_t begin, std::size_t end) {
  LockLine line;
  while (end > begin && (text[end - 1] == '\r' || text[end - 1] == ' ')) --end;
  const std::size_t key = std::min(text.find_first_not_of(' ', begin), end);
  line.indent = key - begin;
  const bool is_quoted = key < end && (text[key] == '\'' || text[key] == '"');
  const std::size_t after = is_quoted ? text.find(text[key], key + 1) : key;
  const std::size_t colon = after < end ? text.find(':', after) : end;
  if (colon >= end) return line;
  const std::size_t value = std::min(text.find_first_not_of(' ', colon + 1), end);
  line.key = without_quotes(text, {key, colon - key}).in(text);
  line.value = without_quotes(text, {value, end - value});
  return line;
}

/// The keys that lead to a line, with their indents.
using LockPath = std::vector<std::pair<std::size_t, std::string_view>>;

bool is_dependency_table(std::string_view key) {
  return key == "dependencies" || key == "devDependencies" || key == "optionalDependencies";
}

}  // namespace

std::vector<PnpmRequirement> pnpm_requirements(std::string_view lock, std::string_view importer,
                                               std::string_view package) {
  std::vector<PnpmRequirement> found;
  std::vector<Span> specifiers;  // of pnpm 7, in a table of their own
  bool is_linked = false;
  LockPath path;
  for (std::size_t begin = 0; begin < lock.size();) {
    const std::size_t end = std::min(lock.find('\n', begin), lock.size());
    const LockLine line = lock_line(lock, begin, end);
    begin = end + 1;
    if (line.key.empty()) continue;
    while (!path.empty() && path.back().first >= line.indent) path.pop_back();
    path.emplace_back(line.indent, line.key);
    if (path.size() < 4 || path[0].second != "importers" || path[1].second != importer) continue;
    if (path[3].second != package) continue;
    const bool leads_into_workspace = line.value.in(lock).starts_with(link_protocol);
    if (path.size() == 4 && path[2].second == "specifiers") {
      specifiers.push_back(line.value);
    } else if (path.size() == 4 && is_dependency_table(path[2].second)) {
      is_linked = is_linked || leads_into_workspace;
    } else if (path.size() == 5 && is_dependency_table(path[2].second)) {
      if (line.key == "specifier") found.push_back({line.value, false});
      if (line.key == "version" && !found.empty()) found.back().is_linked = leads_into_workspace;
    }
  }
  for (const Span& specifier : specifiers) found.push_back({specifier, is_linked});
  return found;
}

std::string stamped_workspace_requirement(std::string_view requirement, std::string_view version) {
  if (!is_workspace_requirement(requirement)) return stamped_requirement(requirement, version);
  return std::string(workspace_protocol) +
         stamped_requirement(requirement.substr(workspace_protocol.size()), version);
}

bool is_workspace_requirement(std::string_view requirement) {
  return requirement.starts_with(workspace_protocol);
}

}  // namespace core
