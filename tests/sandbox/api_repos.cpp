// SPDX-License-Identifier: MIT
#include "binding.hpp"
#include "endpoints.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

Response create_repository(Call& call) {
  const Field name{"name", "Name", "string"};
  const Json form = bind(call, "CreateRepoOption",
                         {name,
                          {"private", "Private", "bool"},
                          {"auto_init", "AutoInit", "bool"},
                          {"description", "Description", "string"},
                          {"default_branch", "DefaultBranch", "string"}});
  const std::string wanted = required(call, form, name);
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  if (call.world.find_repository(call.identity.user.id, wanted) != nullptr) {
    call.refuse(409, "The repository with the same name already exists.");
  }
  const auto repository = call.world.add_repository(call.identity.user.id, wanted);
  repository->is_private = form.flag("private");
  repository->description = form.text("description");
  const std::string branch = form.text("default_branch");
  if (!branch.empty()) repository->default_branch = branch;
  repository->git.rename_head(repository->default_branch);
  if (form.flag("auto_init")) {
    repository->git.commit(repository->default_branch, "Initial commit", call.identity.user.name,
                           lower(call.identity.user.name) + "@noreply.localhost", unix_now());
  }
  return json_answer(201, show_repository(call.world, *repository, Permission::owner));
}

Response show_one_repository(Call& call) {
  const auto guard = call.world.lock();
  return json_answer(200, show_repository(call.world, *call.repository, call.permission));
}

Response edit_repository(Call& call) {
  const Json form = bind(call, "EditRepoOption",
                         {{"name", "Name", "string"},
                          {"private", "Private", "bool"},
                          {"archived", "Archived", "bool"},
                          {"has_releases", "HasReleases", "bool"},
                          {"description", "Description", "string"},
                          {"default_branch", "DefaultBranch", "string"}});
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  Repository& repository = *call.repository;
  const std::string name = form.text("name");
  if (!name.empty() && name != repository.name) {
    const auto other = call.world.find_repository(repository.owner, name);
    if (other != nullptr && other != call.repository) {
      call.refuse(422, "repo name is already taken [name: " + name + "]");
    }
    call.world.rename_repository(repository, name);
  }
  repository.is_private = form.flag("private", repository.is_private);
  repository.archived = form.flag("archived", repository.archived);
  repository.has_releases = form.flag("has_releases", repository.has_releases);
  repository.description = form.text("description", repository.description);
  const std::string branch = form.text("default_branch");
  if (!branch.empty()) {
    repository.default_branch = branch;
    repository.git.rename_head(branch);
  }
  return json_answer(200, show_repository(call.world, repository, call.permission));
}

Response delete_repository(Call& call) {
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  call.world.remove_repository(call.repository);
  Response response;
  response.status = 204;
  return response;
}

}  // namespace sandbox
