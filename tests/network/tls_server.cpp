// SPDX-License-Identifier: MIT
#include "network/tls_server.hpp"

#include "support/golden.hpp"

namespace network {

TlsServer::TlsServer(const Certificate& certificate, const std::vector<std::string>& more) {
  std::vector<std::string> options = {"--tls-cert",
                                      directory_.write("server.pem", certificate.text),  //
                                      "--tls-key", directory_.write("server.key", certificate.key)};
  options.insert(options.end(), more.begin(), more.end());
  server_ = std::make_unique<support::Server>("", options);
  server_->needs_sandbox();
  server_->create_tag("v1.0.0");
}

std::string TlsServer::url_by_name() const {
  return support::replaced(url(), "127.0.0.1", "localhost");
}

support::Workspace TlsServer::job(const std::string& url) {
  support::Workspace job(*server_, "v1.0.0");
  job.variable("GITHUB_SERVER_URL", url).variable("GITHUB_API_URL", url + "/api/v1");
  job.variable("GITHUB_SHA", server_->commit());
  job.file("a.txt", "a");
  job.input("files", "a.txt").input("retries", "1");
  server_->forget_requests();
  return job;
}

std::string settled_log(const support::Run& run, TlsServer& server) {
  const std::string port = server.url().substr(server.url().rfind(':'));
  return support::replaced(support::replaced(run.log, port, ":3000"), server.plain().repository(),
                           "owner/app");
}

}  // namespace network
