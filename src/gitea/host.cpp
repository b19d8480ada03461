// SPDX-License-Identifier: MIT
#include "gitea/host.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "gitea/explain.hpp"
#include "gitea/message.hpp"

namespace gitea {

HostInfo Host::info() {
  const Request request = reading("/version");
  const std::string doing = "asking for the version";
  const Answer answer = http_.send(request);
  if (answer.status != 200 || !is_json(answer)) throw explain(doing, request, answer, server_);
  return core::within(doing, [&]() -> HostInfo {
    return {core::Json::parse(answer.body).string("version"), answer.date};
  });
}

bool Host::takes_attachments() {
  const Answer answer = http_.send(reading("/settings/attachment"));
  if (answer.status != 200 || !is_json(answer)) return true;
  return core::within("asking for the limits of attachments",
                      [&] { return core::Json::parse(answer.body).boolean("enabled"); });
}

}  // namespace gitea
