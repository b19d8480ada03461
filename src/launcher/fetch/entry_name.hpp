// SPDX-License-Identifier: MIT
// Which names an archive may contain. A name has to mean the same on Linux and on Windows, so that an
// application that was tested on one system does not fail on the other.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fetch {

inline constexpr std::size_t max_part = 255;   ///< bytes of a file name
inline constexpr std::size_t max_path = 1000;  ///< bytes of a path

/// The fault of a path, as a text that continues "the entry …"; "" if it is valid. `path` has no `/` at
/// its end.
std::string fault_of_path(std::string_view path);

/// The fault of a symbolic link that is `depth` folders below the folder that it must not leave, as a
/// text that continues "the entry …"; "" if it is valid. `..` may only be at the start of the target:
/// after a name that is itself a link, it would lead elsewhere.
std::string fault_of_target(std::string_view target, std::size_t depth);

/// Equal for two paths that are the same to a system that ignores case (Latin, Greek and Cyrillic
/// letters).
std::string case_folded(std::string_view path);

}  // namespace fetch
