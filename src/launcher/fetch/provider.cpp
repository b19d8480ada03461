// SPDX-License-Identifier: MIT
#include "launcher/fetch/provider.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace fetch {

std::unique_ptr<Provider> provider_of(const core::UpdateConfig& config,
                                      const gitea::Server& server) {
  return config.provider == "github" ? github_provider(config, server)
                                     : gitea_provider(config, server);
}

gitea::Repository repository_of(const core::UpdateConfig& config) {
  const std::string& full = config.repository;
  const std::size_t slash = full.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == full.size() ||
      full.find('/', slash + 1) != std::string::npos) {
    throw core::Error(core::Fault::workflow,
                      fmt::format("{}: the repository '{}' does not have the form owner/name",
                                  core::update_config_name, core::one_line(full)));
  }
  return {full.substr(0, slash), full.substr(slash + 1)};
}

}  // namespace fetch
