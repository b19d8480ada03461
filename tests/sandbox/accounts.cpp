// SPDX-License-Identifier: MIT
#include "accounts.hpp"

#include <algorithm>

#include "text.hpp"

namespace sandbox {

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string& word : split(text, ' ')) {
    if (!word.empty()) out.push_back(word);
  }
  return out;
}

bool by_token(World& world, const std::string& secret, Identity& identity) {
  const auto found = world.tokens.find(secret);
  if (found == world.tokens.end()) return false;
  const Token& token = found->second;
  if (token.job_repository != 0) {
    identity.kind = Identity::Kind::job;
    identity.user.id = actions_id;
    identity.user.name = world.profile.forgejo ? "forgejo-actions" : "gitea-actions";
    identity.job_repository = token.job_repository;
    identity.job_reads_only = token.job_reads_only;
    if (world.profile.job_permissions) identity.job_permissions = token.job_permissions;
    return true;
  }
  const User* user = world.find_user(token.user_id);
  if (user == nullptr) return false;
  identity.kind = Identity::Kind::user;
  identity.user = *user;
  identity.by_personal_token = true;
  identity.scopes = token.scopes;
  return true;
}

void by_basic(World& world, std::string_view encoded, Authentication& out) {
  const std::string pair = base64_decode(encoded);
  const auto colon = pair.find(':');
  const std::string name = pair.substr(0, colon);
  const std::string password = colon == std::string::npos ? "" : pair.substr(colon + 1);
  const bool name_is_token = password.empty() || password == "x-oauth-basic";
  if (by_token(world, name_is_token ? name : password, out.identity)) return;
  const User* user = world.find_user(name);
  if (user != nullptr && user->password == password) {
    out.identity.kind = Identity::Kind::user;
    out.identity.user = *user;
    return;
  }
  out.refused = true;
  out.refused_name = name;
  out.refused_secret = password;
}

Permission permission_in(const JobPermissions& permissions, Unit unit) {
  switch (unit) {
    case Unit::code:
      return permissions.code;
    case Unit::releases:
      return permissions.releases;
    case Unit::pulls:
      return permissions.pulls;
    case Unit::any:
      break;
  }
  return std::max({permissions.code, permissions.releases, permissions.pulls, permissions.others});
}

}  // namespace

bool Identity::has_scope(const std::string& scope) const {
  if (!scopes) return true;
  const auto has = [&](const std::string& wanted) {
    return std::find(scopes->begin(), scopes->end(), wanted) != scopes->end();
  };
  if (has("all") || has(scope)) return true;
  return scope.starts_with("read:") && has("write:" + scope.substr(5));
}

bool Identity::public_only() const {
  return scopes && std::find(scopes->begin(), scopes->end(), "public-only") != scopes->end();
}

Authentication authenticate(World& world, const Request& request) {
  Authentication out;
  for (const char* name : {"token", "access_token"}) {
    const auto secret = request.parameter(name);
    if (!secret || secret->empty()) continue;
    out.by_query = true;
    out.refused = !by_token(world, *secret, out.identity);
    out.refused_secret = *secret;
    return out;
  }
  const auto fields = words(request.headers.value("Authorization"));
  if (fields.size() != 2) return out;
  const std::string scheme = lower(fields[0]);
  if (scheme == "basic") {
    by_basic(world, fields[1], out);
    return out;
  }
  const bool spelled_so = world.profile.scheme_in_any_case || fields[0] == "token";
  if (scheme == "bearer" || (scheme == "token" && spelled_so)) {
    out.refused = !by_token(world, fields[1], out.identity);
    out.refused_secret = fields[1];
  }
  return out;
}

Permission permission_of(const Repository& repository, const Identity& identity, Unit unit) {
  if (identity.kind != Identity::Kind::job) return web_permission_of(repository, identity);
  if (identity.job_repository != repository.id) return Permission::none;
  if (identity.job_reads_only) return Permission::read;
  if (!identity.job_permissions) return Permission::write;
  return std::max(permission_in(*identity.job_permissions, unit),
                  web_permission_of(repository, identity));
}

Permission web_permission_of(const Repository& repository, const Identity& identity) {
  const Permission everybody = repository.is_private ? Permission::none : Permission::read;
  if (identity.kind != Identity::Kind::user) return everybody;
  if (identity.user.is_admin || identity.user.id == repository.owner) return Permission::owner;
  const auto collaborator = repository.collaborators.find(identity.user.id);
  if (collaborator == repository.collaborators.end()) return everybody;
  return std::max(everybody, collaborator->second);
}

}  // namespace sandbox
