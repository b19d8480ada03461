// SPDX-License-Identifier: MIT
// The system's CA bundle, where each distribution keeps it: the program runs in a root directory
// that contains only the program and its libraries.
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "core/text/text.hpp"
#include "network/certificates.hpp"
#include "network/tls_server.hpp"
#include "support/golden.hpp"
#include "support/process.hpp"
#include "support/under_test.hpp"
#include "temp_dir.hpp"

using network::Authority;
using network::TlsServer;
using support::Run;

namespace {

namespace fs = std::filesystem;

const char* const places[] = {
    "etc/ssl/certs/ca-certificates.crt",
    "etc/pki/tls/certs/ca-bundle.crt",
    "etc/ssl/ca-bundle.pem",
    "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "etc/ssl/cert.pem",
};

/// A root directory with the program and its libraries.
class Root {
 public:
  Root() {
    support::needs_the_built_program("it is started in a root directory with nothing else");
    if (geteuid() != 0) SKIP("only root may change the root directory (chroot)");
    if (support::sanitized) SKIP("sanitizers need /proc, which is not there");
    support::Process list({"/usr/bin/ldd", GITEA_RELEASE}, {{"PATH", "/usr/bin:/bin"}},
                          directory_.path(), directory_ / "ldd");
    for (const std::string& line : core::lines(list.wait().output)) {
      const auto begin = line.find('/');
      if (begin == std::string::npos) continue;
      copy(line.substr(begin, line.find(' ', begin) - begin));
    }
    copy(GITEA_RELEASE);
  }

  const TempDir& directory() const { return directory_; }

  Run run(const std::map<std::string, std::string>& environment) {
    support::Process process({"/usr/sbin/chroot", directory_.path().string(), GITEA_RELEASE},
                             environment, "/", directory_ / "log");
    const support::Ended ended = process.wait();
    return {ended.status, ended.output, {}, {}, ended.peak_kib};
  }

 private:
  void copy(const std::string& file) const {
    const fs::path target = directory_.path().string() + file;
    fs::create_directories(target.parent_path());
    fs::copy_file(file, target, fs::copy_options::skip_existing);
  }

  TempDir directory_;
};

/// A dry run only reads from the server.
std::map<std::string, std::string> job(TlsServer& server) {
  return {{"GITHUB_REPOSITORY", server.plain().repository()},
          {"GITHUB_SERVER_URL", server.url()},
          {"GITHUB_REF", "refs/tags/v1.0.0"},
          {"GITHUB_EVENT_NAME", "push"},
          {"INPUT_TOKEN", server.plain().token()},
          {"INPUT_DRY_RUN", "true"}};
}

}  // namespace

TEST_CASE("the system's CA bundle is found where each distribution keeps it") {
  Root root;
  const Authority authority;
  TlsServer server(authority.issue());
  for (const char* place : places) {
    const std::string bundle = root.directory().write(place, authority.text());
    const Run run = root.run(job(server));
    INFO(place << "\n" << run.log);
    CHECK(run.status == 0);
    fs::remove(bundle);
  }
  root.directory().write("opt/bundle.pem", authority.text());
  root.directory().write(places[0], Authority().text());
  auto named = job(server);
  named["SSL_CERT_FILE"] = "/opt/bundle.pem";
  const Run run = root.run(named);
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(root.run(job(server)).status == 2);
}

TEST_CASE("without a CA bundle the message lists the places that were searched") {
  Root root;
  TlsServer server(Authority().issue());
  const Run run = root.run(job(server));
  CHECK(run.status == 2);
  support::check_golden("network/no-bundle.txt", network::settled_log(run, server));
}
