// SPDX-License-Identifier: MIT
// Signed releases in hostile surroundings: names, notes and settings that try to get more signed than the
// files of the jobs, or to get a command into the log.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "adversarial/attack.hpp"
#include "adversarial/inert.hpp"
#include "core/digest.hpp"
#include "core/release/checksums.hpp"
#include "core/release/record.hpp"
#include "core/text/json.hpp"
#include "core/update/manifest.hpp"
#include "support/signer.hpp"

using adversarial::check_harmless;
using support::Run;
using support::Signer;
using support::Workspace;

namespace {

struct Attack : adversarial::Attack {
  Attack() {
    job.input("signing_key", signer.secret_key()).input("draft", "false");
    job.file(".gitea/release.yml", config("summary: Saves faster."));
  }

  std::string config(const std::string& more) const {
    return fmt::format(
        "update:\n  app: your-app\n  public_key: {}\n  payloads: {{linux: a.txt}}\n  {}\n",
        signer.public_key(), more);
  }

  Run publish() {
    const Run run = job.publish();
    check_harmless(run, server);
    CHECK(run.log.find(signer.secret_key().substr(60, 40)) == std::string::npos);
    return run;
  }

  /// Nothing but the file of the job is signed, and readers take all of it.
  void check_signed() {
    const std::string sums = server.download("v1.0.0", "SHA256SUMS").body;
    const std::string update = server.download("v1.0.0", "update.json").body;
    CHECK(core::parse_signed_checksums(sums) ==
          std::map<std::string, core::Digest>{{"a.txt", core::digest_of("a")},
                                              {"update.json", core::digest_of(update)}});
    CHECK(core::parse_manifest(update).payloads.at("linux").name == "a.txt");
    Workspace reader(server, "v1.0.0");
    const Run verified = reader.input("public_key", signer.public_key()).run({"verify"});
    check_harmless(verified, server);
    CHECK(verified.status == 0);
  }

  Signer signer;
};

}  // namespace

TEST_CASE("no name of a foreign asset gets into what is signed, or into the log as a command") {
  const std::string line = std::string(64, 'a') + "  evil";
  for (const std::string& name :
       {"x\n" + line, "x\r\n" + line, "::error::" + line, std::string("A.TXT"),
        std::string("Update.json"), std::string("sha256sums"), std::string("back\\slash"),
        std::string("\x1B[2Jcleared"), std::string("\xC2\x9B cleared"),
        std::string("\xE2\x80\xAEtxt.exe"), std::string("SHA256SUMS.minisig"),
        std::string("SHA256SUMS")}) {
    INFO(name);
    Attack attack;
    const auto draft = attack.server.create_release(R"({"tag_name":"v1.0.0","draft":true})");
    attack.server.upload(draft.id, name, "evil");
    CHECK(attack.publish().status == 0);
    attack.check_signed();
  }
}

TEST_CASE("what the notes say of an asset is not signed, and no code in them counts") {
  Attack attack;
  const auto draft = attack.server.create_release(R"({"tag_name":"v1.0.0","draft":true})");
  const auto evil = attack.server.upload(draft.id, "evil", "evil");
  core::Record record;
  record[evil.id] = {evil.uuid.substr(0, 8), core::digest_of("evil"), std::string(32, 'a')};
  core::JsonObject json;
  json.add("body", "Notes\n" + core::render_record(record));
  attack.server.edit_release(draft.id, json.text());
  CHECK(attack.publish().status == 0);
  attack.check_signed();
}

TEST_CASE("settings of 'update' that are commands are refused or harmless") {
  for (const std::string& more :
       {std::string("summary: \"::error::x\""), std::string("summary: \"a\\n::error::x\""),
        std::string("summary: \"\\e[2J\""), std::string("from: \"::error::x\""),
        std::string("withdrawn: [\"\\n::error::x\"]"), std::string("\"::error::x\": 1"),
        std::string("summary: \"\\0\""),
        "summary: " + std::string(70'000, 'x'), "withdrawn: [" + [] {
          std::string many;
          for (int i = 0; i < 9'000; ++i) many += fmt::format("1.0.{},", i);
          return many;
        }() + "1.0.0]"}) {
    INFO(more.substr(0, 100));
    Attack attack;
    attack.job.file(".gitea/release.yml", attack.config(more));
    const Run run = attack.publish();
    const bool is_published =
        attack.server.has_release("v1.0.0") && !attack.server.release("v1.0.0").draft;
    CHECK(run.status == (is_published ? 0 : 2));
    if (is_published) attack.check_signed();
  }
}

TEST_CASE("patterns of payloads end in time and match names only") {
  for (const std::string& pattern :
       {std::string("../../*"), std::string("/etc/passwd"), std::string("{a,b}{a,b}{a,b}{a,b}.txt"),
        std::string("{"), std::string("["), std::string(10'000, '*') + "x",
        std::string("::error::x")}) {
    INFO(pattern.substr(0, 100));
    Attack attack;
    attack.job.file(".gitea/release.yml",
                    fmt::format("update: {{app: a, public_key: {}, payloads: {{linux: '{}'}}}}\n",
                                attack.signer.public_key(), pattern));
    CHECK(attack.publish().status == 2);
    CHECK_FALSE(attack.server.has_release("v1.0.0"));
  }
}
