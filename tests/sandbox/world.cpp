// SPDX-License-Identifier: MIT
#include "world.hpp"

#include <algorithm>

#include "digest.hpp"
#include "text.hpp"

namespace sandbox {

ReleaseRow* Repository::find_row(std::string_view tag) {
  const std::string wanted = lower(tag);
  for (auto& [key, row] : releases) {
    if (row.lower_tag_name == wanted) return &row;
  }
  return nullptr;
}

ReleaseRow* Repository::find_release(std::int64_t id_wanted) {
  const auto found = releases.find(id_wanted);
  return found == releases.end() || found->second.is_tag ? nullptr : &found->second;
}

std::vector<const Asset*> Repository::assets_of(std::int64_t release_id) const {
  std::vector<const Asset*> out;
  for (const auto& [key, asset] : assets) {
    if (asset.release_id == release_id) out.push_back(&asset);
  }
  // Bytewise, as SQLite sorts; equal names by id.
  std::stable_sort(out.begin(), out.end(),
                   [](const Asset* left, const Asset* right) { return left->name < right->name; });
  return out;
}

World::World(const Profile& chosen, std::string url, const std::filesystem::path& data)
    : profile(chosen), root_url(std::move(url)), blobs(data / "attachments") {
  settings.version = profile.version;
  settings.busy_timeout = profile.busy_timeout;
  if (profile.size_limit) {
    settings.max_size = static_cast<std::uint64_t>(profile.max_size_mib) << 20U;
  }
}

User* World::find_user(std::string_view name) {
  const std::string wanted = lower(name);
  for (auto& [key, user] : users) {
    if (lower(user.name) == wanted) return &user;
  }
  return nullptr;
}

User* World::find_user(std::int64_t id) {
  const auto found = users.find(id);
  return found == users.end() ? nullptr : &found->second;
}

User& World::add_user(const std::string& name) {
  User user;
  user.id = users.empty() ? 1 : users.rbegin()->first + 1;
  user.name = name;
  user.password = name;
  user.created = unix_now();
  return users[user.id] = user;
}

std::string World::add_token(Token token) {
  std::string value = random_hex(20);
  tokens.emplace(value, std::move(token));
  return value;
}

std::shared_ptr<Repository> World::find_repository(std::int64_t owner,
                                                   std::string_view name) const {
  const std::string wanted = lower(name);
  for (const auto& [key, repository] : repositories) {
    if (repository->owner == owner && lower(repository->name) == wanted) return repository;
  }
  return nullptr;
}

std::shared_ptr<Repository> World::add_repository(std::int64_t owner, const std::string& name) {
  auto repository = std::make_shared<Repository>();
  repository->id = repositories.empty() ? 1 : repositories.rbegin()->first + 1;
  repository->owner = owner;
  repository->name = name;
  repository->created = unix_now();
  repository_redirects.erase({owner, lower(name)});
  return repositories[repository->id] = repository;
}

void World::remove_repository(const std::shared_ptr<Repository>& repository) {
  for (const auto& [key, asset] : repository->assets) blobs.remove(asset.uuid);
  repository->assets.clear();
  repository->releases.clear();
  repositories.erase(repository->id);
}

void World::rename_repository(Repository& repository, const std::string& name) {
  repository_redirects[{repository.owner, lower(repository.name)}] = repository.id;
  repository_redirects.erase({repository.owner, lower(name)});
  repository.name = name;
}

void World::rename_user(User& user, const std::string& name) {
  user_redirects[lower(user.name)] = user.id;
  user_redirects.erase(lower(name));
  user.name = name;
}

std::string World::full_name(const Repository& repository) {
  const User* owner = find_user(repository.owner);
  return (owner == nullptr ? std::string("Ghost") : owner->name) + "/" + repository.name;
}

Settings World::settings_now() {
  const auto guard = lock();
  return settings;
}

}  // namespace sandbox
