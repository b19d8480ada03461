// SPDX-License-Identifier: MIT
// Where releases come from. Each kind of server has a file of its own: provider_gitea.cpp,
// provider_github.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/release.hpp"
#include "core/update/update_config.hpp"
#include "gitea/api.hpp"

namespace fetch {

class Provider {
 public:
  virtual ~Provider() = default;

  /// The published releases in the order of the server, at most gitea::max_releases; `total` is larger
  /// if there are more. Throws Error.
  virtual gitea::List<core::Release> releases() = 0;

  /// Downloads an asset of one of the releases, as gitea::download_on does.
  virtual bool read_on(const core::Asset& asset, gitea::Resume& resume,
                       const std::function<gitea::Sink()>& sink) = 0;

  /// The page of a release, for people.
  virtual std::string page_of(const core::Release& release) const = 0;
};

/// The server of the configuration, which has to outlive the provider. `server.api` is filled by
/// server_of().
std::unique_ptr<Provider> provider_of(const core::UpdateConfig& config,
                                      const gitea::Server& server);

std::unique_ptr<Provider> gitea_provider(const core::UpdateConfig& config,
                                         const gitea::Server& server);
std::unique_ptr<Provider> github_provider(const core::UpdateConfig& config,
                                          const gitea::Server& server);

/// The base of the API of the server that `config.server` names. Throws Error (workflow).
gitea::Url gitea_api(const core::UpdateConfig& config);
gitea::Url github_api(const core::UpdateConfig& config);

/// OWNER and NAME of `config.repository`. Throws Error (workflow).
gitea::Repository repository_of(const core::UpdateConfig& config);

}  // namespace fetch
