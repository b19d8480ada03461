// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"

namespace sandbox {

/// Finds the endpoint of an API path (`/api/v1/...`), checks rights in Gitea's order, runs it.
/// Refusals become answers; ConnectionLost and ResetNow pass through.
Response serve_api(Call& call);

}  // namespace sandbox
