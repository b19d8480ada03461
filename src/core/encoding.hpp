// SPDX-License-Identifier: MIT
#pragma once

namespace core {

/// The format of an upload: a multipart form with one file, or the raw bytes.
enum class Encoding { multipart, raw };

}  // namespace core
