// SPDX-License-Identifier: MIT
#include "gitea/api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/dates.hpp"
#include "core/error.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "gitea/download.hpp"
#include "gitea/explain.hpp"
#include "gitea/message.hpp"
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

/// A write that was carried out, but whose answer cannot be read, is as good as not answered.
template <typename Parse>
auto parsed(const std::string& doing, const Answer& answer, Parse parse, Fault fault) {
  try {
    return parse(core::Json::parse(answer.body));
  } catch (Error& error) {
    throw Error(fault, doing + ": " + error.message,
                "A proxy between the runner and the server may have changed its answer.");
  }
}

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
  const Request request = reading(path(""));
  const Answer answer = http_.send(request);
  if (answer.status != 200) throw explain("finding the repository", request, answer, server_);
  const std::string full = parsed(
      "finding the repository", answer,
      [](const core::Json& json) { return json.string("full_name"); }, Fault::failed);
  const auto slash = full.find('/');
  if (slash == std::string::npos || full == repository_.full()) return;
  repository_ = {full.substr(0, slash), full.substr(slash + 1)};
  moved_ = true;
}

Answer Api::expect(const std::string& doing, Request request, const std::string& below,
                   int status) {
  Answer answer = send(request, below);
  if (answer.status == status) return answer;
  request.path = path(below);
  Error error = explain(doing, request, answer, server_);
  // Old servers answer 401 to a broken multipart body, with a perfectly good token (Gitea 1.22,
  // Forgejo 7): it was accepted when the release was looked for, and the next look asks it again.
  if (answer.status == 401 && request.upload) error.fault = Fault::uncertain;
  throw error;
}

std::optional<core::Json> Api::find(const std::string& doing, const std::string& below) {
  const Request request = reading();
  const Answer answer = send(request, below);
  if (answer.status == 404) return std::nullopt;
  return read(doing, request, answer);
}

core::Json Api::read(const std::string& doing, const Request& request, const Answer& answer) {
  if (answer.status != 200) throw explain(doing, request, answer, server_);
  try {
    return core::Json::parse(answer.body);
  } catch (const Error& error) {
    throw answer.content_type.find("html") != std::string::npos
        ? explain(doing, request, answer, server_)
        : Error(Fault::failed, doing + ": " + error.message, strange_answer);
  }
}

template <typename Noun>
List<Noun> Api::list(const std::string& doing, const std::string& below, std::size_t most,
                     Noun (*parse)(const core::Json&)) {
  List<Noun> list;
  for (int page = 1; list.entries.size() < most; ++page) {
    Request request = reading();
    const Answer answer = send(request, fmt::format("{}limit={}&page={}", below, page_size, page));
    request.path = path(below);
    const auto entries = read(doing, request, answer).elements();
    for (const core::Json& entry : entries) list.entries.push_back(parse(entry));
    // A proxy may take the count away; then the list ends with an empty page.
    list.total = std::max<std::uint64_t>(answer.total_count.value_or(0), list.entries.size());
    if (entries.empty() || (answer.total_count && list.entries.size() >= list.total)) break;
  }
  return list;
}

std::optional<core::Release> Api::find_release(const std::string& tag) {
  const std::string doing = fmt::format("looking for the release {}", tag);
  const Request request = reading();
  const Answer answer = send(request, "/releases/tags/" + encoded(tag));
  if (answer.status == 404) {
    // A proxy that decodes %2F makes two segments of such a tag, and a path that no API has.
    const bool proxied = tag.find('/') != std::string::npos && !is_json(answer);
    return proxied ? find_in_list(tag) : std::nullopt;
  }
  if (answer.status != 200) throw explain(doing, request, answer, server_);
  if (!is_json(answer)) throw explain(doing, request, answer, server_);
  return parsed(doing, answer, parse_release, Fault::failed);
}

std::optional<bool> Api::any_release(const std::string& filter,
                                     const std::function<bool(const core::Release&)>& wanted) {
  const std::string doing = "listing the releases";
  for (int page = 1; page <= most_pages; ++page) {
    const auto json =
        find(doing, fmt::format("/releases?limit={}&page={}{}", page_size, page, filter));
    if (!json) return std::nullopt;
    const auto releases = json->elements();
    if (releases.empty()) return false;
    for (const core::Json& release : releases) {
      if (wanted(parse_release(release))) return true;
    }
  }
  throw Error(Fault::failed, fmt::format("{}: the list does not end", doing), strange_answer);
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
  const std::string doing = fmt::format("looking for the tag {}", tag);
  const auto json = find(doing, "/tags/" + encoded(tag));
  if (!json) return std::nullopt;
  return core::within(doing, [&] { return parse_tag(*json); });
}

std::optional<std::string> Api::find_commit(const std::string& name) {
  const auto json =
      find(fmt::format("looking for the commit {}", name), "/git/commits/" + encoded(name));
  return json ? std::optional(json->string("sha")) : std::nullopt;
}

List<core::Tag> Api::list_tags() {
  return list("listing the tags", "/tags?", most_tags, parse_tag);
}

List<core::Commit> Api::list_commits(const std::string& sha, const std::string& without) {
  std::string below =
      "/commits?stat=false&files=false&verification=false&sha=" + encoded(sha) + "&";
  if (!without.empty()) below += "not=" + encoded(without) + "&";
  return list(fmt::format("listing the commits of {}", sha), below, most_commits, parse_commit);
}

std::optional<RepositoryInfo> Api::find_repository() {
  const auto json = find("looking at the repository", "");
  if (!json) return std::nullopt;
  RepositoryInfo info;
  info.default_branch = json->string("default_branch");
  info.archived = json->boolean("archived");
  info.empty = json->boolean("empty");
  if (json->has("has_releases")) info.has_releases = json->boolean("has_releases");
  if (json->has("permissions")) info.may_push = json->object("permissions").boolean("push");
  return info;
}

std::string Api::version() {
  const Answer answer = http_.send(reading("/version"));
  if (answer.status != 200 || !is_json(answer)) return {};
  return parsed(
      "asking for the version", answer,
      [](const core::Json& json) { return json.string("version"); }, Fault::failed);
}

std::optional<std::vector<std::string>> Api::protected_tags() {
  const std::string doing = "looking at the protected tags";
  const Request request = reading();
  const Answer answer = send(request, "/tag_protections");
  if (answer.status == 403 || answer.status == 404) return std::nullopt;
  if (answer.status != 200) throw explain(doing, request, answer, server_);
  std::vector<std::string> patterns;
  const auto elements = [](const core::Json& json) { return json.elements(); };
  for (const core::Json& one : parsed(doing, answer, elements, Fault::failed)) {
    patterns.push_back(one.string("name_pattern"));
  }
  return patterns;
}

void Api::check_write_access() {
  Request request;
  request.method = "POST";
  request.json = "{}";
  expect("asking for write access", request, "/releases", 422);
}

void Api::create_tag(const core::CreateTag& create) {
  Request request;
  request.method = "POST";
  request.json = render(create);
  expect(fmt::format("creating the tag {}", create.tag), request, "/tags", 201);
}

core::Release Api::create_release(const core::CreateRelease& create) {
  const std::string doing = fmt::format("creating the release {}", create.tag);
  Request request;
  request.method = "POST";
  request.json = render(create);
  const Answer answer = expect(doing, request, "/releases", 201);
  return parsed(doing, answer, parse_release, Fault::uncertain);
}

core::Release Api::edit_release(std::uint64_t release, const core::EditRelease& edit) {
  const std::string doing = edit.draft == false ? "publishing the release" : "editing the release";
  Request request;
  request.method = "PATCH";
  request.json = render(edit);
  const Answer answer = expect(doing, request, fmt::format("/releases/{}", release), 200);
  return parsed(doing, answer, parse_release, Fault::uncertain);
}

core::Asset Api::upload_asset(std::uint64_t release, const std::string& name,
                              const core::Source& file, Encoding encoding) {
  const std::string doing = fmt::format("uploading {}", core::one_line(name));
  Request request;
  request.method = "POST";
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
      expect(doing, request, fmt::format("/releases/{}/assets{}", release, query), 201);
  return parsed(doing, answer, parse_asset, Fault::uncertain);
}

void Api::delete_asset(std::uint64_t release, std::uint64_t asset) {
  const std::string below = fmt::format("/releases/{}/assets/{}", release, asset);
  Request request;
  request.method = "DELETE";
  const Answer answer = send(request, below);
  if (answer.status == 204 || answer.status == 404) return;
  throw explain(fmt::format("deleting the asset {}", asset), request, answer, server_);
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
  throw explain(fmt::format("reading {}", core::one_line(asset.name)), reading(path), answer,
                server_);
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
