// SPDX-License-Identifier: MIT
#include "gitea/download.hpp"

#include <utility>

#include "gitea/redirect.hpp"

namespace gitea {
namespace {

constexpr int most_origins = 3;

Request request_for(const std::string& path, const std::function<Sink()>& sink) {
  Request request(Operation::read_asset, path);
  request.from_root = true;
  request.sink = sink;
  return request;
}

}  // namespace

Answer download(Http& http, const Server& server, const std::string& path,
                const std::function<Sink()>& sink) {
  Answer answer = http.send(request_for(path, sink));
  Url from = server.api;
  for (int i = 0; is_redirect(answer) && i < most_origins; ++i) {
    const auto place = other_origin(answer.location, from);
    if (!place) break;
    const Server store = server.elsewhere(place->origin);
    Answer stored = Http(store).send(request_for(place->path, sink));
    if (stored.status != 200 && !is_redirect(stored)) break;
    from = place->origin;
    answer = std::move(stored);
  }
  return answer;
}

}  // namespace gitea
