// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/error.hpp"
#include "gitea/http.hpp"

namespace gitea {

/// What a refused or unanswered request means, and what to do about it: the one place that maps
/// (status, endpoint, body) to words. `doing` says what was being done; it begins the message.
/// Writes that may have been carried out come out as Fault::uncertain.
core::Error explain(const std::string& doing, const Request& request, const Answer& answer,
                    const Server& server);

}  // namespace gitea
