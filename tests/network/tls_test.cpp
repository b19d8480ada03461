// SPDX-License-Identifier: MIT
// TLS between the program and a server: whom it trusts, and its messages otherwise. The complete
// logs of rejected connections are in tests/data/network/.
#include <openssl/x509_vfy.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "gitea/trust.hpp"
#include "network/certificates.hpp"
#include "network/tls_server.hpp"
#include "support/golden.hpp"

using network::Authority;
using network::Certificate;
using network::self_signed;
using network::TlsServer;
using support::Run;
using support::Workspace;

namespace {

void check_published(const Run& run, TlsServer& server) {
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK_FALSE(server.plain().release("v1.0.0").draft);
  CHECK(server.plain().download("v1.0.0", "a.txt").body == "a");
}

void check_refused(const Run& run, TlsServer& server, const std::string& name, int status = 2) {
  CHECK(run.status == status);
  CHECK(server.plain().requests().empty());
  support::check_golden("network/" + name + ".txt", network::settled_log(run, server));
}

}  // namespace

TEST_CASE("an authority that ca_cert contains as text is trusted") {
  const Authority authority;
  TlsServer server(authority.issue());
  Workspace job = server.job(server.url());
  check_published(job.input("ca_cert", authority.text()).publish(), server);
}

TEST_CASE("an authority that ca_cert names as a path is trusted") {
  const Authority authority;
  TlsServer server(authority.issue());
  Workspace job = server.job(server.url_by_name());
  job.file("certificates/authority.pem", authority.text());
  check_published(job.input("ca_cert", "certificates/authority.pem").publish(), server);
}

TEST_CASE("ca_cert adds to the system's authorities and does not replace them") {
  const Authority system;
  TlsServer server(system.issue());
  Workspace job = server.job(server.url());
  job.file("bundle.pem", system.text());
  job.variable("SSL_CERT_FILE", (job.path() / "bundle.pem").string());
  check_published(job.input("ca_cert", Authority().text()).publish(), server);
}

TEST_CASE("the authorities are read once, however many connections there are") {
  const std::string one = Authority().text();
  X509_STORE* const first = gitea::authorities(one);
  X509_STORE* const second = gitea::authorities(one);
  X509_STORE* const other = gitea::authorities(Authority().text());
  CHECK(first != nullptr);
  CHECK(first == second);
  CHECK(first != other);
  for (X509_STORE* store : {first, second, other}) X509_STORE_free(store);
  CHECK(gitea::authorities("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----") == nullptr);
}

TEST_CASE("a self-signed certificate is trusted if ca_cert is that certificate") {
  const Certificate certificate = self_signed();
  TlsServer server(certificate);
  Workspace job = server.job(server.url());
  check_published(job.input("ca_cert", certificate.text).publish(), server);
}

TEST_CASE("many large uploads arrive complete over TLS") {
  const Authority authority;
  TlsServer server(authority.issue());
  Workspace job = server.job(server.url());
  std::string large(std::size_t{20} << 20, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * i >> 7);
  job.file("large.bin", large);
  for (int i = 0; i < 20; ++i) job.file("small/" + std::to_string(i), std::to_string(i));
  job.input("files", "large.bin\nsmall/*").input("ca_cert", authority.text());
  const Run run = job.input("jobs", "4").publish();
  INFO(run.log);
  REQUIRE(run.status == 0);
  CHECK(server.plain().release("v1.0.0").assets.size() == 21);
  CHECK((server.plain().download("v1.0.0", "large.bin").body == large));
  CHECK(server.plain().download("v1.0.0", "17").body == "17");
}

TEST_CASE("an unknown authority: the message names the cause and ca_cert") {
  TlsServer server(Authority().issue());
  Workspace job = server.job(server.url());
  check_refused(job.publish(), server, "unknown-authority");
}

TEST_CASE("the certificate of an authority that did not sign does not help") {
  TlsServer server(Authority().issue());
  Workspace job = server.job(server.url());
  check_refused(job.input("ca_cert", Authority().text()).publish(), server, "unknown-authority");
}

TEST_CASE("a self-signed certificate: the message names the cause and ca_cert") {
  TlsServer server(self_signed());
  Workspace job = server.job(server.url());
  check_refused(job.publish(), server, "self-signed");
}

TEST_CASE("a certificate that has expired, or is not valid yet") {
  const Authority authority;
  TlsServer expired(authority.issue({.from_day = -10, .to_day = -1}));
  Workspace late = expired.job(expired.url());
  check_refused(late.input("ca_cert", authority.text()).publish(), expired, "expired");
  TlsServer future(authority.issue({.from_day = 1, .to_day = 10}));
  Workspace early = future.job(future.url());
  check_refused(early.input("ca_cert", authority.text()).publish(), future, "not-yet-valid");
}

TEST_CASE("a certificate for another name") {
  const Authority authority;
  TlsServer server(authority.issue({.names = "DNS:git.example.org,DNS:*.example.org"}));
  Workspace job = server.job(server.url_by_name());
  job.input("ca_cert", authority.text());
  check_refused(job.publish(), server, "other-name");
  Workspace by_address = server.job(server.url());
  by_address.input("ca_cert", authority.text());
  check_refused(by_address.publish(), server, "other-address");
}

TEST_CASE("a certificate for an IP address is valid for that address only") {
  const Authority authority;
  TlsServer server(authority.issue({.names = "IP:127.0.0.1"}));
  Workspace by_name = server.job(server.url_by_name());
  check_refused(by_name.input("ca_cert", authority.text()).publish(), server, "other-name");
  Workspace job = server.job(server.url());
  check_published(job.input("ca_cert", authority.text()).publish(), server);
}

TEST_CASE("a server that only speaks TLS 1.0") {
  const Authority authority;
  TlsServer server(authority.issue(), {"--tls-max-version", "1.0"});
  Workspace job = server.job(server.url());
  check_refused(job.input("ca_cert", authority.text()).publish(), server, "tls-1.0", 1);
}

TEST_CASE("a server that speaks at most TLS 1.2 is accepted") {
  const Authority authority;
  TlsServer server(authority.issue(), {"--tls-max-version", "1.2"});
  Workspace job = server.job(server.url());
  check_published(job.input("ca_cert", authority.text()).publish(), server);
}

TEST_CASE("a port that speaks plain HTTP instead of https") {
  TlsServer server(self_signed());
  const std::string plain = support::replaced(server.plain().url(), "http:", "https:");
  Workspace job = server.job(plain);
  const Run run = job.publish();
  CHECK(run.status == 2);
  std::string log =
      support::replaced(network::settled_log(run, server), plain, "https://127.0.0.1:3001");
  log = support::replaced(log, server.plain().url(), "http://127.0.0.1:3001");
  support::check_golden("network/plain-http.txt", log);
}

TEST_CASE("a port that speaks TLS instead of plain http: the message says which address to set") {
  TlsServer server(self_signed());
  const std::string plain = support::replaced(server.url(), "https:", "http:");
  Workspace job = server.job(plain);
  const Run run = job.publish();
  CHECK(run.status == 2);
  support::check_golden(
      "network/https-expected.txt",
      support::replaced(network::settled_log(run, server), plain, "http://127.0.0.1:3000"));
  const Run doctor = job.run({"doctor"});
  INFO(doctor.log);
  CHECK(doctor.status == 2);
  CHECK(doctor.log.find("this port expects https. Set 'server_url' to " + server.url()) !=
        std::string::npos);
  CHECK(job.run({"notes"}).log.find("this port expects https") != std::string::npos);
  // The token was not sent, because the server was not identified.
  for (const auto& request : server.plain().requests()) {
    CHECK(request.headers.find("Authorization") == std::string::npos);
  }
}

TEST_CASE("ca_cert without a certificate is a mistake in the inputs") {
  TlsServer server(self_signed());
  Workspace text = server.job(server.url());
  text.input("ca_cert", "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
  check_refused(text.publish(), server, "ca-cert-empty");
  Workspace path = server.job(server.url());
  path.file("authority.der", std::string("\x30\x82\0\1", 4));
  check_refused(path.input("ca_cert", "authority.der").publish(), server, "ca-cert-empty");
  Workspace key = server.job(server.url());
  check_refused(key.input("ca_cert", self_signed().key).publish(), server, "ca-cert-empty");
}

TEST_CASE("a system bundle without certificates is named") {
  TlsServer server(self_signed());
  Workspace job = server.job(server.url());
  job.file("bundle.pem", "nothing");
  const std::string bundle = (job.path() / "bundle.pem").string();
  Run run = job.variable("SSL_CERT_FILE", bundle).publish();
  run.log = support::replaced(run.log, bundle, "/home/job/bundle.pem");
  check_refused(run, server, "bundle-unreadable");
}

TEST_CASE("with insecure: true nothing is verified, and a warning says so") {
  for (const Certificate& certificate :
       {self_signed(), Authority().issue({.names = "DNS:other.example.org"}),
        Authority().issue({.from_day = -10, .to_day = -1})}) {
    TlsServer server(certificate);
    Workspace job = server.job(server.url());
    const Run run = job.input("insecure", "true").publish();
    check_published(run, server);
    CHECK(run.log.find("::warning::insecure: TLS certificates are not verified") !=
          std::string::npos);
  }
}
