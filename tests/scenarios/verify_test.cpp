// SPDX-License-Identifier: MIT
// Releases that match their signature and others: the commands `verify` and `download` with a
// malicious server.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>

#include "support/server.hpp"
#include "support/signer.hpp"
#include "support/workspace.hpp"

using Catch::Matchers::ContainsSubstring;
using support::Files;
using support::Run;
using support::Server;
using support::Signer;
using support::Workspace;

namespace {

namespace fs = std::filesystem;

const Files two = {{"app.tar.gz", "the application"}, {"app.zip", "the same"}};

struct Fixture {
  Fixture() { job.input("public_key", signer.public_key()).input("directory", ""); }

  Files signed_as(const std::string& tag, const Files& files = two) const {
    return signer.sign(files, tag, server.repository());
  }
  Run verify() { return job.run({"verify"}); }
  Run download() {
    job.input("directory", "in");
    Run run = job.run({"download"});
    job.input("directory", "");
    return run;
  }
  bool has_received_nothing() const {
    return !fs::exists(job.path() / "in") || fs::is_empty(job.path() / "in");
  }

  Server server;
  Signer signer;
  Workspace job{server, "v1.0.0"};
};

/// A release that does not match its signature, and the message about it.
struct Forgery {
  const char* what;
  Files (*files)(const Fixture&);
  const char* said;
  bool stops_download = true;  ///< that of its other files, too
};

const std::vector<Forgery> forgeries = {
    {"a file that was changed",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files["app.zip"] = "the SAME";
       return files;
     },
     "app.zip does not match "},
    {"a file that was cut",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files["app.zip"] = "the";
       return files;
     },
     "app.zip does not match "},
    {"a line that was added",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files["SHA256SUMS"] += std::string(64, 'a') + "  evil\n";
       return files;
     },
     "the content is not what was signed"},
    {"an older release under this tag",
     [](const Fixture& fixture) { return fixture.signed_as("v0.9.0"); },
     "signed for the tag v0.9.0, not for v1.0.0"},
    {"a release of another repository",
     [](const Fixture& fixture) { return fixture.signer.sign(two, "v1.0.0", "someone/else"); },
     "signed for the repository someone/else, not for "},
    {"the sums of one release and the signature of another",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files["SHA256SUMS.minisig"] =
           fixture.signed_as("v1.0.0", {{"app.zip", "x"}})["SHA256SUMS.minisig"];
       return files;
     },
     "the content is not what was signed"},
    {"another key",
     [](const Fixture& fixture) {
       return Signer().sign(two, "v1.0.0", fixture.server.repository());
     },
     "it was signed with the key "},
    {"no signature",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files.erase("SHA256SUMS.minisig");
       return files;
     },
     "is not signed: it has no SHA256SUMS.minisig"},
    {"no sums",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files.erase("SHA256SUMS");
       return files;
     },
     "is not signed: it has no SHA256SUMS."},
    {"a page in place of the signature",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files["SHA256SUMS.minisig"] = "<html>\n";
       return files;
     },
     "not a minisign signature"},
    {"a signature that is too large",
     [](const Fixture& fixture) {
       Files files = fixture.signed_as("v1.0.0");
       files["SHA256SUMS.minisig"] += std::string(5000, '\n');
       return files;
     },
     "are read)"},
};

}  // namespace

TEST_CASE("a release that matches its signature is verified") {
  Fixture fixture;
  fixture.signer.publish_signed(fixture.server, "v1.0.0", two);
  const Run run = fixture.verify();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.outputs.at("files") == "app.tar.gz\napp.zip");
  CHECK(run.outputs.at("uncovered").empty());
  CHECK_THAT(run.log, ContainsSubstring("matches its signature: 2 files"));
}

TEST_CASE(
    "a release that does not match its signature is rejected, and none of its files is kept") {
  for (const Forgery& forgery : forgeries) {
    INFO(forgery.what);
    Fixture fixture;
    Signer::publish(fixture.server, "v1.0.0", forgery.files(fixture));
    const Run verified = fixture.verify();
    INFO(verified.log);
    CHECK(verified.status == 1);
    CHECK_THAT(verified.log, ContainsSubstring(forgery.said));
    fixture.job.input("files", "app.zip");
    const Run downloaded = fixture.download();
    INFO(downloaded.log);
    CHECK(downloaded.status == 1);
    CHECK_THAT(downloaded.log, ContainsSubstring(forgery.said));
    CHECK(fixture.has_received_nothing());
    const Run latest = fixture.job.input("tag_name", "latest").run({"download"});
    CHECK(latest.status == 1);
    CHECK(fixture.has_received_nothing());
  }
}

TEST_CASE("'latest' takes the highest version that matches its signature, and names the others") {
  Fixture fixture;
  Signer::publish(fixture.server, "v3.0.0", two);
  Signer::publish(fixture.server, "v2.0.0", fixture.signed_as("v1.0.0"));
  Signer::publish(fixture.server, "v1.0.0", fixture.signed_as("v1.0.0"));
  fixture.job.input("tag_name", "latest");
  const Run run = fixture.download();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.outputs.at("tag_name") == "v1.0.0");
  CHECK_THAT(run.log,
             ContainsSubstring("v3.0.0 was skipped, because it has no SHA256SUMS.minisig"));
  CHECK_THAT(run.log,
             ContainsSubstring("v2.0.0 was skipped: the files were signed for the tag v1.0.0"));
}

TEST_CASE("five releases that do not match their signatures end the search") {
  Fixture fixture;
  for (int i = 2; i < 8; ++i) {
    Signer::publish(fixture.server, fmt::format("v{}.0.0", i), fixture.signed_as("v0.1.0"));
  }
  Signer::publish(fixture.server, "v1.0.0", fixture.signed_as("v1.0.0"));
  fixture.job.input("tag_name", "latest");
  const Run run = fixture.download();
  CHECK(run.status == 1);
  CHECK_THAT(run.log, ContainsSubstring("stopped after five"));
  CHECK(fixture.has_received_nothing());
}

TEST_CASE("assets that the signature does not cover are named and not downloaded") {
  Fixture fixture;
  Files files = fixture.signed_as("v1.0.0");
  files["extra.exe"] = "from somebody else";
  Signer::publish(fixture.server, "v1.0.0", files);
  const Run run = fixture.verify();
  CHECK(run.status == 0);
  CHECK(run.outputs.at("uncovered") == "extra.exe");
  CHECK_THAT(run.log, ContainsSubstring("extra.exe is not covered by the signature"));
  CHECK(fixture.download().status == 0);
  CHECK_FALSE(fs::exists(fixture.job.path() / "in/extra.exe"));
  fixture.job.input("files", "*.exe");
  CHECK(fixture.download().status == 1);
}

TEST_CASE("if several assets have one name, each must match") {
  Fixture fixture;
  const auto release = Signer::publish(fixture.server, "v1.0.0", {{"app.zip", "forged"}});
  for (const auto& [name, content] : fixture.signed_as("v1.0.0")) {
    fixture.server.upload(release.id, name, content);
  }
  const Run run = fixture.verify();
  CHECK(run.status == 1);
  CHECK_THAT(run.log, ContainsSubstring("app.zip does not match the signature"));
}

TEST_CASE("checksums that are being replaced are read again") {
  Fixture fixture;
  fixture.server.needs_sandbox();
  const auto release = fixture.signer.publish_signed(fixture.server, "v1.0.0", two);
  fixture.server.fault(
      fmt::format(R"({{"kind":"garbage","path":"/attachments/{}","body":"old sums"}})",
                  release.asset("SHA256SUMS").uuid));
  const Run run = fixture.verify();
  INFO(run.log);
  CHECK(run.status == 0);
}

TEST_CASE("a mirror is verified against the repository that it mirrors") {
  Fixture fixture;
  Signer::publish(fixture.server, "v1.0.0", fixture.signer.sign(two, "v1.0.0", "Upstream/App"));
  CHECK_THAT(fixture.verify().log, ContainsSubstring("set 'signed_repository'"));
  fixture.job.input("signed_repository", "upstream/app");
  CHECK(fixture.verify().status == 0);
}

TEST_CASE("with several public keys, one of them must have signed") {
  Fixture fixture;
  fixture.signer.publish_signed(fixture.server, "v1.0.0", two);
  const std::string file = "untrusted comment: minisign public key\n" + Signer().public_key();
  fixture.job.input("public_key", file + "\n" + fixture.signer.public_key() + "\n");
  CHECK(fixture.verify().status == 0);
  fixture.job.input("public_key", Signer().public_key());
  CHECK(fixture.verify().status == 1);
  fixture.job.input("public_key", fixture.signer.secret_key());
  const Run secret = fixture.verify();
  CHECK(secret.status == 2);
  CHECK_THAT(
      secret.log,
      ContainsSubstring("public_key: this is not a public key for minisign: it is a secret key"));
  fixture.job.input("public_key", "");
  CHECK_THAT(fixture.verify().log, ContainsSubstring("public_key: it is not set"));
}

TEST_CASE("a directory is verified without a server") {
  Fixture fixture;
  for (const auto& [name, content] : fixture.signer.sign(two, "v1.0.0", "owner/app")) {
    fixture.job.file("got/" + name, content);
  }
  fixture.job.input("directory", "got")
      .input("repository", "owner/app")
      .input("server_url", "http://127.0.0.1:1");
  fixture.job.without("INPUT_TOKEN");
  CHECK(fixture.verify().status == 0);
  SECTION("with a changed file") {
    fixture.job.file("got/app.zip", "the SAME");
    const Run run = fixture.verify();
    CHECK(run.status == 1);
    CHECK_THAT(run.log, ContainsSubstring("app.zip does not match the signature"));
  }
  SECTION("with one of its files, and an additional one") {
    fs::remove(fixture.job.path() / "got/app.zip");
    fixture.job.file("got/other", "x");
    const Run run = fixture.verify();
    CHECK(run.status == 0);
    CHECK(run.outputs.at("files") == "app.tar.gz");
    CHECK(run.outputs.at("uncovered") == "other");
  }
  SECTION("with none of its files") {
    fs::remove(fixture.job.path() / "got/app.zip");
    fs::remove(fixture.job.path() / "got/app.tar.gz");
    CHECK(fixture.verify().status == 1);
  }
  SECTION("as another release") {
    CHECK(fixture.job.input("tag_name", "v1.0.1").run({"verify"}).status == 1);
  }
  SECTION("without a repository to compare with") {
    fixture.job.input("repository", "").without("GITHUB_REPOSITORY");
    CHECK_THAT(fixture.verify().log, ContainsSubstring("the repository is unknown"));
  }
}
