// SPDX-License-Identifier: MIT
#include "core/downloads.hpp"

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

TEST_CASE("without rows of the user's each asset has one, by name, and sums stand below") {
  const core::Digest digest(64, 'd');
  const Asset app = asset(2, "app.tgz");
  CHECK(text_of({}, {asset(5, "SHA256SUMS"), asset(3, "b.zip", 10), app},
                {{2, core::record_entry(app, digest)}}) ==
        "## Downloads\n\n| File | Size | SHA-256 |\n|---|---:|---|\n"
        "| [app.tgz](" +
            base + "app.tgz) | 2.0 KiB | `" + digest +
            "` |\n"
            "| [b.zip](" +
            base +
            "b.zip) | 10 B |  |\n"
            "\nChecksums: [SHA256SUMS](" +
            base + "SHA256SUMS)\n");
}

TEST_CASE("files of digests stand below by whatever name they are known") {
  const std::vector<Asset> assets = {asset(1, "SHA256SUMS"), asset(2, "sums.sha256")};
  const core::SumsNames names("sums.{algorithm}", {});
  const std::string text = render_downloads({}, release_of(assets), assets, {}, names).text;
  CHECK(text.find("| [SHA256SUMS]") != std::string::npos);
  CHECK(text.find("\nChecksums: [sums.sha256](" + base + "sums.sha256)\n") != std::string::npos);
}

TEST_CASE("rows have the user's labels, and one that matches nothing is left out and named") {
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

TEST_CASE("names that mean something in Markdown, HTML or an address are made harmless") {
  const std::string text = text_of({}, {asset(1, "a|b<img>[x](y) `c`_*.txt")});
  CHECK(text.find("| [a\\|b\\<img\\>\\[x\\](y) \\`c\\`\\_\\*.txt](" + base +
                  "a%7Cb%3Cimg%3E%5Bx%5D%28y%29%20%60c%60_%2A.txt) |") != std::string::npos);
}

TEST_CASE("a docker line names the image with the tag; nothing to offer is no table") {
  Downloads downloads;
  downloads.docker = "git.example.org/owner/app";
  CHECK(text_of(downloads, {asset(1, "a")})
            .ends_with("\nDocker: `docker pull git.example.org/owner/app:rel/v1.0`\n"));
  CHECK(text_of(downloads, {}).starts_with("## Downloads\n\nDocker:"));
  CHECK(text_of({}, {}).empty());
}

TEST_CASE("of several assets of one name the newest has the row") {
  const std::string text = text_of({}, {asset(7, "a", 3), asset(4, "a", 1)});
  CHECK(text.find("| 3 B |") != std::string::npos);
  CHECK(text.find("| 1 B |") == std::string::npos);
}
