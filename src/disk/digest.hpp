// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/digest.hpp"
#include "core/file_identity.hpp"

namespace disk {

/// Of the whole file, which has to be what it was when it was checked, before it is read and after.
/// Throws Error (failed) where it is not.
core::Digest digest_of_file(const std::string& path, const core::FileIdentity& identity,
                            core::Algorithm algorithm = core::Algorithm::sha256);

}  // namespace disk
