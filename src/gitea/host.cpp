// SPDX-License-Identifier: MIT
#include "gitea/host.hpp"

#include <algorithm>
#include <chrono>

#include "core/error.hpp"
#include "core/json.hpp"
#include "gitea/classify.hpp"
#include "gitea/explain.hpp"

namespace gitea {

bool speaks_tls(Server server) {
  constexpr std::chrono::seconds patience{5};
  server.api.tls = true;
  server.token = Token();
  server.insecure = true;
  server.retries = 0;
  server.deadline = std::min(server.deadline, std::chrono::steady_clock::now() + patience);
  return Http(server).send(Request(Operation::read_version, "/version")).delivery ==
         Delivery::answered;
}

HostInfo Host::info() {
  const std::string asked = "asking for the version";
  const Request request(Operation::read_version, "/version");
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) {
    throw explain(asked, request, answer, server_);
  }
  return core::within(asked, [&]() -> HostInfo {
    return {core::Json::parse(answer.body).string("version"), answer.date};
  });
}

bool Host::takes_attachments() {
  const Request request(Operation::read_settings, "/settings/attachment");
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) return true;
  return core::within("asking for the limits of attachments",
                      [&] { return core::Json::parse(answer.body).boolean("enabled"); });
}

}  // namespace gitea
