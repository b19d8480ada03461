// SPDX-License-Identifier: MIT
#include "gitea/download.hpp"

#include <utility>

#include "gitea/redirect.hpp"

namespace gitea {
namespace {

constexpr int max_origins = 3;

Request request_for(const std::string& path, const std::function<Sink()>& sink, Resume* resume) {
  Request request(Operation::read_asset, path);
  request.from_root = true;
  request.sink = sink;
  request.resume = resume;
  return request;
}

bool is_success(const Answer& answer) { return answer.status == 200 || answer.status == 206; }

}  // namespace

Answer download(Http& http, const Server& server, const std::string& path,
                const std::function<Sink()>& sink, Resume* resume) {
  Answer answer = http.send(request_for(path, sink, resume));
  Url from = server.api;
  for (int i = 0; is_redirect(answer) && i < max_origins; ++i) {
    const auto place = other_origin(answer.location, from);
    if (!place) break;
    const Server store = server.elsewhere(place->origin);
    Answer stored = Http(store).send(request_for(place->path, sink, resume));
    if (!is_success(stored) && !is_redirect(stored)) break;
    from = place->origin;
    answer = std::move(stored);
  }
  return answer;
}

}  // namespace gitea
