// SPDX-License-Identifier: MIT
#include "gitea/download.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/explain.hpp"
#include "gitea/redirect.hpp"

namespace gitea {
namespace {

constexpr int max_origins = 5;

Request request_for(const std::string& path, const std::function<Sink()>& sink, Resume* resume) {
  Request request(Operation::read_asset, path);
  request.from_root = true;
  request.accept = "application/octet-stream";  // otherwise GitHub sends a description of the asset
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

bool download_on(Http& http, const Server& server, const std::string& path,
                 const core::Asset& asset, Resume& resume, const std::function<Sink()>& sink) {
  if (asset.size > max_file) {
    throw core::Error(
        core::Fault::workflow,
        fmt::format("{} has {}; this program downloads at most {}", core::one_line(asset.name),
                    core::human_size(asset.size), core::human_size(max_file)),
        "Download it on a 64-bit system.");
  }
  constexpr int not_satisfiable = 416;
  const auto counted = [&]() -> Sink {
    if (!resume.continued) resume.offset = 0;
    return [&resume, &asset, take = sink()](std::string_view bytes) {
      if (bytes.size() > asset.size - resume.offset || !take(bytes)) return false;
      resume.offset += bytes.size();
      return true;
    };
  };
  for (;;) {
    const std::uint64_t before = resume.offset;
    const Answer answer = download(http, server, path, counted, &resume);
    if (is_success(answer)) return resume.offset == asset.size;
    if (answer.status == not_satisfiable && before > 0) {
      resume.offset = 0;
      continue;
    }
    if (answer.status >= 300 && answer.status < 500 && answer.status != 429) return false;
    if (answer.delivery == Delivery::unknown && resume.offset > before) continue;
    throw explain(fmt::format("reading {}", core::one_line(asset.name)),
                  Request(Operation::read_asset, path), answer, server);
  }
}

}  // namespace gitea
