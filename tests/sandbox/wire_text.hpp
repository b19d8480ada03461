// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "http_message.hpp"

// An answer as the bytes that go over the wire.
namespace sandbox {

bool has_body(const Response& response);

/// Head and, for text bodies, body, which is taken. Go's server sends longer answers in chunks unless
/// a length was set by hand.
std::string wire_text(Response& response, const Request& request, bool closing);

/// How long the head is, with the empty line behind it.
std::size_t head_size(const std::string& wire);

/// The first bytes of a file.
std::string first_bytes_of(const FileSlice& slice, std::uint64_t size);

}  // namespace sandbox
