// SPDX-License-Identifier: MIT
// Which version the heading of a changelog's section names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/version/version.hpp"

namespace core {

/// The text of a heading as it is shown: without tags, emphasis, strikes, code marks, images and
/// the addresses of links, whose text stays in brackets.
std::string plain_heading(std::string_view markdown);

struct HeadingName {
  enum class Kind {
    version,   ///< "1.2.0", perhaps with a date
    sentence,  ///< a version among words: "Widget 1.2.0", "1.2.0 The large one"
    date,      ///< "2026-01-05", which may be a version or belong to one
  };

  std::string text;  ///< "1.2.0", "widget-1.2.0", "Unreleased"
  std::optional<Version> version;
  std::string thing;  ///< whose version it is, in lower-case letters and digits: "widget", or ""
  Kind kind = Kind::version;
};

/// The version or name in the plain text of a heading. nullopt if it names no version, as in "3 new
/// features" and "Upgrade to 1.2.0". `tag`, in lower case, always counts as a name.
std::optional<HeadingName> name_in_heading(std::string_view plain, std::string_view tag);

/// "widget" of the prefixes "widget-" and "packages/widget/"; "" of those that name nothing, such as
/// "release-".
std::string thing_of_prefix(std::string_view prefix);

}  // namespace core
