// SPDX-License-Identifier: MIT
#include "routes.hpp"

#include <set>

#include "admission.hpp"
#include "endpoints.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

struct Route {
  std::string_view method;
  std::string_view pattern;  // below /api/v1/; ":" matches a segment, "*" the rest
  Need need;
  Response (*endpoint)(Call&);
};

constexpr Route routes[] = {
    {"GET", "version", Need::nothing, show_version},
    {"GET", "settings/api", Need::nothing, show_api_settings},
    {"GET", "settings/attachment", Need::nothing, show_attachment_settings},
    {"GET", "settings/repository", Need::nothing, show_repository_settings},
    {"GET", "user", Need::user, show_current_user},
    {"POST", "user/repos", Need::new_repository, create_repository},
    {"GET", "packages/:", Need::packages, list_packages},
    {"POST", "packages/:/:/:/-/link/:", Need::edit_packages, link_package},
    {"GET", "repos/:/:", Need::repository, show_one_repository},
    {"PATCH", "repos/:/:", Need::administer, edit_repository},
    {"DELETE", "repos/:/:", Need::own, delete_repository},
    {"GET", "repos/:/:/branches/*", Need::code, show_branch},
    {"GET", "repos/:/:/commits", Need::code, list_commits},
    {"POST", "repos/:/:/contents/*", Need::edit_code, create_file},
    {"GET", "repos/:/:/git/commits/:", Need::code, show_git_commit},
    {"GET", "repos/:/:/git/refs/*", Need::code, show_git_refs},
    {"GET", "repos/:/:/issues", Need::pulls, list_issues},
    {"GET", "repos/:/:/pulls", Need::pulls, list_pulls},
    {"GET", "repos/:/:/tags", Need::code, list_tags},
    {"POST", "repos/:/:/tags", Need::edit_code, create_tag},
    {"GET", "repos/:/:/tags/*", Need::code, show_one_tag},
    {"DELETE", "repos/:/:/tags/*", Need::edit_code, delete_tag},
    {"GET", "repos/:/:/tag_protections", Need::administer, list_protections},
    {"POST", "repos/:/:/tag_protections", Need::administer, create_protection},
    {"GET", "repos/:/:/releases", Need::releases, list_releases},
    {"POST", "repos/:/:/releases", Need::edit_releases, create_release},
    {"GET", "repos/:/:/releases/latest", Need::releases, show_latest_release},
    {"GET", "repos/:/:/releases/tags/:", Need::releases, show_release_by_tag},
    {"DELETE", "repos/:/:/releases/tags/:", Need::edit_releases, delete_release_by_tag},
    {"GET", "repos/:/:/releases/:", Need::releases, show_release_by_id},
    {"PATCH", "repos/:/:/releases/:", Need::edit_releases, edit_release},
    {"DELETE", "repos/:/:/releases/:", Need::edit_releases, delete_release_by_id},
    {"GET", "repos/:/:/releases/:/assets", Need::releases, list_assets},
    {"POST", "repos/:/:/releases/:/assets", Need::edit_releases, upload_asset},
    {"GET", "repos/:/:/releases/:/assets/:", Need::releases, show_one_asset},
    {"PATCH", "repos/:/:/releases/:/assets/:", Need::edit_releases, rename_asset},
    {"DELETE", "repos/:/:/releases/:/assets/:", Need::edit_releases, delete_asset},
};

bool matches(std::string_view pattern, const std::vector<std::string>& path,
             std::vector<std::string>& arguments) {
  arguments.clear();
  const auto parts = split(pattern, '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i >= path.size()) return false;
    if (parts[i] == "*") {
      std::string rest = percent_decode(path[i]);
      for (std::size_t k = i + 1; k < path.size(); ++k) rest += "/" + percent_decode(path[k]);
      arguments.push_back(std::move(rest));
      return true;
    }
    if (parts[i] == ":") {
      arguments.push_back(percent_decode(path[i]));
    } else if (parts[i] != path[i]) {
      return false;
    }
  }
  return parts.size() == path.size();
}

// Gitea's router names only one allowed method, and which one varies.
Response wrong_method(const Call& call, const std::set<std::string_view>& known) {
  std::string_view allowed = "GET";
  if (known.contains("POST")) allowed = "POST";
  if (known.contains("DELETE")) allowed = "DELETE";
  if (known.size() == 3) allowed = call.profile().allow_of_three;
  Response response;
  response.status = 405;
  response.headers.add("Allow", std::string(allowed));
  return response;
}

const Route* find_route(Call& call, std::set<std::string_view>& known) {
  const auto path =
      split(std::string_view(call.request.path).substr(std::string_view("/api/v1/").size()), '/');
  std::string_view method = call.request.method;
  if (method == "HEAD" && call.profile().head_is_get) method = "GET";
  std::vector<std::string> arguments;
  const Route* found = nullptr;
  std::string_view pattern;
  for (const Route& route : routes) {
    if (contains(route.pattern, "tag_protections") && !call.profile().tag_protections) continue;
    if (contains(route.pattern, "-/link") && !call.profile().package_links) continue;
    // The first pattern that matches the path is used; fixed words come before variables.
    if (!pattern.empty() && route.pattern != pattern) continue;
    if (!matches(route.pattern, path, arguments)) continue;
    pattern = route.pattern;
    known.insert(route.method);
    if (route.method != method) continue;
    found = &route;
    call.arguments = arguments;
  }
  return found;
}

Response answer(Call& call) {
  const std::string_view path = call.request.path;
  if (call.profile().forgejo && path == "/api/forgejo/v1/version") {
    return show_forgejo_version(call);
  }
  std::set<std::string_view> known;
  const Route* route = path.starts_with("/api/v1/") ? find_route(call, known) : nullptr;
  if (route == nullptr) {
    return known.empty() ? text_answer(404, "404 page not found") : wrong_method(call, known);
  }
  bool by_query = false;
  Response response;
  try {
    by_query = admit(call, route->need);
    response = route->endpoint(call);
  } catch (Refusal& refusal) {
    response = std::move(refusal.response);
  } catch (const BodyBroken& error) {
    response = server_error_answer(call.world, call.identity, error.what());
  }
  if (by_query && call.profile().warns_of_query_token) {
    response.headers.add("X-Gitea-Warning", "authentication by query parameter is deprecated");
  }
  return response;
}

}  // namespace

Response serve_api(Call& call) {
  Response response = answer(call);
  response.headers.set("Cache-Control", "max-age=0, private, must-revalidate, no-transform");
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("X-Frame-Options", "SAMEORIGIN");
  return response;
}

}  // namespace sandbox
