// SPDX-License-Identifier: MIT
#include "core/release/action.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/release/snapshots.hpp"

using core::Action;
using core::ConfirmTag;
using core::CreateRelease;
using core::CreateTag;
using core::DeleteAsset;
using core::EditRelease;
using core::UploadAsset;
using snapshots::asset;
using snapshots::commit;
using snapshots::ours;

TEST_CASE("every action has one wording, on one line") {
  CHECK(describe(CreateTag{"v1", "m", "c"}) == "create the annotated tag v1");
  CHECK(describe(CreateRelease{"v1", "", "v1", "", true, false}) == "create the draft release v1");
  CHECK(describe(CreateRelease{"v1", "", "v1", "", false, true}) ==
        "create the release v1 (prerelease)");
  CHECK(describe(UploadAsset{"app.tgz", "/ws/app.tgz", 1229}) == "upload app.tgz (1.2 KiB)");
  CHECK(describe(DeleteAsset{asset(7, "a\nb"), "replaced"}) == "delete a b (asset 7, replaced)");
  CHECK(describe(DeleteAsset{snapshots::announcement(8, asset(7, "a")), "no longer needed"}) ==
        "delete the announcement of asset 7 (no longer needed)");
  CHECK(describe(core::AnnounceDigest{asset(7, "a\nb"), ours}) ==
        "announce the digest of a b to the other jobs");
  CHECK(describe(core::ReadAsset{asset(7, "a\nb", 1229)}) ==
        "download a b to compare it (asset 7, 1.2 KiB)");
  CHECK(describe(core::ReadChecksums{asset(7, "SHA256SUMS")}) == "download SHA256SUMS (asset 7)");
  CHECK(describe(core::Wait{std::chrono::seconds(1), "waiting"}) == "waiting");
  EditRelease edit;
  edit.changes = {"title", "published"};
  CHECK(describe(edit) == "update the release: title, published");
}

TEST_CASE("an action is named in the tense of its context, and a wait has no past tense") {
  using core::Tense;
  const Action upload = UploadAsset{"app.tgz", "/ws/app.tgz", 1229};
  CHECK(describe(upload, Tense::present) == "uploading app.tgz (1.2 KiB)");
  CHECK(describe(upload, Tense::past) == "Uploaded app.tgz (1.2 KiB)");
  const Action create = CreateTag{"v1", "m", "c"};
  CHECK(describe(create, Tense::present) == "creating the annotated tag v1");
  CHECK(describe(create, Tense::past) == "Created the annotated tag v1");
  const Action wait = core::Wait{std::chrono::seconds(1), "waiting"};
  CHECK(describe(wait, Tense::present) == "waiting");
  CHECK(describe(wait, Tense::past).empty());
  CHECK(describe(core::ReadRelease{}, Tense::past).empty());
}

TEST_CASE("only changes to the server are writes, and reads are not worth a line in the log") {
  for (const Action& action :
       {Action(core::ReadRelease{}), Action(ConfirmTag{"v1"}), Action(core::ResolveTarget{"main"}),
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
        Action(EditRelease{}), Action(core::AnnounceDigest{})}) {
    CHECK(is_write(action));
    CHECK_FALSE(describe(action).empty());
  }
}
