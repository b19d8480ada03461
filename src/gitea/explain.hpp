// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "gitea/exchange.hpp"
#include "gitea/server.hpp"

namespace gitea {

/// The Error for a request that did not succeed: what was requested, the response, what it means,
/// and what to do. `asked` begins the message: "uploading app.tgz". Its fault is `uncertain` if the
/// release has to be read again.
core::Error explain(const std::string& asked, const Request& request, const Answer& answer,
                    const Server& server);

/// The Error for a successful response that cannot be parsed; `problem` says why.
core::Error unreadable(const std::string& asked, const Request& request,
                       const core::Error& problem);

/// What `parse` makes of the JSON of a successful response. Throws unreadable().
template <typename Parse>
auto parsed(const std::string& asked, const Request& request, const Answer& answer, Parse parse) {
  try {
    return parse(core::Json::parse(answer.body));
  } catch (const core::Error& error) {
    throw unreadable(asked, request, error);
  }
}

}  // namespace gitea
