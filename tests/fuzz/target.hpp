// SPDX-License-Identifier: MIT
// Each other file here except the two drivers is one target: fuzz() accepts any bytes and checks
// the promises about them. libfuzzer.cpp runs it with clang's libFuzzer, seeded.cpp with any
// compiler; both take the same arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

/// One input. Ends the process if a promise is broken.
void target(std::string_view input);

/// Ends the process with the promise that is broken.
void require(bool kept, std::string_view promise);

/// The first `count` parts of `input` between bytes 0xFF, which do not occur in UTF-8; the last
/// part is the whole rest, missing ones are empty.
std::vector<std::string> parts(std::string_view input, std::size_t count);

/// Whether a text for people could look like more than one line, or control a terminal.
bool has_control_characters(std::string_view text);

}  // namespace fuzz
