// SPDX-License-Identifier: MIT
// No secret may be revealed: the results of each run are searched for its tokens.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace support {

/// The tokens that a process gets in its environment.
std::vector<std::string> secrets_in(const std::map<std::string, std::string>& environment);

/// Throws std::runtime_error if `text` contains one of `secrets` in any form; `place` says what
/// that text is.
void check_no_secret(const std::string& text, const std::string& place,
                     const std::vector<std::string>& secrets);

}  // namespace support
