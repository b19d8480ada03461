// SPDX-License-Identifier: MIT
#include "gitea/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/dates.hpp"
#include "core/error.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/download.hpp"
#include "gitea/explain.hpp"
#include "gitea/multipart.hpp"
#include "gitea/wire.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;

constexpr int most_pages = 1000;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 307 || status == 308;
}

template <typename Parse>
auto parsed(const std::string& asked, const Request& request, const Answer& answer, Parse parse) {
  try {
    return parse(core::Json::parse(answer.body));
  } catch (const Error& error) {
    throw unreadable(asked, request, error);
  }
}

bool has_slash(const std::string& name) { return name.find('/') != std::string::npos; }

}  // namespace

Api::Api(const Server& server, Repository repository)
    : server_(server), repository_(std::move(repository)), http_(server) {}

std::string Api::path(const std::string& below) const {
  return "/repos/" + encoded(repository_.owner) + "/" + encoded(repository_.name) + below;
}

Answer Api::send(Request request, const std::string& below) {
  request.path = path(below);
  Answer answer = http_.send(request);
  if (is_redirect(answer.status) && request.method != "GET") {
    resolve();
    request.path = path(below);
    answer = http_.send(request);
  } else if (answer.path != request.path && answer.delivery == Delivery::answered) {
    resolve();  // a GET was led to the repository's new place
  }
  if (const auto time = core::parse_http_date(answer.date)) server_time_ = *time;
  return answer;
}

/// A repository that has moved: asks for its name once, and goes on there.
void Api::resolve() {
  const std::string asked = "finding the repository";
  const Request request(Operation::find_repository, path(""));
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) {
    throw explain(asked, request, answer, server_);
  }
  const auto name = [](const core::Json& json) { return json.string("full_name"); };
  const std::string full = parsed(asked, request, answer, name);
  const auto slash = full.find('/');
  if (slash == std::string::npos || full == repository_.full()) return;
  repository_ = {full.substr(0, slash), full.substr(slash + 1)};
  moved_ = true;
}

std::optional<Answer> Api::ask(const std::string& asked, const Request& request,
                               const std::string& below) {
  Answer answer = send(request, below);
  switch (classify(request.operation, answer).verdict) {
    case Verdict::success:
      return answer;
    case Verdict::absent:
      return std::nullopt;
    default:
      throw explain(asked, request, answer, server_);
  }
}

Answer Api::expect(const std::string& asked, const Request& request, const std::string& below) {
  Answer answer = send(request, below);
  if (classify(request.operation, answer).verdict == Verdict::success) return answer;
  throw explain(asked, request, answer, server_);
}

template <typename Parse>
auto Api::find(const std::string& asked, Operation operation, const std::string& below, Parse parse)
    -> std::optional<decltype(parse(std::declval<const core::Json&>()))> {
  const Request request(operation);
  const auto answer = ask(asked, request, below);
  if (!answer) return std::nullopt;
  return parsed(asked, request, *answer, parse);
}

template <typename Noun>
List<Noun> Api::list(const std::string& asked, Operation operation, const std::string& below,
                     std::size_t most, Noun (*parse)(const core::Json&)) {
  const auto elements = [](const core::Json& json) { return json.elements(); };
  List<Noun> list;
  for (int page = 1; list.entries.size() < most; ++page) {
    const Request request(operation);
    const Answer answer =
        expect(asked, request, fmt::format("{}limit={}&page={}", below, page_size, page));
    const auto entries = parsed(asked, request, answer, elements);
    for (const core::Json& entry : entries) list.entries.push_back(parse(entry));
    // A proxy may take the count away; then the list ends with an empty page.
    list.total = std::max<std::uint64_t>(answer.total_count.value_or(0), list.entries.size());
    if (entries.empty() || (answer.total_count && list.entries.size() >= list.total)) break;
  }
  return list;
}

std::optional<core::Release> Api::find_release(const std::string& tag) {
  const auto operation = has_slash(tag) ? Operation::find_slashed_release : Operation::find_release;
  try {
    return find(fmt::format("looking for the release {}", tag), operation,
                "/releases/tags/" + encoded(tag), parse_release);
  } catch (const Error& error) {
    // A proxy that decodes %2F makes two segments of such a tag, and a path that no API has.
    if (has_slash(tag) && error.reason == core::Reason::not_the_api) return find_in_list(tag);
    throw;
  }
}

std::optional<bool> Api::any_release(const std::string& filter,
                                     const std::function<bool(const core::Release&)>& wanted) {
  const std::string asked = "listing the releases";
  const auto elements = [](const core::Json& json) { return json.elements(); };
  for (int page = 1; page <= most_pages; ++page) {
    const auto releases =
        find(asked, Operation::list_releases,
             fmt::format("/releases?limit={}&page={}{}", page_size, page, filter), elements);
    if (!releases) return std::nullopt;
    if (releases->empty()) return false;
    for (const core::Json& release : *releases) {
      if (wanted(parse_release(release))) return true;
    }
  }
  throw Error(Fault::failed, fmt::format("{}: the list does not end", asked), strange_answer);
}

std::optional<core::Release> Api::find_in_list(const std::string& tag) {
  std::optional<core::Release> found;
  any_release("", [&](const core::Release& release) {
    if (release.tag == tag) found = release;
    return found.has_value();
  });
  return found;
}

std::optional<bool> Api::any_published(const std::function<bool(const core::Release&)>& wanted) {
  return any_release("&draft=false&pre-release=false", wanted);
}

std::optional<core::Tag> Api::find_tag(const std::string& tag) {
  return find(fmt::format("looking for the tag {}", tag), Operation::find_tag,
              "/tags/" + encoded(tag), parse_tag);
}

std::optional<std::string> Api::find_commit(const std::string& name) {
  const std::string asked = fmt::format("looking for the commit {}", name);
  if (!has_slash(name)) {
    return find(asked, Operation::find_commit, "/git/commits/" + encoded(name), parse_sha);
  }
  try {
    return find(asked, Operation::find_slashed_commit, "/git/commits/" + encoded(name), parse_sha);
  } catch (const Error& error) {
    if (error.reason != core::Reason::not_the_api) throw;
  }
  // As with a release: in a query a slash is safe.
  const auto commits =
      find(asked, Operation::list_commits,
           "/commits?stat=false&files=false&verification=false&limit=1&sha=" + encoded(name),
           [](const core::Json& json) { return json.elements(); });
  if (!commits || commits->empty()) return std::nullopt;
  return parse_sha(commits->front());
}

List<core::Tag> Api::list_tags() {
  return list("listing the tags", Operation::list_tags, "/tags?", most_tags, parse_tag);
}

List<core::Commit> Api::list_commits(const std::string& sha, const std::string& without) {
  std::string below =
      "/commits?stat=false&files=false&verification=false&sha=" + encoded(sha) + "&";
  if (!without.empty()) below += "not=" + encoded(without) + "&";
  return list(fmt::format("listing the commits of {}", sha), Operation::list_commits, below,
              most_commits, parse_commit);
}

std::optional<RepositoryInfo> Api::find_repository() {
  return find("looking at the repository", Operation::find_repository, "", parse_repository);
}

std::string Api::version() {
  const Request request(Operation::read_version, "/version");
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) return {};
  return parsed("asking for the version", request, answer,
                [](const core::Json& json) { return json.string("version"); });
}

std::optional<std::vector<core::TagProtection>> Api::tag_protections() {
  return find("looking at the protected tags", Operation::list_tag_protections, "/tag_protections",
              parse_tag_protections);
}

std::string Api::user() {
  const std::string asked = "looking at the token's user";
  const Request request(Operation::find_user, "/user");
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) return {};
  return parsed(asked, request, answer,
                [](const core::Json& json) { return json.string("login"); });
}

void Api::check_write_access() {
  Request request(Operation::probe_access);
  request.json = "{}";
  expect("asking for write access", request, "/releases");
}

void Api::create_tag(const core::CreateTag& create) {
  Request request(Operation::create_tag);
  request.json = render(create);
  expect(fmt::format("creating the tag {}", create.tag), request, "/tags");
}

core::Release Api::create_release(const core::CreateRelease& create) {
  const std::string asked = fmt::format("creating the release {}", create.tag);
  Request request(Operation::create_release);
  request.json = render(create);
  request.notes = create.body.size();
  return parsed(asked, request, expect(asked, request, "/releases"), parse_release);
}

core::Release Api::edit_release(std::uint64_t release, const core::EditRelease& edit) {
  const bool publishes = edit.draft == false;
  const std::string asked = publishes ? "publishing the release" : "editing the release";
  Request request(publishes ? Operation::publish_release : Operation::edit_release);
  request.json = render(edit);
  request.notes = edit.body ? edit.body->size() : 0;
  const Answer answer = expect(asked, request, fmt::format("/releases/{}", release));
  return parsed(asked, request, answer, parse_release);
}

core::Asset Api::upload_asset(std::uint64_t release, const std::string& name,
                              const core::Source& file, Encoding encoding) {
  const std::string asked = fmt::format("uploading {}", core::one_line(name));
  Request request(Operation::upload_asset);
  request.file_name = name;
  request.file_size = file.size;
  // The library leaves a semicolon bare in a query, which servers in Go take for no query at all.
  const bool named_by_form = name.find(';') != std::string::npos;
  if (encoding == Encoding::raw && !named_by_form) {
    request.upload = file;
    request.content_type = "application/octet-stream";
  } else {
    const Form form = multipart(file, named_by_form ? name : "");
    request.upload = form.body;
    request.content_type = form.content_type;
  }
  const std::string query = named_by_form ? "" : "?name=" + encoded(name);
  const Answer answer =
      expect(asked, request, fmt::format("/releases/{}/assets{}", release, query));
  return parsed(asked, request, answer, parse_asset);
}

void Api::delete_asset(std::uint64_t release, std::uint64_t asset) {
  ask(fmt::format("deleting the asset {}", asset), Request(Operation::delete_asset),
      fmt::format("/releases/{}/assets/{}", release, asset));
}

/// Whether all of it went into the sink.
bool Api::read_asset(const core::Asset& asset, const std::function<Sink()>& sink) {
  if (!is_uuid(asset.uuid)) return false;
  std::uint64_t size = 0;
  const auto counted = [&]() -> Sink {
    size = 0;
    return [&size, &asset, take = sink()](std::string_view bytes) {
      size += bytes.size();
      return size <= asset.size && take(bytes);
    };
  };
  const std::string path = "/attachments/" + asset.uuid;
  const Answer answer = download(http_, server_, path, counted);
  if (answer.status == 200) return size == asset.size;
  if (answer.status >= 300 && answer.status < 500 && answer.status != 429) return false;
  throw explain(fmt::format("reading {}", core::one_line(asset.name)),
                Request(Operation::read_asset, path), answer, server_);
}

std::optional<core::Digest> Api::digest_of_asset(const core::Asset& asset) {
  std::optional<core::Hash> hash;
  const auto open = [&hash]() -> Sink {
    hash.emplace();
    return [&hash](std::string_view bytes) {
      hash->update(bytes);
      return true;
    };
  };
  if (!read_asset(asset, open)) return std::nullopt;
  if (!hash) hash.emplace();  // of an answer without a body
  return hash->digest();
}

std::optional<std::string> Api::content_of_asset(const core::Asset& asset, std::uint64_t limit) {
  if (asset.size > limit) return std::nullopt;
  std::string content;
  const auto open = [&content]() -> Sink {
    content.clear();
    return [&content](std::string_view bytes) {
      content += bytes;
      return true;
    };
  };
  if (!read_asset(asset, open)) return std::nullopt;
  return content;
}

}  // namespace gitea
