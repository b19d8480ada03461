// SPDX-License-Identifier: MIT
#include "core/release/action.hpp"

#include <fmt/format.h>

#include "core/release/fan_in.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// A verb and what follows it: "upload", "app.tgz (1.2 MiB)".
struct Phrase {
  std::string verb;
  std::string object;
};

struct PhraseOf {
  Phrase operator()(const ReadRelease&) const { return {}; }
  Phrase operator()(const ConfirmTag&) const { return {}; }
  Phrase operator()(const ResolveTarget&) const { return {}; }
  Phrase operator()(const GenerateNotes&) const { return {}; }
  Phrase operator()(const HashFile&) const { return {}; }
  Phrase operator()(const Wait&) const { return {}; }
  Phrase operator()(const ReadAsset& a) const {
    return {"download", fmt::format("{} to compare it (asset {}, {})", one_line(a.asset.name),
                                    a.asset.id, human_size(a.asset.size))};
  }
  Phrase operator()(const ReadChecksums& a) const {
    return {"download", fmt::format("{} (asset {})", one_line(a.asset.name), a.asset.id)};
  }
  Phrase operator()(const CreateTag& a) const {
    return {"create", fmt::format("the annotated tag {}", a.tag)};
  }
  Phrase operator()(const CreateRelease& a) const {
    return {"create", fmt::format("the {}release {}{}", a.draft ? "draft " : "", a.tag,
                                  a.prerelease ? " (prerelease)" : "")};
  }
  Phrase operator()(const UploadAsset& a) const {
    if (a.is_made_later) return {"upload", one_line(a.name) + " (generated from the assets)"};
    return {"upload", fmt::format("{} ({})", one_line(a.name), human_size(a.size))};
  }
  Phrase operator()(const DeleteAsset& a) const {
    if (const auto announcement = parse_announcement(a.asset)) {
      return {"delete",
              fmt::format("the announcement of asset {} ({})", announcement->of, a.reason)};
    }
    return {"delete",
            fmt::format("{} (asset {}, {})", one_line(a.asset.name), a.asset.id, a.reason)};
  }
  Phrase operator()(const AnnounceDigest& a) const {
    return {"announce", fmt::format("the digest of {} to the other jobs", one_line(a.asset.name))};
  }
  Phrase operator()(const EditRelease& a) const {
    return {"update", fmt::format("the release: {}", join(a.changes, ", "))};
  }
};

/// "upload", "uploading" or "Uploaded". Regular verbs only.
std::string in_tense(std::string verb, Tense tense) {
  if (tense == Tense::future) return verb;
  if (verb.ends_with('e')) verb.pop_back();
  if (tense == Tense::present) return verb + "ing";
  verb.front() = static_cast<char>(verb.front() - 'a' + 'A');
  return verb + "ed";
}

}  // namespace

bool is_write(const Action& action) { return action.index() >= Action(CreateTag{}).index(); }

std::string describe(const Action& action, Tense tense) {
  if (const auto* wait = std::get_if<Wait>(&action)) {
    return tense == Tense::past ? "" : wait->reason;
  }
  const auto [verb, object] = std::visit(PhraseOf{}, action);
  return verb.empty() ? "" : in_tense(verb, tense) + " " + object;
}

}  // namespace core
