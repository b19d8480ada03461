// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/source.hpp"

namespace gitea {

struct Form {
  core::Source body;
  std::string content_type;
};

/// A multipart form around one file, streamed, its length known beforehand. The part carries a
/// plain ASCII file name: the real one goes into `?name=`, the only form that keeps every name on
/// every server version.
Form multipart(const core::Source& file);

}  // namespace gitea
