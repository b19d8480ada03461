// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"

namespace sandbox {

/// The server's Python registry, `/api/packages/OWNER/pypi`: upload, simple index, download.
/// Refusals become responses. Read in Gitea's routers/api/packages/pypi/pypi.go and api.go; not
/// compared with a running server.
Response serve_python_registry(Call& call);

}  // namespace sandbox
