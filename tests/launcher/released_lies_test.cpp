// SPDX-License-Identifier: MIT
// Servers and networks that lie, break off or ask to wait; keys that change; with the built programs.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <fstream>
#include <thread>

#include "core/text/json.hpp"
#include "launcher/released_app.hpp"
#include "network/certificates.hpp"
#include "temp_dir.hpp"

using namespace e2e;
using Catch::Matchers::ContainsSubstring;

namespace {

void update_to(const Unpacked& app, const std::string& version) {
  const Result update = app.command({"update"});
  INFO(update.output);
  REQUIRE(update.status == 0);
  Running running = app.start({});
  CHECK(becomes_true([&] {
    return app.journal().outcome.message.ends_with(" to " + version) &&
           app.journal().phase == core::Phase::idle;
  }));
  running.stop();
  CHECK(app.version() == version);
}

}  // namespace

TEST_CASE("a release names the key of those that follow, and the one before counts no more") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  const support::Signer next;
  project.publish("1.1.0", {.members = fmt::format(R"(, "keys": ["{}"])", next.public_key())});
  update_to(app, "1.1.0");
  CHECK(app.text("updater/trusted.pub").find(next.public_key()) != std::string::npos);
  // 1.0.0 did not name its key, so that this one stays as the user's own.
  CHECK(app.command({"distrust", project.signer.public_key()}).status == 0);
  project.publish("1.2.0");
  CHECK(app.command({"check"}).status == 20);
  project.publish("1.3.0", {.signer = &next});
  update_to(app, "1.3.0");
}

TEST_CASE("a version that is too old for the newest release takes the stepping stone before it") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  project.publish("2.0.0", {.settings = "  from: '>=1.1.0'\n"});
  update_to(app, "1.1.0");
  update_to(app, "2.0.0");
}

TEST_CASE("assets that were deleted, replaced or taken from an older release are not installed") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  const support::Release release = project.server.release("v1.1.0");
  SECTION("a deleted signature") {
    project.server.delete_release(release.id);
    support::Signer::publish(project.server, "v1.1.0", {{"hello-1.1.0-linux-x64.tar.gz", "x"}});
    const Result check = app.command({"check"});
    CHECK(check.status == 0);
    CHECK_THAT(check.output, ContainsSubstring("v1.1.0: is not signed"));
  }
  SECTION("another archive under the same name") {
    const std::string bytes = project.archive("1.1.0");
    project.server.upload(release.id, Project::archive_name("1.1.0"),
                          std::string(bytes.size(), 'x'));
    CHECK(app.command({"update"}).status == 20);
  }
  SECTION("the files of 1.1.0 as those of 1.2.0") {
    support::Files old;
    for (const support::Asset& asset : release.assets) {
      old[asset.name] = project.server.download("v1.1.0", asset.name).body;
    }
    support::Signer::publish(project.server, "v1.2.0", old);
    const Result check = app.command({"check"});
    CHECK(check.status == 10);
    CHECK_THAT(check.output, ContainsSubstring("1.1.0 is available"));
    CHECK_THAT(check.output, !ContainsSubstring("1.2.0 is available"));
    return;
  }
  CHECK_FALSE(fs::exists(app.root() / "updater/ready/1.1.0"));
}

TEST_CASE("a private repository is read with updater/token") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  project.server.edit_repository(R"({"private":true})");
  CHECK(app.command({"check"}).status == 2);
  std::ofstream(app.root() / "updater/token") << project.server.token() << "\n";
  fs::permissions(app.root() / "updater/token", fs::perms(0600));
  update_to(app, "1.1.0");
  project.server.check_no_leaks();
}

// The sandbox listens at a second origin, with TLS, which is the object store of the first.
TEST_CASE("an archive in an object store is fetched without the token of the server") {
  const network::Authority authority;
  const network::Certificate certificate = authority.issue();
  TempDir keys;
  Project project({"--tls-cert", keys.write("server.pem", certificate.text),  //
                   "--tls-key", keys.write("server.key", certificate.key)});
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  std::ofstream(app.root() / "updater/token") << project.server.token() << "\n";
  fs::permissions(app.root() / "updater/token", fs::perms(0600));
  std::ofstream(app.root() / "updater/ca.pem") << authority.text();
  std::string config = app.text("updater/config.json");
  std::ofstream(app.root() / "updater/config.json")
      << config.insert(config.rfind('}'), R"(, "ca_cert": "ca.pem")");
  const std::string archive = project.path_of_archive("1.1.0");
  const std::string store = project.server.tls_url() + archive + "?X-Signature=a%3Bb";
  project.server.fault(fmt::format(
      R"({{"kind":"redirect","status":302,"path":"{}","location":"{}"}})", archive, store));
  project.server.forget_requests();
  update_to(app, "1.1.0");
  int with_token = 0;
  int at_store = 0;
  for (const support::Logged& request : project.server.requests()) {
    const bool has_token = request.headers.find(project.server.token()) != std::string::npos;
    const bool is_at_store = request.path.find("X-Signature") != std::string::npos;
    if (has_token) ++with_token;
    if (is_at_store) ++at_store;
    CHECK_FALSE((has_token && is_at_store));
  }
  CHECK(at_store == 1);
  CHECK(with_token > 1);
}

TEST_CASE("a server that asks to wait, or breaks off a download, is asked again") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  const std::string archive = project.path_of_archive("1.1.0");
  project.server.fault(
      R"({"kind":"status","status":429,"path":"/releases","headers":{"Retry-After":"1"}})");
  for (const int after : {1'000'000, 50'000}) {
    project.server.fault(fmt::format(R"({{"kind":"cut","path":"{}","after":{}}})", archive, after));
  }
  project.server.forget_requests();
  update_to(app, "1.1.0");
  int continued = 0;
  for (const support::Logged& request : project.server.requests()) {
    if (request.headers.find("\nRange: bytes=") != std::string::npos) ++continued;
  }
  CHECK(continued == 2);
}

TEST_CASE("the launcher looks by itself if config.json says so, and only then") {
  Project project;
  project.publish("1.0.0");
  const Unpacked app(project, "1.0.0");
  project.publish("1.1.0");
  project.server.forget_requests();
  const auto start = [&] {
    return app.start({}, {.environment = {{"LAUNCHER_CHECK_DELAY_S", "0"}}});
  };
  const auto found = [&] { return !app.text("updater/last_check.json").empty(); };
  {
    Running running = start();
    REQUIRE(becomes_true(
        [&] { return running.output().find("Hello from 1.0.0") != std::string::npos; }));
    std::this_thread::sleep_for(std::chrono::seconds(3));
    CHECK(project.server.requests().empty());
    running.stop();
  }
  std::string config = app.text("updater/config.json");
  std::ofstream(app.root() / "updater/config.json")
      << config.insert(config.find('{') + 1, R"("check": "daily", )");
  Running running = start();
  CHECK(becomes_true(found));
  CHECK(becomes_true([&] {
    return app.text("updater/status.json").find(R"("newest":"1.1.0")") != std::string::npos;
  }));
  CHECK(becomes_true(
      [&] { return app.text("updater/log.txt").find("1.1.0 is available") != std::string::npos; }));
  CHECK_FALSE(fs::exists(app.root() / "updater/ready"));  // it downloads nothing
  const std::size_t requests = project.server.requests().size();
  std::this_thread::sleep_for(std::chrono::seconds(3));
  CHECK(project.server.requests().size() == requests);
  running.stop();
}
