// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "gitea/http.hpp"

namespace gitea {

/// Downloads `path` below the server's root into a sink, which each attempt opens anew. Follows a
/// redirect to an object store without sending the token, and over https only. With `resume` it
/// continues there if the server supports that. Status 200 or 206 means that everything was read, or as
/// much as the sink wanted; a redirect means that it could not be followed.
Answer download(Http& http, const Server& server, const std::string& path,
                const std::function<Sink()>& sink, Resume* resume = nullptr);

}  // namespace gitea
