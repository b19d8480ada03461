// SPDX-License-Identifier: MIT
// The command `download`.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <random>

#include "core/text/text.hpp"
#include "support/server.hpp"
#include "support/signer.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"

using Catch::Matchers::ContainsSubstring;
using support::Files;
using support::Run;
using support::Server;
using support::Signer;
using support::Workspace;

namespace {

namespace fs = std::filesystem;

struct Fixture {
  Server server;
  Signer signer;
  Workspace job{server, "v1.0.0"};

  Run download(const std::string& tag = "") {
    if (!tag.empty()) job.input("tag_name", tag);
    return job.input("directory", "in").run({"download"});
  }

  /// The files in the directory, including partial ones.
  Files received() const {
    Files files;
    if (!fs::exists(job.path() / "in")) return files;
    for (const auto& entry : fs::directory_iterator(job.path() / "in")) {
      files[entry.path().filename().string()] = support::read_file(entry.path());
    }
    return files;
  }
};

const Files two = {{"app.tar.gz", "the application"}, {"notes with blanks.txt", "n"}};

std::string some_bytes(std::size_t size) {
  std::minstd_rand random(7);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() >> 8);
  return bytes;
}

}  // namespace

TEST_CASE("the files of a release arrive unchanged, and the outputs name their directory") {
  Fixture fixture;
  Signer::publish(fixture.server, "v1.0.0", two);
  const Run run = fixture.download();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(fixture.received() == two);
  CHECK(run.outputs.at("tag_name") == "v1.0.0");
  CHECK(run.outputs.at("version") == "1.0.0");
  CHECK(run.outputs.at("directory") == (fixture.job.path() / "in").string());
  CHECK(run.outputs.at("files") == (fixture.job.path() / "in/app.tar.gz").string() + "\n" +
                                       (fixture.job.path() / "in/notes with blanks.txt").string());
  CHECK_THAT(run.log, ContainsSubstring("only the sizes of files are checked"));
}

TEST_CASE("a signed release arrives with its signature, and a second run downloads nothing") {
  Fixture fixture;
  fixture.signer.publish_signed(fixture.server, "v1.0.0", two);
  fixture.job.input("public_key", fixture.signer.public_key());
  const Run run = fixture.download();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(fixture.received() == fixture.signer.sign(two, "v1.0.0", fixture.server.repository()));
  CHECK_THAT(run.log, ContainsSubstring("verified the signature"));
  CHECK(fixture.download().status == 0);
  if (!fixture.server.is_sandbox()) return;
  fixture.server.forget_requests();
  CHECK(fixture.download().status == 0);
  CHECK(fixture.server.requests().size() == 3);  // the release, SHA256SUMS and its signature
}

TEST_CASE("'latest' is the highest version, whatever was published last") {
  Fixture fixture;
  for (const char* tag :
       {"v1.10.0", "v1.9.0", "nightly", "app/v7.0.0", "app/v8.1.0", "app/v8.0.0"}) {
    Signer::publish(fixture.server, tag, {{"f", tag}});
  }
  Signer::publish(fixture.server, "v2.0.0-rc.1", {{"f", "rc"}}, true);
  Signer::publish(fixture.server, "v1.9.1", {{"f", "back-port"}});
  const auto latest = [&](const std::string& tag_name) {
    const Run run = fixture.download(tag_name);
    INFO(run.log);
    CHECK(run.status == 0);
    return run.outputs.at("tag_name") + " " + fixture.received()["f"];
  };
  CHECK(latest("latest") == "v1.10.0 v1.10.0");
  CHECK(latest("app/latest") == "app/v8.1.0 app/v8.1.0");
  fixture.job.input("prerelease", "true");
  CHECK(latest("latest") == "v2.0.0-rc.1 rc");
  const Run none = fixture.download("lib/latest");
  CHECK(none.status == 1);
  CHECK_THAT(none.log, ContainsSubstring("there is no release with a lib/… version"));
}

TEST_CASE("'files' selects assets, and each pattern must match") {
  Fixture fixture;
  Signer::publish(fixture.server, "v1.0.0", two);
  fixture.job.input("files", "*.tar.gz");
  CHECK(fixture.download().status == 0);
  CHECK(fixture.received().size() == 1);
  fixture.job.input("files", "*.tar.gz\n*.zip");
  const Run run = fixture.download();
  CHECK(run.status == 1);
  CHECK_THAT(run.log, ContainsSubstring(
                          "no file that matches *.zip. It has app.tar.gz, notes with blanks.txt"));
}

TEST_CASE("a private repository is read with a token that has access") {
  Fixture fixture;
  fixture.server.needs_sandbox();
  fixture.signer.publish_signed(fixture.server, "v1.0.0", two);
  fixture.server.edit_repository(R"({"private":true})");
  fixture.job.input("public_key", fixture.signer.public_key());
  CHECK(fixture.download("latest").status == 0);
  fixture.job.input("token", fixture.server.job_token()).input("directory", "other");
  const Run run = fixture.job.run({"download"});
  CHECK(run.status == 1);
  CHECK_THAT(run.log, ContainsSubstring("The job's own token may not download"));
  fixture.job.without("INPUT_TOKEN");
  CHECK_THAT(fixture.job.run({"download"}).log, ContainsSubstring("does not exist on"));
}

TEST_CASE(
    "a public release needs no token, and a job's own token is not sent to another repository") {
  Fixture fixture;
  Signer::publish(fixture.server, "v1.0.0", two);
  fixture.job.without("INPUT_TOKEN");
  CHECK(fixture.download().status == 0);
  fixture.job.input("token", fixture.server.token()).input("job_token", fixture.server.token());
  fixture.job.input("repository", fixture.server.repository())
      .variable("GITHUB_REPOSITORY", "else/where");
  if (fixture.server.is_sandbox()) fixture.server.forget_requests();
  fs::remove_all(fixture.job.path() / "in");
  const Run run = fixture.download();
  INFO(run.log);
  CHECK(run.status == 0);
  if (!fixture.server.is_sandbox()) return;
  for (const auto& one : fixture.server.requests()) CHECK(one.account.empty());
}

TEST_CASE("a release that does not exist is named") {
  Fixture fixture;
  const Run run = fixture.download("v9.9.9");
  CHECK(run.status == 2);
  CHECK_THAT(run.log, ContainsSubstring("the release v9.9.9 does not exist in " +
                                        fixture.server.repository()));
}

TEST_CASE("an interrupted download continues where it was, and ends with the right bytes") {
  Fixture fixture;
  fixture.server.needs_sandbox();
  const std::string content = some_bytes(3'000'000);
  fixture.signer.publish_signed(fixture.server, "v1.0.0", {{"large.bin", content}});
  fixture.job.input("public_key", fixture.signer.public_key())
      .input("files", "large.bin")
      .input("retries", "2");
  const auto uuid = fixture.server.release("v1.0.0").asset("large.bin").uuid;
  std::minstd_rand random(1);
  for (int round = 0; round < 100; ++round) {
    fs::remove_all(fixture.job.path() / "in");
    const int cuts = 1 + static_cast<int>(random() % 8);
    fixture.server.clear_faults();
    for (int i = 0; i < cuts; ++i) {
      fixture.server.fault(fmt::format(R"({{"kind":"cut","path":"/attachments/{}","after":{}}})",
                                       uuid, 1 + random() % 1'000'000));
    }
    const Run run = fixture.download();
    INFO(run.log);
    REQUIRE(run.status == 0);
    REQUIRE(fixture.received() == Files{{"large.bin", content}});
  }
}

TEST_CASE("a run continues the partial download of a killed run") {
  Fixture fixture;
  fixture.server.needs_sandbox();
  const std::string content = some_bytes(2'000'000);
  fixture.signer.publish_signed(fixture.server, "v1.0.0", {{"large.bin", content}});
  fixture.job.input("public_key", fixture.signer.public_key())
      .input("files", "large.bin")
      .input("directory", "in");
  const auto uuid = fixture.server.release("v1.0.0").asset("large.bin").uuid;
  fixture.server.fault(fmt::format(
      R"({{"kind":"cut","path":"/attachments/{}","after":1500000,"ms":600000}})", uuid));
  {
    const auto process = fixture.job.start({"download"});
    const auto has_some = [&] {
      const auto files = fixture.received();
      return files.size() == 1 && files.begin()->second.size() > 1'000'000;
    };
    for (int i = 0; i < 1000 && !has_some(); ++i) {
      CHECK_FALSE(process->ends_within(std::chrono::milliseconds(10)));
    }
    process->kill(9);
  }
  CHECK_FALSE(fixture.received().contains("large.bin"));
  fixture.server.clear_faults();
  fixture.server.forget_requests();
  SECTION("with the right bytes") {
    const Run run = fixture.download();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(fixture.received() == Files{{"large.bin", content}});
    CHECK_THAT(run.log, ContainsSubstring("continuing after 1."));
    const auto requests = fixture.server.requests();
    CHECK_THAT(requests.back().headers, ContainsSubstring("Range: bytes=1"));
    CHECK(requests.back().status == 206);
  }
  SECTION("and rejects wrong ones") {
    for (const auto& entry : fs::directory_iterator(fixture.job.path() / "in")) {
      support::Workspace& job = fixture.job;
      job.file("in/" + entry.path().filename().string(), std::string(1'500'000, 'x'));
    }
    const Run run = fixture.download();
    CHECK(run.status == 1);
    CHECK_THAT(run.log, ContainsSubstring("large.bin does not match its digest in SHA256SUMS"));
    CHECK(fixture.received().empty());
    CHECK(fixture.download().status == 0);
    CHECK(fixture.received() == Files{{"large.bin", content}});
  }
}

TEST_CASE("a large file is not kept in memory") {
  Fixture fixture;
  const std::uint64_t size = std::uint64_t{256} << 20;
  fixture.job.sparse_file("large.img", size);
  fixture.job.input("files", "large.img").input("checksums", "sha256");
  REQUIRE(fixture.job.publish().status == 0);
  fixture.job.input("files", "");
  const Run run = fixture.download();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(fs::file_size(fixture.job.path() / "in/large.img") == size);
  if (!support::sanitized) CHECK(run.peak_kib < 24 * 1024);
}

TEST_CASE("an asset name cannot lead to a file outside the directory") {
  Fixture fixture;
  fixture.server.needs_sandbox();
  Signer::publish(fixture.server, "v1.0.0",
                  {{"good", "g"},
                   {"../up", "u"},
                   {"a/b", "b"},
                   {"a\\b", "c"},
                   {"line\nfeed", "d"},
                   {"..", "e"}});
  const Run run = fixture.download();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(fixture.received() == Files{{"good", "g"}});
  CHECK_FALSE(fs::exists(fixture.job.path() / "up"));
  CHECK_THAT(run.log,
             ContainsSubstring("the name '../up' contains a slash: the file was not downloaded"));
}

TEST_CASE("a link in the directory cannot lead to a file outside") {
  support::needs_this_system("symbolic links");
  Fixture fixture;
  Signer::publish(fixture.server, "v1.0.0", {{"good", "g"}});
  fs::create_directories(fixture.job.path() / "in");
  SECTION("under the file's name") {
    fs::create_symlink("../elsewhere", fixture.job.path() / "in/good");
    CHECK(fixture.download().status == 2);
  }
  SECTION("under the partial file's name") {
    const auto uuid = fixture.server.release("v1.0.0").asset("good").uuid;
    fixture.job.file("elsewhere", "mine");
    fs::create_symlink("../elsewhere",
                       fixture.job.path() / "in" / (".gitea-release-" + uuid + ".part"));
    CHECK(fixture.download().status != 0);
    CHECK(support::read_file(fixture.job.path() / "elsewhere") == "mine");
  }
  CHECK_FALSE(fs::is_regular_file(fixture.job.path() / "in/good"));
}
