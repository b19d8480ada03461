// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/problems.hpp"

namespace core {

/// The images named in `text`, one per line, in lower case, which Docker requires. Invalid names
/// and names with a tag are added to `problems`.
std::vector<std::string> parse_images(std::string_view text, Problems& problems);

/// "image:v1.2.3", "image:1.2.3" and, if `latest` is set, "image:latest" for each image. The tag's
/// prefix (`app/v1.2.3`) is removed, characters that Docker does not allow become `-`, and the
/// result is cut to 128 characters.
std::vector<std::string> docker_tags(const std::vector<std::string>& images, std::string_view tag,
                                     std::string_view version, bool latest);

}  // namespace core
