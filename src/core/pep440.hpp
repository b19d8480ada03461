// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace core {

/// The version in `tag`, behind its prefix, in the normal form of PEP 440: `v0.3.0-alpha.1` is
/// "0.3.0a1". "" where PEP 440 has no word for it (`1.0.0-nightly`). What it reads otherwise than
/// SemVer is read its way: `1.0.0-1` is "1.0.0.post1".
std::string pep440(std::string_view tag);

}  // namespace core
