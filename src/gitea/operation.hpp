// SPDX-License-Identifier: MIT
#pragma once

#include "core/operation.hpp"

namespace gitea {

using core::Operation;

/// "POST".
const char* method_of(Operation operation);

}  // namespace gitea
