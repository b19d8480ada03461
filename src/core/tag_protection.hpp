// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace core {

/// Whether a server's pattern of protected tags may cover `tag`: a glob whose `*` goes over slashes,
/// or a regular expression between slashes (models/git/protected_tag.go). Where the pattern cannot
/// be read here, it may.
bool may_protect(const std::string& pattern, std::string_view tag);

}  // namespace core
