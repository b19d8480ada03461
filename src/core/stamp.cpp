// SPDX-License-Identifier: MIT
#include "core/stamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/cmake.hpp"
#include "core/error.hpp"
#include "core/json_scan.hpp"
#include "core/pep440.hpp"
#include "core/span.hpp"
#include "core/text.hpp"
#include "core/toml.hpp"

namespace core {
namespace {

constexpr std::string_view arrow = " => ";
constexpr std::size_t longest_line = 4096;  // bytes; a pattern takes stack for each

using Kind = VersionPlace::Kind;

std::string known_names() { return fmt::format("{}", fmt::join(known_version_files, ", ")); }

Kind kind_of(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const auto known =
      std::find(std::begin(known_version_files), std::end(known_version_files), name);
  return static_cast<Kind>(std::distance(std::begin(known_version_files), known));
}

RegularExpression parse_pattern(const std::string& path, const std::string& text) {
  auto pattern = within(path, [&] { return RegularExpression(text); });
  if (pattern.groups() == 1) return pattern;
  throw Error(
      Fault::workflow,
      fmt::format("{}: the pattern '{}' has {} groups", path, one_line(text), pattern.groups()),
      "It needs one, for the version: version = \"(.*)\"");
}

std::vector<Span> matches(const VersionPlace& place, std::string_view text) {
  std::vector<Span> found;
  Steps steps;  // for the whole file
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (line.size() <= longest_line) {
      const auto groups = within(fmt::format("{}, line {}", place.path, number),
                                 [&] { return place.pattern->first_groups(line, steps); });
      for (const Span& group : groups) found.push_back({begin + group.begin, group.size});
    }
    begin = end + 1;
  }
  return found;
}

std::vector<Span> members_of_package(const VersionPlace& place, std::string_view text) {
  try {
    return json_strings(text, "version");
  } catch (const Error& error) {
    throw Error(Fault::workflow, place.path + ": " + error.message,
                "npm could not read it either.");
  }
}

std::vector<Span> find_places(const VersionPlace& place, std::string_view text) {
  switch (place.kind) {
    case Kind::pyproject:
      return toml_strings(text, {"project", "version"});
    case Kind::package_json:
      return members_of_package(place, text);
    case Kind::cargo: {
      const auto found = toml_strings(text, {"package", "version"});
      return found.empty() ? toml_strings(text, {"workspace", "package", "version"}) : found;
    }
    case Kind::cmake:
      return cmake_project_versions(text);
    case Kind::pattern:
      break;
  }
  return matches(place, text);
}

/// What is looked for, in words.
const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::pyproject:
      return "version in its table [project]";
    case Kind::package_json:
      return "\"version\" in its object";
    case Kind::cargo:
      return "version in its table [package] or [workspace.package]";
    case Kind::cmake:
      return "project(… VERSION …)";
    case Kind::pattern:
      break;
  }
  return "line that the pattern matches";
}

[[noreturn]] void several(const VersionPlace& place, std::string_view text,
                          const std::vector<Span>& found) {
  constexpr std::size_t most_named = 10;
  std::vector<std::string> lines_found;
  std::size_t at = 0;
  std::ptrdiff_t line = 1;
  for (const Span& span : found) {
    if (lines_found.size() == most_named) {
      lines_found.emplace_back("…");
      break;
    }
    const auto before = text.substr(at, span.begin - at);
    line += std::count(before.begin(), before.end(), '\n');
    lines_found.push_back(fmt::format("{}", line));
    at = span.begin;
  }
  throw Error(Fault::workflow,
              fmt::format("{} has more than one {} (lines {})", place.path, name_of(place.kind),
                          join(lines_found, ", ")),
              "Name the one that is meant: 'path => regular expression with one group'.");
}

/// Whether `text` has something, and only what identifiers of SemVer and the dots between them have.
bool are_identifiers(std::string_view text) {
  const auto belongs = [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), belongs);
}

/// Three numbers without leading zeros, and perhaps "-rc.1" and "+build".
bool is_semver(const Version& version) {
  const std::string numbers = join(version.numbers, ".");
  if (version.numbers.size() != 3 || !version.text.starts_with(numbers)) return false;
  const std::string_view rest = std::string_view(version.text).substr(numbers.size());
  const auto plus = std::min(rest.find('+'), rest.size());
  const std::string_view prerelease = rest.substr(0, plus);
  const std::string_view build = rest.substr(plus);
  return (prerelease.empty() ||
          (prerelease.starts_with('-') && are_identifiers(prerelease.substr(1)))) &&
         (build.empty() || are_identifiers(build.substr(1)));
}

std::string numbers_of(const Version& version) {
  constexpr std::size_t most = 4;  // that CMake takes
  return version.numbers.size() > most || version.epoch != "0" ? "" : join(version.numbers, ".");
}

/// As the readers of that kind of file want it; "" where they have no word for it.
std::string spelling(Kind kind, std::string_view tag, const Version& version) {
  switch (kind) {
    case Kind::pyproject:
      return pep440(tag);
    case Kind::package_json:
    case Kind::cargo:
      return is_semver(version) ? version.text : "";
    case Kind::cmake:
      return numbers_of(version);
    case Kind::pattern:
      break;
  }
  return version.text;
}

}  // namespace

VersionPlace parse_version_place(std::string_view line) {
  const auto split = line.find(arrow);
  VersionPlace place;
  place.path = trim(line.substr(0, split));
  if (split != std::string_view::npos) {
    place.pattern = parse_pattern(place.path, std::string(trim(line.substr(split + arrow.size()))));
    return place;
  }
  place.kind = kind_of(place.path);
  if (place.kind == Kind::pattern) {
    throw Error(Fault::workflow,
                fmt::format("where the version stands in '{}' is not known", one_line(place.path)),
                fmt::format("Known are {}; for another file write 'path => regular expression "
                            "with one group'.",
                            known_names()));
  }
  return place;
}

std::optional<std::string> read_version(const VersionPlace& place, std::string_view text) {
  const auto found = find_places(place, text);
  if (found.size() > 1) several(place, text, found);
  if (found.empty() || !parse_version(found.front().in(text))) return std::nullopt;
  return std::string(found.front().in(text));
}

std::string stamped(const VersionPlace& place, std::string_view text, std::string_view tag) {
  const auto found = find_places(place, text);
  if (found.size() > 1) several(place, text, found);
  if (found.empty()) {
    throw Error(Fault::workflow, fmt::format("{} has no {}", place.path, name_of(place.kind)),
                "Nothing was written: add it, or name another place.");
  }
  const auto version = parse_version(tag);
  const std::string written = version ? spelling(place.kind, tag, *version) : "";
  if (written.empty()) {
    throw Error(Fault::workflow,
                fmt::format("{} cannot hold the version '{}'", place.path, one_line(tag)),
                "Its readers would refuse it: use a version such as 1.2.3 or 1.2.3-rc.1.");
  }
  const Span& span = found.front();
  return std::string(text.substr(0, span.begin)) + written +
         std::string(text.substr(span.begin + span.size));
}

}  // namespace core
