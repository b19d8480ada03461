// SPDX-License-Identifier: MIT
#include "runner/environment.hpp"

namespace runner {

std::string value_of(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

}  // namespace runner
