// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/digest.hpp"

namespace disk {

/// Reads the whole file. Throws Error where it cannot.
core::Digest digest_of_file(const std::string& path,
                            core::Algorithm algorithm = core::Algorithm::sha256);

}  // namespace disk
