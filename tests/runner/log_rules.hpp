// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace runner_tests {

/// What is wrong with the text that a step printed: a command of the runner that we do not document
/// or that has properties, a `##[…]`, a row that a server would truncate, a last line that some
/// runners would lose, bytes that a page of the log would not show.
std::vector<std::string> breaches(const std::string& log);

}  // namespace runner_tests
