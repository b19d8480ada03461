// SPDX-License-Identifier: MIT
// The `with:` blocks of other release tools, as people write them, run by act with this action
// instead.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "runner/project.hpp"
#include "support/server.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using runner_tests::Project;
using support::Release;

/// The release after the push of v1.0.0; `with`: lines indented by ten blanks.
Release moved(const std::string& with) {
  const TempDir directory;
  const fs::path workflow = directory.path() / "moved.yml";
  std::ofstream(workflow) << "on:\n  push:\n    tags: ['v*']\njobs:\n  release:\n"
                             "    runs-on: ubuntu-latest\n    steps:\n"
                             "      - uses: actions/checkout@v4\n"
                             "      - run: |\n"
                             "          mkdir dist\n          echo a >dist/app.zip\n"
                             "          echo b >dist/app.tar.gz\n          echo notes >NOTES.md\n"
                             "      - uses: OWNER/gitea-release@v1\n        with:\n"
                          << with;
  Project project;
  project.push_tag(workflow, "v1.0.0");
  Release release = project.server.release("v1.0.0");
  CHECK_FALSE(release.draft);
  return release;
}

}  // namespace

TEST_CASE("moving from softprops/action-gh-release") {
  const Release release = moved(
      "          files: |\n            dist/*.zip\n            dist/*.tar.gz\n"
      "          body_path: NOTES.md\n          name: Version ${{ github.ref_name }}\n"
      "          draft: false\n          prerelease: false\n          make_latest: true\n"
      "          fail_on_unmatched_files: true\n          token: ${{ secrets.GITHUB_TOKEN }}\n");
  CHECK(release.name == "Version v1.0.0");
  CHECK(release.names() == Names{"app.tar.gz", "app.zip"});
  CHECK(release.body.starts_with("notes"));
}

TEST_CASE("moving from akkuman/gitea-release-action") {
  const Release release = moved(
      "          server_url: ${{ github.server_url }}\n          tag_name: ${{ github.ref_name }}\n"
      "          files: |-\n            dist/**\n          sha256sum: true\n"
      "          body_path: NOTES.md\n");
  CHECK(release.names() == Names{"SHA256SUMS", "app.tar.gz", "app.zip"});
}

TEST_CASE("moving from akkuman/gitea-release-action with a checksum file for each asset") {
  const Release release =
      moved("          files: |-\n            dist/**\n          checksums: sha256, per-file\n");
  CHECK(release.names() ==
        Names{"SHA256SUMS", "app.tar.gz", "app.tar.gz.sha256", "app.zip", "app.zip.sha256"});
}

TEST_CASE("moving from actions/forgejo-release") {
  const Release release = moved(
      "          direction: upload\n          url: ${{ github.server_url }}\n"
      "          repo: ${{ github.repository }}\n          tag: ${{ github.ref_name }}\n"
      "          title: Version one\n          sha: ${{ github.sha }}\n"
      "          release-dir: dist\n          release-notes: Some notes\n"
      "          override: true\n          verbose: true\n          token: ${{ github.token }}\n");
  CHECK(release.name == "Version one");
  CHECK(release.body.starts_with("Some notes"));
  CHECK(release.names() == Names{"app.tar.gz", "app.zip"});
}

TEST_CASE("moving from actions/release-action") {
  const Release release = moved(
      "          files: |-\n            dist/*.zip\n          title: Version one\n"
      "          body: Some notes\n          pre_release: true\n"
      "          api_key: ${{ github.token }}\n");
  CHECK(release.name == "Version one");
  CHECK(release.prerelease);
  CHECK(release.names() == Names{"app.zip"});
}

TEST_CASE("moving from actions/create-release and actions/upload-release-asset") {
  const Release release = moved(
      "          tag_name: ${{ github.ref }}\n          release_name: Release ${{ github.ref_name "
      "}}\n"
      "          draft: false\n          prerelease: false\n"
      "          asset_path: ./dist/app.zip\n          asset_name: application.zip\n"
      "          asset_content_type: application/zip\n");
  CHECK(release.name == "Release v1.0.0");
  CHECK(release.names() == Names{"application.zip"});
}

TEST_CASE("moving from drone-gitea-release, whose settings become a with: block") {
  const Release release = moved(
      "          api_key: ${{ github.token }}\n          base_url: ${{ github.server_url }}\n"
      "          files: dist/*\n          file_exists: overwrite\n"
      "          checksum: |\n            md5\n            sha256\n"
      "          title: Version one\n          note: Some notes\n");
  CHECK(release.name == "Version one");
  CHECK(release.body.starts_with("Some notes"));
  CHECK(release.names() == Names{"MD5SUMS", "SHA256SUMS", "app.tar.gz", "app.zip"});
}

TEST_CASE("moving from ncipollo/release-action") {
  const Release release = moved(
      "          artifacts: \"dist/*.zip,dist/*.tar.gz\"\n          bodyFile: \"NOTES.md\"\n"
      "          allowUpdates: true\n          commit: ${{ github.sha }}\n"
      "          tag: ${{ github.ref_name }}\n          replacesArtifacts: true\n");
  CHECK(release.body.starts_with("notes"));
  CHECK(release.names() == Names{"app.tar.gz", "app.zip"});
}

TEST_CASE("moving from svenstaro/upload-release-action") {
  const Release release = moved(
      "          repo_token: ${{ secrets.GITHUB_TOKEN }}\n          file: dist/app.zip\n"
      "          asset_name: app-linux.zip\n          tag: ${{ github.ref }}\n"
      "          overwrite: true\n          body: \"Some notes\"\n");
  CHECK(release.body.starts_with("Some notes"));
  CHECK(release.names() == Names{"app-linux.zip"});
}
