// SPDX-License-Identifier: MIT
// An update from a local file.
#include <fmt/format.h>

#include <utility>

#include "core/text/text.hpp"
#include "core/update/newest.hpp"
#include "disk/anywhere.hpp"
#include "launcher/fetch/download.hpp"
#include "launcher/fetch/fetch_error.hpp"
#include "launcher/fetch/verified.hpp"

namespace fetch {
namespace {

namespace fs = std::filesystem;

/// The version in the signed tag; refused if this installation must not be updated to it.
core::Version version_of(const std::string& tag, const Installed& installed) {
  auto version = core::parse_version(tag);
  if (!version) throw refusal(fmt::format("the tag {} is not a version", core::one_line(tag)));
  if (*version > installed.version) return std::move(*version);
  throw refusal(fmt::format("version {} is not higher than {}, which is installed", version->text,
                            installed.version.text));
}

void check_usable(const core::Release& release, const core::Version& version,
                  const Verified& verified, const Installed& installed) {
  const core::UpdateConfig& config = installed.config;
  core::NewestSearch search(
      {{release, version}},
      core::Installation{config.app, config.platform, launcher_format, installed.version},
      installed.withdrawn);
  search.verified(verified.manifest);
  if (search.found() != nullptr) return;
  const auto& why = search.all_refused().empty() ? search.passed_over() : search.all_refused();
  throw refusal(core::join(why, "; "));
}

}  // namespace

Update local_update(const fs::path& archive, const Installed& installed) {
  const auto read = [&](const std::string& name, std::uint64_t limit) {
    return disk::read_anywhere((archive.parent_path() / name).string(), "--from", limit);
  };
  core::Release release;
  const Verified verified =
      verify_files({installed.keys, installed.config.repository}, release.tag, read);
  const core::Version version = version_of(release.tag, installed);
  check_usable(release, version, verified, installed);
  return update_of(release, version, *verified.manifest, installed.config.platform,
                   verified.digests);
}

}  // namespace fetch
