// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/error.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

/// The Error of a request that was no success: what was asked, what was answered, what that means,
/// and what to do. `asked` begins the message: "uploading app.tgz". Where another look decides, its
/// fault is uncertain.
core::Error explain(const std::string& asked, const Request& request, const Answer& answer,
                    const Server& server);

/// The Error of a success that cannot be read; `problem` says why.
core::Error unreadable(const std::string& asked, const Request& request,
                       const core::Error& problem);

}  // namespace gitea
