// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/digest.hpp"
#include "core/file_identity.hpp"

namespace disk {

/// The digest of the whole file. Throws Error (failed) if the file is not the one described by
/// `identity`, before or after it is read.
core::Digest digest_of_file(const std::string& path, const core::FileIdentity& identity,
                            core::Algorithm algorithm = core::Algorithm::sha256);

}  // namespace disk
