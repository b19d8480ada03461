// SPDX-License-Identifier: MIT
// No secret leaves: each run of the program is looked through for its tokens.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace support {

/// The tokens that a process gets in its environment.
std::vector<std::string> secrets_in(const std::map<std::string, std::string>& environment);

/// Throws std::runtime_error where one of `secrets` stands in `text`, in whatever form; `place` says
/// what that text is.
void check_no_secret(const std::string& text, const std::string& place,
                     const std::vector<std::string>& secrets);

}  // namespace support
