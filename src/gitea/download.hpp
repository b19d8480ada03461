// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "core/release.hpp"
#include "gitea/http.hpp"

namespace gitea {

/// Downloads `path` below the server's root into a sink, which each attempt opens anew. Follows a
/// redirect to an object store without sending the token, and over https only. With `resume` it
/// continues there if the server supports that. Status 200 or 206 means that everything was read, or as
/// much as the sink wanted; a redirect means that it could not be followed.
Answer download(Http& http, const Server& server, const std::string& path,
                const std::function<Sink()>& sink, Resume* resume = nullptr);

/// Downloads the content of the asset at `path` from `resume` on into a sink, which each attempt opens
/// anew: if `resume.continued` is set, the bytes follow the existing ones, otherwise they start from the
/// beginning. Continues after a broken connection as long as bytes arrive, and takes no more than
/// `asset.size` bytes. False if this token cannot read it, the sink stopped the transfer, or the size
/// differs from that in `asset`. Throws Error.
bool download_on(Http& http, const Server& server, const std::string& path,
                 const core::Asset& asset, Resume& resume, const std::function<Sink()>& sink);

}  // namespace gitea
