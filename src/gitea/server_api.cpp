// SPDX-License-Identifier: MIT
#include "gitea/server_api.hpp"

#include <algorithm>
#include <chrono>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "gitea/classify.hpp"
#include "gitea/explain.hpp"

namespace gitea {

Request version_request() { return Request(Operation::read_version, "/version"); }

bool speaks_tls(Server server) {
  constexpr std::chrono::seconds patience{5};
  server.api.tls = true;
  server.token = core::Token();
  server.insecure = true;
  server.retries = 0;
  server.deadline = std::min(server.deadline, std::chrono::steady_clock::now() + patience);
  return Http(server).send(version_request()).delivery == Delivery::answered;
}

ServerInfo ServerApi::info() {
  const std::string asked = "asking for the version";
  const Request request = version_request();
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) {
    throw explain(asked, request, answer, server_);
  }
  return core::within(asked, [&]() -> ServerInfo {
    return {core::Json::parse(answer.body).string("version"), answer.date};
  });
}

bool ServerApi::takes_attachments() {
  const Request request(Operation::read_settings, "/settings/attachment");
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) return true;
  return core::within("reading the attachment settings",
                      [&] { return core::Json::parse(answer.body).boolean("enabled"); });
}

}  // namespace gitea
