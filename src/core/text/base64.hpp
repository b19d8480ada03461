// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// With padding (RFC 4648).
std::string to_base64(std::string_view bytes);

/// nullopt for a text that to_base64 would not have written, including the unused bits of the last
/// character.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace core
