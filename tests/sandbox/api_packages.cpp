// SPDX-License-Identifier: MIT
#include <algorithm>

#include "endpoints.hpp"
#include "paging.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

// Every version of every package of the owner, newest first; `q` is a part of the name.
Response list_packages(Call& call) {
  const auto guard = call.world.lock();
  const std::int64_t owner = call.world.find_user(call.arguments[0])->id;
  const std::string type = call.request.parameter("type").value_or("");
  const std::string text = lower(call.request.parameter("q").value_or(""));
  std::vector<const PackageVersion*> found;
  for (const PackageVersion& package : call.world.packages) {
    if (package.owner == owner && (type.empty() || package.type == type) &&
        contains(lower(package.name), text)) {
      found.push_back(&package);
    }
  }
  std::reverse(found.begin(), found.end());
  const Page page = page_of(call.request);
  Json::Array out;
  for (std::size_t i = page.begin(found.size()); i < page.end(found.size()); ++i) {
    out.push_back(show_package(call.world, *found[i], call.identity));
  }
  Response response = json_answer(200, std::move(out));
  add_paging(call, page, found.size(), true, response);
  return response;
}

// Read in Gitea 1.25.4: services/packages/package_update.go, in this order.
Response link_package(Call& call) {
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  World& world = call.world;
  const std::int64_t owner = world.find_user(call.arguments[0])->id;
  const auto is_wanted = [&](const PackageVersion& package) {
    return package.owner == owner && package.type == call.arguments[1] &&
           lower(package.name) == lower(call.arguments[2]);
  };
  const auto package = std::find_if(world.packages.begin(), world.packages.end(), is_wanted);
  if (package == world.packages.end()) call.refuse(404, "package does not exist");
  const auto repository = world.find_repository(owner, call.arguments[3]);
  if (repository == nullptr) {
    call.refuse(404, "repository does not exist [id: 0, uid: " + std::to_string(owner) +
                         ", owner_name: , name: " + call.arguments[3] + "]");
  }
  if (package->repository != 0) call.refuse(400, "invalid argument");
  if (permission_of(*repository, call.identity) < Permission::write) {
    call.refuse(403, "permission denied");
  }
  for (PackageVersion& version : world.packages) {
    if (is_wanted(version)) version.repository = repository->id;
  }
  Response response;
  response.status = 201;
  return response;
}

}  // namespace sandbox
