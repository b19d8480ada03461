// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"

namespace sandbox {

/// Finds the endpoint of an API path (`/api/v1/...`), checks permissions in Gitea's order, and runs
/// it. Refusals become responses; ConnectionLost and ResetNow are passed on.
Response serve_api(Call& call);

}  // namespace sandbox
