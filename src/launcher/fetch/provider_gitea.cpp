// SPDX-License-Identifier: MIT
// Gitea and Forgejo.
#include <fmt/format.h>

#include "core/text/text.hpp"
#include "launcher/fetch/provider.hpp"

namespace fetch {
namespace {

class GiteaProvider : public Provider {
 public:
  GiteaProvider(const core::UpdateConfig& config, const gitea::Server& server)
      : api_(server, repository_of(config)), root_(server.root()) {}

  gitea::List<core::Release> releases() override { return api_.list_published(); }

  bool read_on(const core::Asset& asset, gitea::Resume& resume,
               const std::function<gitea::Sink()>& sink) override {
    return api_.read_on(asset, resume, sink);
  }

  std::string page_of(const core::Release& release) const override {
    return fmt::format("{}/{}/releases/tag/{}", root_.text(), api_.repository().full(),
                       core::percent_encoded(release.tag));
  }

 private:
  gitea::Api api_;
  gitea::Url root_;
};

}  // namespace

gitea::Url gitea_api(const core::UpdateConfig& config) {
  gitea::Url url = gitea::parse_url(config.server, core::update_config_name);
  if (!url.path.ends_with(gitea::api_path)) url.path += gitea::api_path;
  return url;
}

std::unique_ptr<Provider> gitea_provider(const core::UpdateConfig& config,
                                         const gitea::Server& server) {
  return std::make_unique<GiteaProvider>(config, server);
}

}  // namespace fetch
