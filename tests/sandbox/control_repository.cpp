// SPDX-License-Identifier: MIT
#include "answers.hpp"
#include "control_parts.hpp"
#include "digest.hpp"
#include "text.hpp"

namespace sandbox {

Response control_failure(int status, std::string_view message) {
  return json_answer(status, Json::object({{"message", message}}));
}

void control_refuse(int status, std::string_view message) {
  throw Refusal{control_failure(status, message)};
}

User& control_user(World& world, const std::string& name) {
  if (name.empty()) control_refuse(422, "\"user\" is missing");
  User* user = world.find_user(name);
  return user == nullptr ? world.add_user(name) : *user;
}

std::shared_ptr<Repository> control_repository(World& world, std::string_view owner,
                                               std::string_view name) {
  const User* user = world.find_user(owner);
  auto repository = user == nullptr ? nullptr : world.find_repository(user->id, name);
  if (repository == nullptr) {
    control_refuse(404, "no repository " + std::string(owner) + "/" + std::string(name));
  }
  return repository;
}

namespace {

Response add_collaborator(World& world, Repository& repository, const Json& form) {
  const auto guard = world.lock();
  const User& user = control_user(world, form.text("user"));
  const std::string wanted = form.text("permission", "write");
  const Permission permission = wanted == "read"    ? Permission::read
                                : wanted == "write" ? Permission::write
                                : wanted == "admin" ? Permission::admin
                                                    : Permission::none;
  if (permission == Permission::none) control_refuse(422, "\"permission\" is read, write or admin");
  repository.collaborators[user.id] = permission;
  return json_answer(200, Json::Object{});
}

Response push_branch(Repository& repository, const std::string& branch, const std::string& pusher,
                     const Json& form) {
  std::string sha = form.text("commit");
  if (form.flag("delete")) {
    repository.git.remove_branch(branch);
    return json_answer(200, Json::object({{"commit", ""}}));
  }
  if (!sha.empty()) {
    const auto resolved = repository.git.resolve(sha);
    if (!resolved) control_refuse(422, "no commit " + sha);
    sha = *resolved;
    repository.git.set_branch(branch, sha);
  } else {
    const auto& branches = repository.git.branches();
    const auto base = branches.find(repository.default_branch);
    if (!branches.contains(branch) && base != branches.end()) {
      repository.git.set_branch(branch, base->second);
    }
    const auto date = parse_rfc3339(form.text("date")).value_or(unix_now());
    sha =
        repository.git.commit(branch, form.text("message", "A commit"), form.text("author", pusher),
                              form.text("email", pusher + "@example.org"), date);
  }
  return json_answer(200, Json::object({{"commit", sha}}));
}

// A pushed tag is in git at once; its row follows after `row_delay_ms`.
Response push(Controlled& parts, const std::shared_ptr<Repository>& repository, const Json& form) {
  const std::string ref = form.text("ref");
  PushedTag pushed;
  pushed.repository = repository;
  std::string sha;
  {
    const auto guard = parts.world.lock();
    const User* owner = parts.world.find_user(repository->owner);
    const std::string name = form.text("user", owner == nullptr ? "" : owner->name);
    pushed.pusher = control_user(parts.world, name).id;
    if (ref.starts_with("refs/heads/")) {
      return push_branch(*repository, ref.substr(11), name, form);
    }
    if (!ref.starts_with("refs/tags/"))
      control_refuse(422, "\"ref\" begins with refs/tags/ or refs/heads/");
    pushed.tag = ref.substr(10);
    pushed.deleted = form.flag("delete");
    Git& git = repository->git;
    if (pushed.deleted) {
      git.remove_tag(pushed.tag);
    } else {
      const std::string wanted = form.text("commit", repository->default_branch);
      const auto commit = git.resolve(wanted);
      if (!commit) control_refuse(422, "no commit " + wanted);
      sha = *commit;
      const GitTag* before = git.find_tag(pushed.tag);
      pushed.moved = before != nullptr;
      if (pushed.moved && before->object == sha && !form.flag("annotated")) {
        return json_answer(200, Json::object({{"commit", sha}}));  // git: everything up-to-date
      }
      const auto date = parse_rfc3339(form.text("date")).value_or(unix_now());
      git.put_tag(pushed.tag, sha, form.flag("annotated"), form.text("message"), date);
    }
  }
  parts.pushes.add(pushed, std::chrono::milliseconds(form.number("row_delay_ms")));
  return json_answer(200, Json::object({{"commit", sha}}));
}

// A version of a package of the repository's owner, without a link.
Response add_package(World& world, const Repository& repository, const Json& form) {
  const auto guard = world.lock();
  PackageVersion package;
  package.id = static_cast<std::int64_t>(world.packages.size()) + 1;
  package.owner = repository.owner;
  package.type = form.text("type", "container");
  package.name = form.text("name", repository.name);
  package.version = form.text("version", "latest");
  package.created = unix_now();
  world.packages.push_back(package);
  return json_answer(201, Json::Object{});
}

// A closed pull request; "merge_commit" is a branch, a tag or a commit, and without it the pull request
// was not merged. Without "user" its author's account was deleted.
Response add_pull(World& world, Repository& repository, const Json& form) {
  const auto guard = world.lock();
  PullRequest pull;
  pull.number = form.number("number", static_cast<std::int64_t>(repository.pulls.size()) + 1);
  const std::string user = form.text("user");
  pull.author = user.empty() ? ghost_id : control_user(world, user).id;
  pull.title = form.text("title", "A pull request");
  pull.labels = form.texts("labels");
  const std::string merge = form.text("merge_commit");
  pull.merged = !merge.empty();
  const auto commit = pull.merged ? repository.git.resolve(merge) : std::optional<std::string>();
  if (pull.merged && !commit) control_refuse(422, "no commit " + merge);
  pull.merge_commit = commit.value_or("");
  pull.closed = parse_rfc3339(form.text("closed_at")).value_or(unix_now());
  pull.created = parse_rfc3339(form.text("created_at")).value_or(pull.closed);
  pull.updated = parse_rfc3339(form.text("updated_at")).value_or(pull.closed);
  repository.pulls.push_back(pull);
  return json_answer(201, Json::object({{"number", pull.number}}));
}

Response make_mirror(World& world, Repository& repository) {
  const auto guard = world.lock();
  repository.mirror = true;
  return json_answer(200, Json::Object{});
}

// The digest is computed once; a large file takes a while, so the world is not locked meanwhile.
void complete_digests(World& world, Repository& repository) {
  std::vector<Asset> missing;
  {
    const auto guard = world.lock();
    for (const auto& [id, asset] : repository.assets) {
      if (asset.sha256.empty()) missing.push_back(asset);
    }
  }
  for (const Asset& asset : missing) {
    std::string digest = "the file is gone";
    try {
      digest = digest_of_file(world.blobs.path(asset.uuid), "sha256");
    } catch (const std::runtime_error&) {
      continue;
    }
    const auto guard = world.lock();
    const auto found = repository.assets.find(asset.id);
    if (found != repository.assets.end()) found->second.sha256 = digest;
  }
}

Response show_rows(World& world, Repository& repository) {
  complete_digests(world, repository);
  const auto guard = world.lock();
  Json::Array out;
  for (const auto& [id, row] : repository.releases) {
    Json::Array assets;
    for (const Asset* asset : repository.assets_of(id)) {
      assets.push_back(Json::object({{"id", asset->id},
                                     {"name", asset->name},
                                     {"size", asset->size},
                                     {"uuid", asset->uuid},
                                     {"download_count", asset->downloads},
                                     {"sha256", asset->sha256}}));
    }
    const GitTag* tag = repository.git.find_tag(row.tag_name);
    out.push_back(Json::object({{"id", row.id},
                                {"tag_name", row.tag_name},
                                {"lower_tag_name", row.lower_tag_name},
                                {"target_commitish", row.target},
                                {"name", row.title},
                                {"body", row.note},
                                {"is_tag", row.is_tag},
                                {"draft", row.is_draft},
                                {"prerelease", row.is_prerelease},
                                {"created_at", rfc3339(row.created)},
                                {"publisher_id", row.publisher},
                                {"git_tag", tag == nullptr ? Json() : Json(tag->commit)},
                                {"assets", std::move(assets)}}));
  }
  return json_answer(200, std::move(out));
}

}  // namespace

Response control_of_repository(Controlled& parts, const std::string& method,
                               const std::vector<std::string>& path, const Json& form) {
  std::shared_ptr<Repository> repository;
  {
    const auto guard = parts.world.lock();
    repository = control_repository(parts.world, percent_decode(path[1]), percent_decode(path[2]));
  }
  if (method == "POST" && path[3] == "push") return push(parts, repository, form);
  if (method == "POST" && path[3] == "collaborators") {
    return add_collaborator(parts.world, *repository, form);
  }
  if (method == "POST" && path[3] == "commits") return add_commits(parts.world, *repository, form);
  if (method == "POST" && path[3] == "packages") {
    return add_package(parts.world, *repository, form);
  }
  if (method == "POST" && path[3] == "pulls") return add_pull(parts.world, *repository, form);
  if (method == "POST" && path[3] == "mirror") return make_mirror(parts.world, *repository);
  if (method == "GET" && path[3] == "releases") return show_rows(parts.world, *repository);
  control_refuse(404, "unknown: " + method + " /_sandbox/repos/…/" + path[3]);
}

}  // namespace sandbox
