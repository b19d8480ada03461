// SPDX-License-Identifier: MIT
#include "gitea/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/dates.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/explain.hpp"
#include "gitea/redirect.hpp"
#include "gitea/server_api.hpp"
#include "gitea/wire.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;

constexpr int max_pages = 1000;

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
  if (keeps_method(answer.status) && request.method != "GET") {
    resolve();
    request.path = path(below);
    answer = http_.send(request);
  } else if (answer.path != request.path && answer.delivery == Delivery::answered) {
    resolve();  // a GET was redirected to the new name of the repository
  }
  if (const auto time = core::parse_http_date(answer.date)) server_time_ = *time;
  return answer;
}

/// For a repository that has moved: reads its new name, which later requests use.
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
  for (int page = 1; list.items.size() < most; ++page) {
    const Request request(operation);
    const Answer answer =
        expect(asked, request, fmt::format("{}limit={}&page={}", below, page_size, page));
    const auto entries = parsed(asked, request, answer, elements);
    for (const core::Json& entry : entries) list.items.push_back(parse(entry));
    // A proxy may remove the header with the count; then an empty page ends the list.
    list.total = std::max<std::uint64_t>(answer.total_count.value_or(0), list.items.size());
    if (entries.empty() || (answer.total_count && list.items.size() >= list.total)) break;
  }
  return list;
}

std::optional<core::Release> Api::find_release(const std::string& tag) {
  const auto operation = has_slash(tag) ? Operation::find_slashed_release : Operation::find_release;
  try {
    return find(fmt::format("looking for the release {}", tag), operation,
                "/releases/tags/" + encoded(tag), parse_release);
  } catch (const Error& error) {
    // A proxy that decodes %2F turns such a tag into two path segments, which no endpoint matches.
    if (has_slash(tag) && error.reason == core::Reason::not_the_api) return find_in_list(tag);
    throw;
  }
}

std::optional<bool> Api::any_release(const std::string& filter,
                                     const std::function<bool(const core::Release&)>& wanted) {
  const std::string asked = "listing the releases";
  const auto elements = [](const core::Json& json) { return json.elements(); };
  for (int page = 1; page <= max_pages; ++page) {
    const auto releases =
        find(asked, Operation::list_releases,
             fmt::format("/releases?limit={}&page={}{}", page_size, page, filter), elements);
    if (!releases) return std::nullopt;
    if (releases->empty()) return false;
    for (const core::Json& release : *releases) {
      if (wanted(parse_release(release))) return true;
    }
  }
  throw Error(Fault::failed, fmt::format("{}: the list has more than {} pages", asked, max_pages),
              strange_answer);
}

std::optional<core::Release> Api::find_in_list(const std::string& tag) {
  std::optional<core::Release> found;
  any_release("", [&](const core::Release& release) {
    if (release.tag == tag) found = release;
    return found.has_value();
  });
  return found;
}

List<core::Release> Api::list_releases() {
  return list("listing the releases", Operation::list_releases, "/releases?", max_releases,
              parse_release);
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
  // As with releases, a proxy may have decoded %2F. In a query a slash is safe.
  const auto commits =
      find(asked, Operation::list_commits,
           "/commits?stat=false&files=false&verification=false&limit=1&sha=" + encoded(name),
           [](const core::Json& json) { return json.elements(); });
  if (!commits || commits->empty()) return std::nullopt;
  return parse_sha(commits->front());
}

List<core::Tag> Api::list_tags() {
  return list("listing the tags", Operation::list_tags, "/tags?", max_tags, parse_tag);
}

List<core::Release> Api::list_published() {
  return list("listing the releases", Operation::list_releases, "/releases?draft=false&",
              max_releases, parse_listed_release);
}

List<core::Commit> Api::list_commits(const std::string& sha, const std::string& without) {
  std::string below =
      "/commits?stat=false&files=false&verification=false&sha=" + encoded(sha) + "&";
  if (!without.empty()) below += "not=" + encoded(without) + "&";
  return list(fmt::format("listing the commits of {}", sha), Operation::list_commits, below,
              max_commits, parse_commit);
}

std::optional<RepositoryInfo> Api::find_repository() {
  return find("reading the repository", Operation::find_repository, "", parse_repository);
}

std::string Api::version() {
  const Request request = version_request();
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) return {};
  return parsed("reading the server's version", request, answer,
                [](const core::Json& json) { return json.string("version"); });
}

std::optional<std::vector<core::TagProtection>> Api::tag_protections() {
  return find("listing the protected tags", Operation::list_tag_protections, "/tag_protections",
              parse_tag_protections);
}

std::string Api::user() {
  const std::string asked = "reading the token's user";
  const Request request(Operation::find_user, "/user");
  const Answer answer = http_.send(request);
  if (classify(request.operation, answer).verdict != Verdict::success) return {};
  return parsed(asked, request, answer,
                [](const core::Json& json) { return json.string("login"); });
}

void Api::check_write_access() {
  Request request(Operation::probe_access);
  request.json = "{}";
  expect("checking for write access", request, "/releases");
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

void Api::delete_release(std::uint64_t release, const std::string& tag) {
  ask(fmt::format("deleting the release {}", tag), Request(Operation::delete_release),
      fmt::format("/releases/{}", release));
}

void Api::delete_tag(const std::string& tag) {
  ask(fmt::format("deleting the tag {}", tag), Request(Operation::delete_tag),
      "/tags/" + encoded(tag));
}

}  // namespace gitea
