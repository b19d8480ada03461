// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/span.hpp"

namespace core {

/// The keys that lead to a value, including those of tables.
using TomlPath = std::vector<std::string>;

/// A value other than a table or an array.
struct TomlValue {
  TomlPath path;
  std::size_t element =
      0;  ///< the index of its table in an array of tables (`[[a]]`), from 1; 0 outside
  bool in_array = false;  ///< whether it is an element of an array
  bool is_string = false;
  Span span;  ///< of a string without its quotes
};

/// The values of a TOML document, in order. It is a scanner, not a parser: it skips strings,
/// comments, arrays and inline tables correctly, and ignores what it cannot read or what is nested
/// more deeply than anything that this program searches for.
std::vector<TomlValue> toml_values(std::string_view document);

/// The positions of the strings at `path` in a TOML document, without their quotes: one for each
/// time that the key occurs.
std::vector<Span> toml_strings(std::string_view document, const TomlPath& path);

}  // namespace core
