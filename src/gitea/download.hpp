// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "gitea/http.hpp"

namespace gitea {

/// Reads what the server has at `path` below its root into a sink, which every try opens anew. An
/// object store that it redirects to is asked without the token, and by https only. Status 200: all
/// of it was read, or as much as the sink wanted; a redirect: it leads nowhere.
Answer download(Http& http, const Server& server, const std::string& path,
                const std::function<Sink()>& sink);

}  // namespace gitea
