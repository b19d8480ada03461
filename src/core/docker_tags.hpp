// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/problems.hpp"

namespace core {

/// The images named in `text`, a line each, in lower case as Docker wants them. What is no name of
/// an image, or brings a tag of its own, goes to `problems`.
std::vector<std::string> parse_images(std::string_view text, Problems& problems);

/// "image:v1.2.3", "image:1.2.3" and, where `latest`, "image:latest", of each image. A tag's prefix
/// (`app/v1.2.3`) is left out; letters that Docker does not take become `-`, and 128 are kept.
std::vector<std::string> docker_tags(const std::vector<std::string>& images, std::string_view tag,
                                     std::string_view version, bool latest);

}  // namespace core
