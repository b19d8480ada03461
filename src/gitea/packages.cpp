// SPDX-License-Identifier: MIT
#include "gitea/packages.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/explain.hpp"

namespace gitea {
namespace {

constexpr int max_version_pages = 200;  // 10,000 versions

}  // namespace

bool Packages::link(const Package& package, const std::string& repository) {
  const Request request(
      Operation::link_package,
      fmt::format("/packages/{}/{}/{}/-/link/{}", encoded(package.owner), encoded(package.type),
                  encoded(package.name), encoded(repository)));
  const Answer answer = http_.send(request);
  const Classified found = classify(request.operation, answer);
  if (found.verdict == Verdict::success) return true;
  if (found.reason == core::Reason::already_linked) return false;
  throw explain(fmt::format("linking the package {}", package.name), request, answer, server_);
}

std::optional<std::string> Packages::linked_repository(const Package& package) {
  const std::string asked = fmt::format("looking for the package {}", package.name);
  // The server lists versions, and `q` matches every name that contains this one.
  for (int page = 1; page <= max_version_pages; ++page) {
    const Request request(
        Operation::list_packages,
        fmt::format("/packages/{}?type={}&q={}&limit={}&page={}", encoded(package.owner),
                    encoded(package.type), encoded(package.name), page_size, page));
    const Answer answer = http_.send(request);
    const Verdict verdict = classify(request.operation, answer).verdict;
    if (verdict == Verdict::absent) break;
    if (verdict != Verdict::success) throw explain(asked, request, answer, server_);
    const auto versions =
        core::within(asked, [&] { return core::Json::parse(answer.body).elements(); });
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
