// SPDX-License-Identifier: MIT
#include "gitea/packages.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "gitea/explain.hpp"

namespace gitea {
namespace {

constexpr int most_version_pages = 200;  // 10,000 versions

}  // namespace

bool Packages::link(const Package& package, const std::string& repository) {
  Request request;
  request.method = "POST";
  request.path = fmt::format("/packages/{}/{}/{}/-/link/{}", encoded(package.owner),
                             encoded(package.type), encoded(package.name), encoded(repository));
  const Answer answer = http_.send(request);
  if (answer.status == 201) return true;
  if (answer.status == 400) return false;  // Gitea 1.24 to 1.27 and Forgejo 11: "invalid argument"
  throw explain(fmt::format("linking the package {}", package.name), request, answer, server_);
}

std::optional<std::string> Packages::linked_repository(const Package& package) {
  const std::string doing = fmt::format("looking for the package {}", package.name);
  // The list is of versions, and `q` finds every name that has this one in it.
  for (int page = 1; page <= most_version_pages; ++page) {
    const Request request =
        reading(fmt::format("/packages/{}?type={}&q={}&limit={}&page={}", encoded(package.owner),
                            encoded(package.type), encoded(package.name), page_size, page));
    const Answer answer = http_.send(request);
    if (answer.status != 200) throw explain(doing, request, answer, server_);
    const auto versions =
        core::within(doing, [&] { return core::Json::parse(answer.body).elements(); });
    if (versions.empty()) break;
    for (const core::Json& version : versions) {
      if (core::lower(version.string("name")) == core::lower(package.name)) {
        return version.object("repository").string("full_name");
      }
    }
  }
  return std::nullopt;
}

}  // namespace gitea
