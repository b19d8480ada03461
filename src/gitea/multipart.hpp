// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/source.hpp"

namespace gitea {

struct Form {
  core::Source body;
  std::string content_type;
};

/// A streamed multipart form around one file; its length is known in advance. Without `name` the
/// part has a plain ASCII file name, and the caller passes the real one in `?name=`, which works
/// for nearly every name on every server version. With `name` the part contains it, encoded by RFC
/// 2231.
Form multipart(const core::Source& file, const std::string& name = "");

}  // namespace gitea
