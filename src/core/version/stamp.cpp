// SPDX-License-Identifier: MIT
#include "core/version/stamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "core/error.hpp"
#include "core/text/span.hpp"
#include "core/text/text.hpp"
#include "core/version/cmake.hpp"
#include "core/version/elsewhere.hpp"
#include "core/version/json_scan.hpp"
#include "core/version/pep440.hpp"
#include "core/version/toml.hpp"

namespace core {
namespace {

constexpr std::string_view arrow = " => ";
constexpr std::size_t max_line_length = 4096;  // bytes; matching takes stack for each of them

using PlaceKind = VersionPlace::Kind;

std::string known_names() { return fmt::format("{}", fmt::join(known_version_files, ", ")); }

PlaceKind kind_of(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const auto known =
      std::find(std::begin(known_version_files), std::end(known_version_files), name);
  if (known != std::end(known_version_files)) {
    return static_cast<PlaceKind>(std::distance(std::begin(known_version_files), known));
  }
  return manifest_of_lock(name).empty() ? PlaceKind::pattern : PlaceKind::lock;
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
  Steps steps;  // counted over the whole file
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (line.size() <= max_line_length) {
      const auto groups = within(fmt::format("{}, line {}", place.path, number),
                                 [&] { return place.pattern->first_groups(line, steps); });
      for (const Span& group : groups) found.push_back({begin + group.begin, group.size});
    }
    begin = end + 1;
  }
  return found;
}

std::vector<Span> in_pyproject(const VersionPlace&, std::string_view text) {
  return toml_strings(text, {"project", "version"});
}

std::vector<Span> in_package_json(const VersionPlace& place, std::string_view text) {
  try {
    return json_strings(text, {"version"});
  } catch (const Error& error) {
    throw Error(Fault::workflow, place.path + ": " + error.message, "npm cannot read it either.");
  }
}

std::vector<Span> in_cargo(const VersionPlace&, std::string_view text) {
  const auto found = toml_strings(text, {"package", "version"});
  return found.empty() ? toml_strings(text, {"workspace", "package", "version"}) : found;
}

std::vector<Span> in_cmake(const VersionPlace&, std::string_view text) {
  return cmake_project_versions(text);
}

std::vector<Span> nowhere(const VersionPlace&, std::string_view) { return {}; }

/// Whether `text` is not empty and has only characters of SemVer identifiers and dots.
bool are_identifiers(std::string_view text) {
  const auto belongs = [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), belongs);
}

/// Three numbers without leading zeros, optionally "-rc.1" and "+build".
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

std::string as_pep440(std::string_view tag, const Version&) { return pep440(tag); }

std::string as_semver(std::string_view, const Version& version) {
  return is_semver(version) ? version.text : "";
}

std::string as_numbers(std::string_view, const Version& version) {
  constexpr std::size_t most = 4;  // the number that CMake accepts
  return version.numbers.size() > most || version.epoch != "0" ? "" : join(version.numbers, ".");
}

std::string unchanged(std::string_view, const Version& version) { return version.text; }

VersionElsewhere elsewhere_in_cargo(std::string_view, std::string_view text) {
  return version_of_cargo(text);
}

VersionElsewhere unknown(std::string_view, std::string_view) { return {}; }

/// Everything that differs between the kinds of files.
struct Rules {
  PlaceKind kind;
  const char* name;  ///< what is searched for, as words for messages
  std::vector<Span> (*find)(const VersionPlace& place, std::string_view text);
  /// The version in the format of that kind of file; "" if the format cannot express it.
  std::string (*spell)(std::string_view tag, const Version& version);
  /// Where the version is, if it is not in the usual place.
  VersionElsewhere (*elsewhere)(std::string_view path, std::string_view text);
};

const Rules& rules_of(PlaceKind kind) {
  static const std::array<Rules, 6> table = {{
      {PlaceKind::pyproject, "version in its table [project]", in_pyproject, as_pep440,
       version_of_pyproject},
      {PlaceKind::package_json, "\"version\" in its object", in_package_json, as_semver, unknown},
      {PlaceKind::cargo, "version in its table [package] or [workspace.package]", in_cargo,
       as_semver, elsewhere_in_cargo},
      {PlaceKind::cmake, "project(… VERSION …)", in_cmake, as_numbers, version_of_cmake},
      {PlaceKind::lock, "version of its own", nowhere, unchanged, unknown},
      {PlaceKind::pattern, "line that the pattern matches", matches, unchanged, unknown},
  }};
  return *std::find_if(table.begin(), table.end(),
                       [kind](const Rules& rules) { return rules.kind == kind; });
}

[[noreturn]] void several(const VersionPlace& place, std::string_view text,
                          const std::vector<Span>& found) {
  constexpr std::size_t max_named = 10;
  std::vector<std::string> lines_found;
  std::size_t at = 0;
  std::ptrdiff_t line = 1;
  for (const Span& span : found) {
    if (lines_found.size() == max_named) {
      lines_found.emplace_back("…");
      break;
    }
    const auto before = text.substr(at, span.begin - at);
    line += std::count(before.begin(), before.end(), '\n');
    lines_found.push_back(fmt::format("{}", line));
    at = span.begin;
  }
  throw Error(Fault::workflow,
              fmt::format("{} has more than one {} (lines {})", place.path,
                          rules_of(place.kind).name, join(lines_found, ", ")),
              "Select one with 'path => regular expression with one group'.");
}

/// The error for a file without a version.
[[noreturn]] void missing(const VersionPlace& place, std::string_view text) {
  const Rules& rules = rules_of(place.kind);
  const VersionElsewhere elsewhere = rules.elsewhere(place.path, text);
  const std::string what = fmt::format("{} has no {}", place.path, rules.name);
  if (elsewhere.where.empty()) {
    throw Error(Fault::workflow, what, "Nothing was written. Add it, or name another file.");
  }
  throw Error(Fault::workflow, what + ": " + elsewhere.where,
              "Nothing was written. " + elsewhere.hint);
}

[[noreturn]] void refuse_unknown(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name == "pnpm-lock.yaml" || name == "pnpm-workspace.yaml") {
    throw Error(Fault::workflow,
                fmt::format("'{}' has no versions of your packages", one_line(path)),
                "Write the package.json of each package. Its requirements in pnpm-lock.yaml are "
                "stamped with it.");
  }
  throw Error(Fault::workflow,
              fmt::format("the place of the version in '{}' is unknown", one_line(path)),
              fmt::format("Known files are {}; for another file write 'path => regular expression "
                          "with one group'.",
                          known_names()));
}

}  // namespace

std::string_view manifest_of_lock(std::string_view name) {
  if (name == "Cargo.lock") return "Cargo.toml";
  if (name == "uv.lock") return "pyproject.toml";
  return name == "package-lock.json" || name == "npm-shrinkwrap.json" ? "package.json" : "";
}

VersionPlace parse_version_place(std::string_view line) {
  const auto split = line.find(arrow);
  VersionPlace place;
  place.path = trim(line.substr(0, split));
  if (split != std::string_view::npos) {
    place.pattern = parse_pattern(place.path, std::string(trim(line.substr(split + arrow.size()))));
    return place;
  }
  place.kind = kind_of(place.path);
  if (place.kind == PlaceKind::pattern) refuse_unknown(place.path);
  return place;
}

std::optional<std::string> read_version(const VersionPlace& place, std::string_view text) {
  const auto found = rules_of(place.kind).find(place, text);
  if (found.size() > 1) several(place, text, found);
  if (found.empty() || !parse_version(found.front().in(text))) return std::nullopt;
  return std::string(found.front().in(text));
}

std::string spelling_for(const VersionPlace& place, std::string_view tag) {
  const auto version = parse_version(tag);
  std::string written = version ? rules_of(place.kind).spell(tag, *version) : "";
  if (!written.empty()) return written;
  throw Error(
      Fault::workflow, fmt::format("{} cannot hold the version '{}'", place.path, one_line(tag)),
      "Tools that read the file would reject it. Use a version such as 1.2.3 or 1.2.3-rc.1.");
}

std::string stamped(const VersionPlace& place, std::string_view text, std::string_view tag) {
  const auto found = rules_of(place.kind).find(place, text);
  if (found.size() > 1) several(place, text, found);
  if (found.empty()) missing(place, text);
  const Span& span = found.front();
  return std::string(text.substr(0, span.begin)) + spelling_for(place, tag) +
         std::string(text.substr(span.begin + span.size));
}

}  // namespace core
