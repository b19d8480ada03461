// SPDX-License-Identifier: MIT
#include "core/release/action.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/looks.hpp"

using core::Action;
using core::ConfirmTag;
using core::CreateRelease;
using core::CreateTag;
using core::DeleteAsset;
using core::EditRelease;
using core::UploadAsset;
using looks::asset;
using looks::commit;
using looks::ours;

TEST_CASE("every action has one wording, on one line") {
  CHECK(describe(CreateTag{"v1", "m", "c"}) == "create the annotated tag v1");
  CHECK(describe(CreateRelease{"v1", "", "v1", "", true, false}) == "create the draft release v1");
  CHECK(describe(CreateRelease{"v1", "", "v1", "", false, true}) ==
        "create the release v1 (prerelease)");
  CHECK(describe(UploadAsset{"app.tgz", "/ws/app.tgz", 1229}) == "upload app.tgz (1.2 KiB)");
  CHECK(describe(DeleteAsset{asset(7, "a\nb"), "replaced"}) == "delete a b (asset 7, replaced)");
  CHECK(describe(DeleteAsset{looks::entry(8, asset(7, "a")), "nobody needs it any more"}) ==
        "delete the note about asset 7 (nobody needs it any more)");
  CHECK(describe(core::NoteDigest{asset(7, "a\nb"), ours}) ==
        "note what a b holds, for the other jobs");
  CHECK(describe(core::ReadAsset{asset(7, "a\nb", 1229)}) == "read a b back (asset 7, 1.2 KiB)");
  CHECK(describe(core::ReadChecksums{asset(7, "SHA256SUMS")}) == "read SHA256SUMS (asset 7)");
  CHECK(describe(core::Wait{std::chrono::seconds(1), "waiting"}) == "waiting");
  EditRelease edit;
  edit.changes = {"title", "publish it"};
  CHECK(describe(edit) == "edit the release: title, publish it");
}

TEST_CASE("only what changes the server is a write, and looking is not worth a line") {
  for (const Action& action :
       {Action(core::Look{}), Action(ConfirmTag{"v1"}), Action(core::ResolveTarget{"main"}),
        Action(core::GenerateNotes{commit}), Action(core::HashFile{})}) {
    CHECK_FALSE(is_write(action));
    CHECK(describe(action).empty());
  }
  for (const Action& action :
       {Action(core::ReadAsset{}), Action(core::ReadChecksums{}), Action(core::Wait{})}) {
    CHECK_FALSE(is_write(action));
  }
  for (const Action& action :
       {Action(CreateTag{}), Action(CreateRelease{}), Action(UploadAsset{}), Action(DeleteAsset{}),
        Action(EditRelease{}), Action(core::NoteDigest{})}) {
    CHECK(is_write(action));
    CHECK_FALSE(describe(action).empty());
  }
}
