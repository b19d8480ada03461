// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/version/version.hpp"

namespace core {

/// Parses a version by PEP 440, in every spelling that its appendix B allows: "1.0rc1", "1.0-1",
/// "1!2.0.post1.dev3+local". `text` is in lower case, without a prefix or `v`. nullopt for anything
/// else. The member `text` of the result is empty.
std::optional<Version> read_pep440(std::string_view text);

/// The version in `tag`, without the prefix, in the normal form of PEP 440: `v0.3.0-alpha.1` becomes
/// "0.3.0a1". "" if PEP 440 cannot express it (`1.0.0-nightly`). Where PEP 440 and SemVer differ,
/// PEP 440 decides: `1.0.0-1` becomes "1.0.0.post1". A word such as `-final` is removed.
std::string pep440(std::string_view tag);

}  // namespace core
