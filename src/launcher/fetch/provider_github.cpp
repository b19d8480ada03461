// SPDX-License-Identifier: MIT
// GitHub and GitHub Enterprise Server: https://docs.github.com/en/rest/releases
#include <fmt/format.h>

#include "core/text/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/download.hpp"
#include "gitea/explain.hpp"
#include "gitea/wire.hpp"
#include "launcher/fetch/provider.hpp"

namespace fetch {
namespace {

class GithubProvider : public Provider {
 public:
  GithubProvider(const core::UpdateConfig& config, const gitea::Server& server)
      : server_(server),
        http_(server),
        repository_(repository_of(config)),
        page_(gitea::parse_url(config.server, core::update_config_name)) {}

  gitea::List<core::Release> releases() override {
    gitea::List<core::Release> list;
    for (int page = 1; list.items.size() < gitea::max_releases; ++page) {
      const std::vector<core::Json> entries = read_page(page);
      for (const core::Json& entry : entries)
        list.items.push_back(gitea::parse_listed_release(entry));
      list.total = list.items.size();
      if (entries.size() < gitea::page_size) return list;
    }
    // The server does not say how many there are.
    const auto next = static_cast<int>(gitea::max_releases) / gitea::page_size + 1;
    list.total += read_page(next).size();
    return list;
  }

  bool read_on(const core::Asset& asset, gitea::Resume& resume,
               const std::function<gitea::Sink()>& sink) override {
    const std::string path = below_repository(fmt::format("/releases/assets/{}", asset.id));
    return gitea::download_on(http_, server_, path, asset, resume, sink);
  }

  std::string page_of(const core::Release& release) const override {
    return fmt::format("{}/{}/releases/tag/{}", page_.text(), repository_.full(),
                       core::percent_encoded(release.tag));
  }

 private:
  std::string below_repository(const std::string& path) const {
    return "/repos/" + gitea::encoded(repository_.owner) + "/" + gitea::encoded(repository_.name) +
           path;
  }

  std::vector<core::Json> read_page(int page) {
    const std::string asked = "listing the releases";
    const gitea::Request request(
        gitea::Operation::list_releases,
        below_repository(fmt::format("/releases?per_page={}&page={}", gitea::page_size, page)));
    const gitea::Answer answer = http_.send(request);
    if (gitea::classify(request.operation, answer).verdict != gitea::Verdict::success) {
      throw gitea::explain(asked, request, answer, server_);
    }
    return gitea::parsed(asked, request, answer,
                         [](const core::Json& json) { return json.elements(); });
  }

  const gitea::Server& server_;
  gitea::Http http_;
  gitea::Repository repository_;
  gitea::Url page_;
};

}  // namespace

gitea::Url github_api(const core::UpdateConfig& config) {
  gitea::Url url = gitea::parse_url(config.server, core::update_config_name);
  if (url.host == "github.com") {
    url.host = "api.github.com";
  } else {
    url.path += "/api/v3";
  }
  return url;
}

std::unique_ptr<Provider> github_provider(const core::UpdateConfig& config,
                                          const gitea::Server& server) {
  return std::make_unique<GithubProvider>(config, server);
}

}  // namespace fetch
