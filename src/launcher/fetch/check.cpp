// SPDX-License-Identifier: MIT
#include "launcher/fetch/check.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/release/assets_by_name.hpp"
#include "core/release/notes.hpp"
#include "core/release/sections.hpp"
#include "core/text/text.hpp"
#include "core/update/newest.hpp"
#include "gitea/http.hpp"
#include "launcher/fetch/fetch_error.hpp"
#include "launcher/fetch/verified.hpp"

namespace fetch {
namespace {

core::Installation installation_of(const Installed& installed) {
  return {installed.config.app, installed.config.platform, launcher_format, installed.version};
}

core::Wanted wanted_by(const Installed& installed) {
  core::Wanted wanted;
  wanted.prefix = installed.config.prefix;
  wanted.channel = installed.config.channel;
  wanted.above = installed.version;
  wanted.unwanted = installed.unwanted;
  return wanted;
}

std::vector<ReleaseNotes> notes_of(const std::vector<core::Candidate>& releases) {
  std::vector<ReleaseNotes> notes;
  for (const core::Candidate& one : releases) {
    const std::string text = core::parse_notes(one.release.body, true).text;
    notes.push_back({one.version.text, core::without_comments(text)});
  }
  return notes;
}

class Check {
 public:
  Check(const Installed& installed, Provider& provider, const gitea::Server& server)
      : installed_(installed), provider_(provider), server_(server) {
    trust_ = {installed.keys, installed.config.repository};
  }

  CheckResult run() {
    core::NewestSearch search(candidates(), installation_of(installed_), installed_.withdrawn);
    Verified verified;
    while (const core::Candidate* candidate = search.next()) {
      try {
        verified = verify(candidate->release);
        search.verified(verified.manifest);
      } catch (const FetchError& error) {
        search.refused(core::one_line(error.message));
      }
    }
    result_.refused = search.all_refused();
    result_.passed_over = search.passed_over();
    result_.withdrawn = search.withdrawn();
    if (const core::Candidate* found = search.found()) {
      result_.update = update_of(found->release, found->version, *verified.manifest,
                                 installed_.config.platform, verified.digests);
      result_.update->page = provider_.page_of(found->release);
      result_.update->notes = notes_of(search.found_and_lower());
    }
    result_.outcome = outcome();
    return std::move(result_);
  }

 private:
  std::vector<core::Candidate> candidates() {
    const gitea::List<core::Release> releases = provider_.releases();
    core::Candidates found = core::candidates(releases.items, wanted_by(installed_));
    result_.unsigned_tags = std::move(found.without_signature);
    result_.without_version = found.without_version;
    result_.unseen = releases.total - releases.items.size();
    if (installed_.only) {
      std::erase_if(found.ordered, [&](const core::Candidate& candidate) {
        return candidate.version != *installed_.only;
      });
    }
    return std::move(found.ordered);
  }

  /// A mismatch may mean that the files are being replaced at the moment.
  Verified verify(const core::Release& release) {
    try {
      return verify_once(release);
    } catch (const FetchError&) {
      gitea::wait(installed_.pause, server_);
    }
    // Their ids may have changed, too.
    for (const core::Release& again : provider_.releases().items) {
      if (again.id == release.id) return verify_once(again);
    }
    throw refusal("the release was deleted");
  }

  Verified verify_once(const core::Release& release) {
    return verify_release(trust_, release.tag, [&](const std::string& name, std::uint64_t limit) {
      return content_of(release, name, limit);
    });
  }

  std::string content_of(const core::Release& release, const std::string& name,
                         std::uint64_t limit) {
    const core::Asset* asset = core::newest_named(release.assets, name);
    if (asset == nullptr) throw refusal(fmt::format("it has no {}", name));
    if (asset->size > limit) {
      throw refusal(fmt::format("{} is too large ({}; at most {} are read)", name,
                                core::human_size(asset->size), core::human_size(limit)));
    }
    return read_whole(*asset);
  }

  std::string read_whole(const core::Asset& asset) {
    std::string content;
    gitea::Resume resume;
    const auto open = [&]() -> gitea::Sink {
      content.resize(resume.offset);
      return [&content](std::string_view bytes) {
        content += bytes;
        return true;
      };
    };
    if (provider_.read_on(asset, resume, open)) return content;
    throw refusal(fmt::format("{} could not be downloaded", asset.name));
  }

  CheckResult::Outcome outcome() const {
    if (result_.update) return CheckResult::Outcome::found;
    return result_.refused.empty() ? CheckResult::Outcome::nothing : CheckResult::Outcome::refused;
  }

  const Installed& installed_;
  Provider& provider_;
  const gitea::Server& server_;
  signing::Trust trust_;
  CheckResult result_;
};

}  // namespace

CheckResult check(const Installed& installed, Provider& provider, const gitea::Server& server) {
  return Check(installed, provider, server).run();
}

Update update_of(const core::Release& release, const core::Version& version,
                 const core::Manifest& manifest, const std::string& platform,
                 const std::map<std::string, core::Digest>& digests) {
  const core::Payload& payload = manifest.payloads.at(platform);
  return {version, manifest, payload, digests.at(payload.name), release};
}

}  // namespace fetch
