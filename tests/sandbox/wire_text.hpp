// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "http_message.hpp"

// A response as the bytes that are sent.
namespace sandbox {

bool has_body(const Response& response);

/// The header and, for text bodies, the body, which is moved from. Go's server sends longer
/// responses in chunks unless a length was set explicitly.
std::string wire_text(Response& response, const Request& request, bool closing);

/// The length of the header, including the empty line after it.
std::size_t head_size(const std::string& wire);

/// The first bytes of a file.
std::string first_bytes_of(const FileSlice& slice, std::uint64_t size);

}  // namespace sandbox
