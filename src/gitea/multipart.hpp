// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/source.hpp"

namespace gitea {

struct Form {
  core::Source body;
  std::string content_type;
};

/// A multipart form around one file, streamed, its length known beforehand. Without `name` the part
/// carries a plain ASCII one, and the real one goes into `?name=`, which keeps nearly every name on
/// every server version; with it, the part carries it as RFC 2231 has it.
Form multipart(const core::Source& file, const std::string& name = "");

}  // namespace gitea
