// SPDX-License-Identifier: MIT
#include "admission.hpp"

#include "text.hpp"

namespace sandbox {

namespace {

// Searching a form for a token consumes the first 10 MiB and one byte of its body.
void lose_form_body(Call& call) {
  if (contains(lower(call.request.content_type()), "application/x-www-form-urlencoded")) {
    call.body.drain((std::uint64_t{10} << 20U) + 1);
  }
}

std::string refused_text(const Call& call, const Authentication& authentication) {
  switch (call.profile().bad_token) {
    case Profile::BadToken::invalid:
      return "invalid username, password or token";
    case Profile::BadToken::no_user:
      return "user does not exist [uid: 0, name: " + authentication.refused_name + "]";
    case Profile::BadToken::echo:
      return "access token does not exist [sha: " + authentication.refused_secret + "]";
  }
  return {};
}

Response without_url(int status, std::string_view message) {
  return json_answer(status, Json::object({{"message", message}}));
}

bool sign_in(Call& call) {
  bool by_query = false;
  bool signin = false;
  {
    const auto guard = call.world.lock();
    const Authentication authentication = authenticate(call.world, call.request);
    if (authentication.refused) call.refuse(401, refused_text(call, authentication));
    call.identity = authentication.identity;
    by_query = authentication.by_query;
    signin = call.world.settings.require_signin;
  }
  // "Last used" of the token is written; if the database is busy for too long, it is not.
  if (call.identity.by_personal_token) call.world.begin_write();
  if (signin && !call.identity.signed_in()) {
    throw Refusal{without_url(403, "Only signed in user is allowed to call APIs.")};
  }
  if (call.identity.user.prohibited) {
    throw Refusal{without_url(403,
                              "This account is prohibited from signing in, please contact your "
                              "site administrator.")};
  }
  if (call.identity.user.must_change_password) {
    throw Refusal{without_url(403, "You must change your password. Change it at: " +
                                       call.world.root_url + "/user/change_password")};
  }
  return by_query;
}

// Gitea parses a multipart POST before it authenticates the sender.
void read_form_first(Call& call) {
  const bool is_form = contains(lower(call.request.content_type()), "multipart/form-data");
  if (!is_form || call.request.method != "POST" || !call.profile().form_is_read_first) return;
  std::string why = "multipart: unexpected EOF";
  bool broken_off = false;
  try {
    call.form = read_form(call.body, call.request.content_type(), call.world.blobs);
    return;
  } catch (const FormBroken& error) {
    why = error.what();
    call.body.drain(~std::uint64_t{0});
  } catch (const BodyBroken&) {
    broken_off = true;
  }
  if (broken_off && call.profile().half_closed_form_is_401) {
    call.refuse(401, "user does not exist [uid: 0, name: ]");
  }
  if (call.profile().broken_form == Profile::BrokenForm::text) {
    throw Refusal{text_answer(500, "failed to parse request multipart form")};
  }
  if (call.profile().token_before_broken_form) sign_in(call);
  call.broken(why);
}

void check_scope(const Call& call, Need need) {
  std::vector<std::string> wanted;
  const std::string level =
      call.request.method == "GET" || call.request.method == "HEAD" ? "read:" : "write:";
  if (need == Need::nothing) return;
  if (need == Need::user || need == Need::new_repository) {
    wanted.push_back(level + "user");
  }
  const bool of_packages = need == Need::packages || need == Need::edit_packages;
  if (of_packages) wanted.push_back(level + "package");
  if (need != Need::user && !of_packages) wanted.push_back(level + "repository");
  for (const std::string& scope : wanted) {
    if (call.identity.has_scope(scope)) continue;
    std::string held;
    for (const std::string& own : *call.identity.scopes) held += (held.empty() ? "" : ",") + own;
    std::string text = "token does not have at least one of required scope(s)";
    text += call.profile().scope_error_names_token_scope
                ? ", required=[" + scope + "], token scope=" + held
                : ": [" + scope + "]";
    call.refuse(403, text);
  }
}

[[noreturn]] void redirect(const Call& call, int status, const std::string& owner,
                           const std::string& name) {
  // The path as it arrived, after owner and name; before them, the sub-path of the root URL.
  auto parts = split(call.request.path, '/');
  parts[4] = owner;
  parts[5] = name;
  std::string location = call.world.root_url.substr(call.world.root_url.find('/', 8));
  location.pop_back();
  for (std::size_t i = 1; i < parts.size(); ++i) location += "/" + parts[i];
  if (!call.request.query.empty()) location += "?" + call.request.query;
  throw Refusal{redirect_answer(status, call.request.method, location)};
}

Unit unit_of(Need need) {
  if (need == Need::releases || need == Need::edit_releases) return Unit::releases;
  return need == Need::pulls ? Unit::pulls : Unit::code;
}

void assign_repository(Call& call, Need need) {
  const auto guard = call.world.lock();
  World& world = call.world;
  const std::string name = lower(call.arguments[1]);
  const User* owner = world.find_user(call.arguments[0]);
  if (owner == nullptr) {
    const auto moved = world.user_redirects.find(lower(call.arguments[0]));
    if (moved != world.user_redirects.end()) {
      redirect(call, 307, world.find_user(moved->second)->name, call.arguments[1]);
    }
    if (!call.profile().unknown_owner_is_named) call.not_found();
    Json body = Json::object(
        {{"errors", Json::Array{"user redirect does not exist [name: " + call.arguments[0] + "]"}},
         {"message", "GetUserByName"},
         {"url", world.root_url + "api/swagger"}});
    throw Refusal{json_answer(404, body)};
  }
  call.repository = world.find_repository(owner->id, name);
  if (call.repository == nullptr) {
    const auto moved = world.repository_redirects.find({owner->id, name});
    if (moved == world.repository_redirects.end() || !world.repositories.contains(moved->second)) {
      call.not_found();
    }
    redirect(call, call.profile().rename_status, owner->name,
             world.repositories[moved->second]->name);
  }
  if (permission_of(*call.repository, call.identity) == Permission::none) call.not_found();
  call.permission = permission_of(*call.repository, call.identity, unit_of(need));
  if (call.repository->is_private && call.identity.public_only()) {
    if (call.profile().public_only_is_not_found) call.not_found();
    call.refuse(403, "token scope is limited to public repos");
  }
}

void check_rights(const Call& call, Need need) {
  const bool of_releases = need == Need::releases || need == Need::edit_releases;
  const bool writes = need == Need::edit_releases || need == Need::edit_code;
  bool unit_is_off = false;
  {
    const auto guard = call.world.lock();
    unit_is_off = of_releases && !call.repository->has_releases;
  }
  const bool may_not_read = call.permission == Permission::none && need != Need::repository;
  if (may_not_read && need == Need::pulls) call.not_found();
  if (may_not_read || (unit_is_off && call.permission < Permission::admin)) {
    call.refuse(403,
                "user should have specific read permission or be a repo admin or a site admin");
  }
  const bool only_for_users = writes || need == Need::administer || need == Need::own;
  if (only_for_users && !call.identity.signed_in()) call.refuse(401, "token is required");
  if (writes && !call.may_write()) {
    call.refuse(403, "user should have a permission to write to a repo");
  }
  if (need == Need::administer && call.permission < Permission::admin) {
    call.refuse(403, "user should be an owner or a collaborator with admin write of a repository");
  }
  if (need == Need::own && call.permission < Permission::owner) {
    call.refuse(403, "user should be the owner of the repo");
  }
}

// Only the owner and site admins can write packages; every signed-in user can read them. A job's
// token is neither (measured).
void check_package_rights(const Call& call, Need need) {
  const auto guard = call.world.lock();
  const User* owner = call.world.find_user(call.arguments[0]);
  if (owner == nullptr) call.not_found();
  const bool writes = call.identity.is_admin() || call.identity.user.id == owner->id;
  if (need == Need::edit_packages && !writes) {
    call.refuse(403, "user should have specific permission or be a site admin");
  }
}

}  // namespace

bool admit(Call& call, Need need) {
  read_form_first(call);
  lose_form_body(call);
  const bool by_query = sign_in(call);
  check_scope(call, need);
  if (need >= Need::repository) {
    assign_repository(call, need);
    check_rights(call, need);
    return by_query;
  }
  if (need != Need::nothing && !call.identity.signed_in()) call.refuse(401, "token is required");
  if (need == Need::packages || need == Need::edit_packages) check_package_rights(call, need);
  return by_query;
}

}  // namespace sandbox
