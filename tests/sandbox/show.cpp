// SPDX-License-Identifier: MIT
#include "show.hpp"

#include <algorithm>

#include "digest.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

// A host that is an IP address is not a domain: Gitea's default is then "localhost".
std::string mail_domain(const World& world) {
  const auto start = world.root_url.find("://") + 3;
  const std::string host =
      world.root_url.substr(start, world.root_url.find_first_of(":/", start) - start);
  return host.find_first_not_of("0123456789.") == std::string::npos ? "localhost" : host;
}

User user_of(World& world, std::int64_t id) {
  if (const User* user = world.find_user(id)) return *user;
  User stranger;
  stranger.id = id == actions_id ? actions_id : ghost_id;
  stranger.name = id != actions_id        ? "Ghost"
                  : world.profile.forgejo ? "forgejo-actions"
                                          : "gitea-actions";
  return stranger;
}

Json person(const Commit& commit) {
  return Json::object(
      {{"name", commit.author}, {"email", commit.email}, {"date", rfc3339(commit.date)}});
}

}  // namespace

std::string web_address(World& world, const Repository& repository) {
  return world.root_url + world.full_name(repository);
}

std::string api_address(World& world, const Repository& repository) {
  return world.root_url + "api/v1/repos/" + world.full_name(repository);
}

Json show_user(World& world, const User& user) {
  const std::string number =
      world.profile.mail_has_user_id && user.id > 0 ? std::to_string(user.id) + "+" : "";
  const std::string mail = number + lower(user.name) + "@noreply." + mail_domain(world);
  Json out = Json::object({{"id", user.id}, {"login", user.name}, {"login_name", ""}});
  if (!world.profile.forgejo) out.set("source_id", 0);
  out.set("full_name", user.id == actions_id ? "Gitea Actions" : "");
  out.set("email", mail);
  out.set("avatar_url", world.root_url + "avatars/" + digest_of(mail, "md5"));
  if (!world.profile.forgejo) out.set("html_url", world.root_url + user.name);
  out.set("language", "");
  out.set("is_admin", false);
  out.set("last_login", "0001-01-01T00:00:00Z");
  out.set("created", rfc3339(user.created));
  out.set("restricted", false);
  out.set("active", false);
  out.set("prohibit_login", false);
  out.set("location", "");
  if (world.profile.forgejo) out.set("pronouns", "");
  out.set("website", "");
  out.set("description", "");
  out.set("visibility", "public");
  out.set("followers_count", 0);
  out.set("following_count", 0);
  out.set("starred_repos_count", 0);
  out.set("username", user.name);
  return out;
}

Json show_user(World& world, std::int64_t id) { return show_user(world, user_of(world, id)); }

Json show_release(World& world, const Repository& repository, const ReleaseRow& row,
                  std::int64_t author) {
  const std::string api = api_address(world, repository) + "/releases/" + std::to_string(row.id);
  const std::string web = web_address(world, repository);
  const std::string tag = path_escape_segments(row.tag_name);
  Json out = Json::object({{"id", row.id},
                           {"tag_name", row.tag_name},
                           {"target_commitish", row.target},
                           {"name", row.title},
                           {"body", row.note},
                           {"url", api},
                           {"html_url", web + "/releases/tag/" + tag},
                           {"tarball_url", web + "/archive/" + tag + ".tar.gz"},
                           {"zipball_url", web + "/archive/" + tag + ".zip"}});
  if (world.profile.asset_has_type) out.set("hide_archive_links", false);
  out.set("upload_url", api + "/assets");
  out.set("draft", row.is_draft);
  out.set("prerelease", row.is_prerelease);
  out.set("created_at", rfc3339(row.created));
  out.set("published_at", rfc3339(row.created));
  out.set("author", show_user(world, author));
  out.set("assets", show_assets(world, repository, row));
  if (world.profile.asset_has_type) {
    out.set("archive_download_count", Json::object({{"zip", 0}, {"tar_gz", 0}}));
  }
  return out;
}

Json show_asset(World& world, const Asset& asset, const std::string& address) {
  Json out = Json::object({{"id", asset.id},
                           {"name", asset.name},
                           {"size", asset.size},
                           {"download_count", asset.downloads},
                           {"created_at", rfc3339(asset.created)},
                           {"uuid", asset.uuid}});
  out.set("browser_download_url",
          address.empty() ? world.root_url + "attachments/" + asset.uuid : address);
  if (world.profile.asset_has_type) out.set("type", "attachment");
  return out;
}

Json show_assets(World& world, const Repository& repository, const ReleaseRow& row) {
  const auto assets = repository.assets_of(row.id);
  const bool unique = std::adjacent_find(assets.begin(), assets.end(), [](auto* a, auto* b) {
                        return a->name == b->name;
                      }) == assets.end();
  const std::string base =
      web_address(world, repository) + "/releases/download/" + path_escape(row.tag_name) + "/";
  Json::Array out;
  for (const Asset* asset : assets) {
    out.push_back(show_asset(world, *asset, unique ? base + path_escape(asset->name) : ""));
  }
  return out;
}

Json show_tag(World& world, const Repository& repository, const GitTag& tag) {
  const std::string web = web_address(world, repository) + "/archive/" + tag.name;
  std::string message =
      tag.annotated() ? tag.message : repository.git.find_commit(tag.commit)->message;
  if (world.profile.tag_message_keeps_newline) message += "\n";
  return Json::object({{"name", tag.name},
                       {"message", message},
                       {"id", tag.object},
                       {"commit", Json::object({{"url", api_address(world, repository) +
                                                            "/git/commits/" + tag.object},
                                                {"sha", tag.commit},
                                                {"created", rfc3339(tag.date)}})},
                       {"zipball_url", web + ".zip"},
                       {"tarball_url", web + ".tar.gz"}});
}

Json show_commit(World& world, const Repository& repository, const Commit& commit) {
  const std::string api = api_address(world, repository) + "/git/commits/";
  Json::Array parents;
  for (const std::string& parent : commit.parents) {
    parents.push_back(Json::object(
        {{"url", api + parent}, {"sha", parent}, {"created", "0001-01-01T00:00:00Z"}}));
  }
  return Json::object({{"url", api + commit.sha},
                       {"sha", commit.sha},
                       {"created", rfc3339(commit.date)},
                       {"html_url", web_address(world, repository) + "/commit/" + commit.sha},
                       {"commit", Json::object({{"url", api + commit.sha},
                                                {"author", person(commit)},
                                                {"committer", person(commit)},
                                                {"message", commit.message + "\n"},
                                                {"verification", nullptr}})},
                       {"author", nullptr},
                       {"committer", nullptr},
                       {"parents", std::move(parents)},
                       {"files", nullptr},
                       {"stats", nullptr}});
}

Json show_repository(World& world, const Repository& repository, Permission permission) {
  const auto count = std::count_if(
      repository.releases.begin(), repository.releases.end(),
      [](const auto& entry) { return !entry.second.is_tag && !entry.second.is_draft; });
  const std::string web = web_address(world, repository);
  return Json::object({{"id", repository.id},
                       {"owner", show_user(world, repository.owner)},
                       {"name", repository.name},
                       {"full_name", world.full_name(repository)},
                       {"description", repository.description},
                       {"empty", repository.git.empty()},
                       {"private", repository.is_private},
                       {"fork", false},
                       {"template", false},
                       {"mirror", repository.mirror},
                       {"html_url", web},
                       {"url", api_address(world, repository)},
                       {"link", ""},
                       {"clone_url", web + ".git"},
                       {"original_url", ""},
                       {"website", ""},
                       {"release_counter", std::int64_t{count}},
                       {"default_branch", repository.default_branch},
                       {"archived", repository.archived},
                       {"created_at", rfc3339(repository.created)},
                       {"updated_at", rfc3339(repository.created)},
                       {"permissions", Json::object({{"admin", permission >= Permission::admin},
                                                     {"push", permission >= Permission::write},
                                                     {"pull", permission >= Permission::read}})},
                       {"has_releases", repository.has_releases},
                       {"has_packages", true},
                       {"has_actions", true},
                       {"avatar_url", ""},
                       {"internal", false},
                       {"object_format_name", "sha1"}});
}

// A repository that the reader may not see is left out.
Json show_package(World& world, const PackageVersion& package, const Identity& reader) {
  const User owner = user_of(world, package.owner);
  Json repository = nullptr;
  const auto linked = world.repositories.find(package.repository);
  if (linked != world.repositories.end()) {
    const Permission permission = permission_of(*linked->second, reader);
    if (permission > Permission::none) {
      repository = show_repository(world, *linked->second, permission);
    }
  }
  return Json::object(
      {{"id", package.id},
       {"owner", show_user(world, owner)},
       {"repository", std::move(repository)},
       {"creator", show_user(world, owner)},
       {"type", package.type},
       {"name", package.name},
       {"version", package.version},
       {"html_url", world.root_url + owner.name + "/-/packages/" + package.type + "/" +
                        path_escape(package.name) + "/" + path_escape(package.version)},
       {"created_at", rfc3339(package.created)}});
}

Json show_protection(const TagProtection& protection) {
  Json::Array users;
  for (const std::string& user : protection.users) users.emplace_back(user);
  return Json::object({{"id", protection.id},
                       {"name_pattern", protection.pattern},
                       {"whitelist_usernames", std::move(users)},
                       {"whitelist_teams", Json::Array{}},
                       {"created_at", rfc3339(protection.created)},
                       {"updated_at", rfc3339(protection.created)}});
}

}  // namespace sandbox
