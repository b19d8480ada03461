// SPDX-License-Identifier: MIT
// Each other file here but the two drivers is one target: fuzz() takes whatever bytes come and
// checks what is promised of them. libfuzzer.cpp runs it with clang's libFuzzer, seeded.cpp with
// any compiler; both take the same arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

/// One input. Ends the process where a promise is broken.
void target(std::string_view input);

/// Ends the process, saying which promise is broken.
void require(bool kept, std::string_view promise);

/// The first `count` parts of `input` between the bytes 0xFF, which no UTF-8 has; the last one is
/// all the rest, missing ones are empty.
std::vector<std::string> parts(std::string_view input, std::size_t count);

/// Whether a text for people could be taken for more than one line, or draw on a terminal.
bool has_control_characters(std::string_view text);

}  // namespace fuzz
