// SPDX-License-Identifier: MIT
#include "core/release/downloads.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Asset;
using core::Downloads;
using core::render_downloads;

namespace {

core::Release release_of(const std::vector<Asset>& assets) {
  core::Release release;
  release.tag = "rel/v1.0";
  release.html_url = "https://git.example.org/sub/owner/app/releases/tag/rel/v1.0";
  release.assets = assets;
  return release;
}

Asset asset(std::uint64_t id, const std::string& name, std::uint64_t size = 2048) {
  return {id, name, size, "uuid1234", "https://elsewhere/attachments/uuid"};
}

const std::string base = "https://git.example.org/sub/owner/app/releases/download/rel%2Fv1.0/";

std::string text_of(const Downloads& downloads, const std::vector<Asset>& assets,
                    const core::Record& record = {}) {
  return render_downloads(downloads, release_of(assets), assets, record, {}).text;
}

}  // namespace

TEST_CASE("without configured rows each asset has one, by name, with the start of the digest") {
  const core::Digest digest(64, 'd');
  const Asset app = asset(2, "app.tgz");
  const std::vector<Asset> assets = {asset(5, "SHA512SUMS"), asset(3, "b.zip", 10), app};
  CHECK(text_of({}, assets, {{2, core::record_entry(app, digest)}}) ==
        "## Downloads\n\n| File | Size | SHA-256 |\n|---|---:|---|\n"
        "| [app.tgz](" +
            base +
            "app.tgz) | 2.0 KiB | `dddddddddddd…` |\n"
            "| [b.zip](" +
            base +
            "b.zip) | 10 B |  |\n"
            "\nChecksums: [SHA512SUMS](" +
            base + "SHA512SUMS)\n");
}

TEST_CASE("a row shows the whole digest, or none, if the configuration says so") {
  const Asset app = asset(2, "app.tgz");
  const core::Record record = {{2, core::record_entry(app, core::Digest(64, 'd'))}};
  Downloads downloads;
  downloads.digest = core::ShownDigest::all;
  CHECK(text_of(downloads, {app}, record) ==
        "## Downloads\n\n| File | Size | SHA-256 |\n|---|---:|---|\n| [app.tgz](" + base +
            "app.tgz) | 2.0 KiB | `" + core::Digest(64, 'd') + "` |\n");
  downloads.digest = core::ShownDigest::none;
  CHECK(text_of(downloads, {app}, record) ==
        "## Downloads\n\n| File | Size |\n|---|---:|\n| [app.tgz](" + base +
            "app.tgz) | 2.0 KiB |\n");
  downloads.rows = {{"Linux", "*.tgz"}};
  CHECK(
      text_of(downloads, {app}, record)
          .starts_with("## Downloads\n\n| | File | Size |\n|---|---|---:|\n| Linux | [app.tgz]("));
}

TEST_CASE("checksum files come last, under any name") {
  const std::vector<Asset> assets = {asset(1, "SHA256SUMS"), asset(2, "sums.sha256")};
  const core::ChecksumNames names("sums.{algorithm}", {});
  const std::string text = render_downloads({}, release_of(assets), assets, {}, names).text;
  CHECK(text.find("| [SHA256SUMS]") != std::string::npos);
  CHECK(text.find("\nChecksums: [sums.sha256](" + base + "sums.sha256)\n") != std::string::npos);
}

TEST_CASE("rows have the configured labels, and rows without a match are left out and reported") {
  Downloads downloads;
  downloads.rows = {{"Windows | installer", "*-setup.exe"},
                    {"macOS", "*.dmg"},
                    {"Linux", "*-linux-{x64,arm64}.tgz"}};
  const auto assets = std::vector<Asset>{asset(1, "app-linux-x64.tgz"), asset(2, "app-setup.exe"),
                                         asset(3, "app-linux-arm64.tgz"), asset(4, "notes.txt")};
  const auto table = render_downloads(downloads, release_of(assets), assets, {}, {});
  CHECK(table.text ==
        "## Downloads\n\n| | File | Size | SHA-256 |\n|---|---|---:|---|\n"
        "| Windows \\| installer | [app-setup.exe](" +
            base +
            "app-setup.exe) | 2.0 KiB |  |\n"
            "| Linux | [app-linux-arm64.tgz](" +
            base +
            "app-linux-arm64.tgz) | 2.0 KiB |  |\n"
            "| Linux | [app-linux-x64.tgz](" +
            base + "app-linux-x64.tgz) | 2.0 KiB |  |\n");
  CHECK(table.unmatched == std::vector<std::string>{"*.dmg"});
}

TEST_CASE("names with a meaning in Markdown, HTML or addresses are escaped") {
  const std::string text = text_of({}, {asset(1, "a|b<img>[x](y) `c`_*.txt")});
  CHECK(text.find("| [a\\|b\\<img\\>\\[x\\](y) \\`c\\`\\_\\*.txt](" + base +
                  "a%7Cb%3Cimg%3E%5Bx%5D%28y%29%20%60c%60_%2A.txt) |") != std::string::npos);
}

TEST_CASE("the docker row names the image with the tag; without any row there is no table") {
  Downloads downloads;
  downloads.docker = "git.example.org/owner/app";
  CHECK(text_of(downloads, {asset(1, "a")})
            .ends_with("\nDocker: `docker pull git.example.org/owner/app:rel/v1.0`\n"));
  CHECK(text_of(downloads, {}).starts_with("## Downloads\n\nDocker:"));
  CHECK(text_of({}, {}).empty());
}

TEST_CASE("of several assets with one name the newest has the row") {
  const std::string text = text_of({}, {asset(7, "a", 3), asset(4, "a", 1)});
  CHECK(text.find("| 3 B |") != std::string::npos);
  CHECK(text.find("| 1 B |") == std::string::npos);
}

TEST_CASE("a pip line names the registry of the owner and the version as Python writes it") {
  Downloads downloads;
  downloads.pip = "acme-tool";
  core::Release release;
  release.tag = "v1.2.0-rc.1";
  release.html_url = "https://git.example.org/git/owner/app/releases/tag/v1.2.0-rc.1";
  CHECK(core::render_downloads(downloads, release, {}, {}, {}).text ==
        "## Downloads\n\nPython: `pip install --index-url "
        "https://git.example.org/git/api/packages/owner/pypi/simple acme-tool==1.2.0rc1`\n");
  release.tag = "nightly";
  CHECK(core::render_downloads(downloads, release, {}, {}, {}).text.empty());
}
