// SPDX-License-Identifier: MIT
#include "core/release/action.hpp"

#include <fmt/format.h>

#include "core/release/fan_in.hpp"
#include "core/text.hpp"

namespace core {
namespace {

struct Words {
  std::string operator()(const Look&) const { return {}; }
  std::string operator()(const ConfirmTag&) const { return {}; }
  std::string operator()(const ResolveTarget&) const { return {}; }
  std::string operator()(const GenerateNotes&) const { return {}; }
  std::string operator()(const HashFile&) const { return {}; }
  std::string operator()(const ReadAsset& a) const {
    return fmt::format("read {} back (asset {}, {})", one_line(a.asset.name), a.asset.id,
                       human_size(a.asset.size));
  }
  std::string operator()(const ReadChecksums& a) const {
    return fmt::format("read {} (asset {})", one_line(a.asset.name), a.asset.id);
  }
  std::string operator()(const Wait& a) const { return a.reason; }
  std::string operator()(const CreateTag& a) const {
    return fmt::format("create the annotated tag {}", a.tag);
  }
  std::string operator()(const CreateRelease& a) const {
    return fmt::format("create the {}release {}{}", a.draft ? "draft " : "", a.tag,
                       a.prerelease ? " (prerelease)" : "");
  }
  std::string operator()(const UploadAsset& a) const {
    return fmt::format("upload {} ({})", one_line(a.name), human_size(a.size));
  }
  std::string operator()(const DeleteAsset& a) const {
    if (const auto entry = parse_entry(a.asset)) {
      return fmt::format("delete the note about asset {} ({})", entry->of, a.reason);
    }
    return fmt::format("delete {} (asset {}, {})", one_line(a.asset.name), a.asset.id, a.reason);
  }
  std::string operator()(const NoteDigest& a) const {
    return fmt::format("note what {} holds, for the other jobs", one_line(a.asset.name));
  }
  std::string operator()(const EditRelease& a) const {
    return fmt::format("edit the release: {}", join(a.changes, ", "));
  }
};

}  // namespace

bool is_write(const Action& action) { return action.index() >= Action(CreateTag{}).index(); }

std::string describe(const Action& action) { return std::visit(Words{}, action); }

}  // namespace core
