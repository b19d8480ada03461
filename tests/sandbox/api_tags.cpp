// SPDX-License-Identifier: MIT
#include <algorithm>

#include "binding.hpp"
#include "endpoints.hpp"
#include "paging.hpp"
#include "releases.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

void refuse_archived(const Call& call) {
  if (!call.repository->archived) return;
  const std::string name = call.world.full_name(*call.repository);
  std::string text(call.profile().archived_tag_text);
  if (const auto at = text.find("{id}"); at != std::string::npos) {
    text.replace(at, 4, std::to_string(call.repository->id));
  }
  if (const auto at = text.find("{repo}"); at != std::string::npos) text.replace(at, 6, name);
  call.refuse(423, text);
}

}  // namespace

Response list_tags(Call& call) {
  const auto guard = call.world.lock();
  std::vector<const GitTag*> tags;
  for (const auto& [name, tag] : call.repository->git.tags()) tags.push_back(&tag);
  std::stable_sort(tags.begin(), tags.end(), [](auto* left, auto* right) {
    return left->date != right->date ? left->date > right->date : left->name > right->name;
  });
  const Page page = page_of(call.request);
  Json::Array out;
  for (std::size_t i = page.begin(tags.size()); i < page.end(tags.size()); ++i) {
    out.push_back(show_tag(call.world, *call.repository, *tags[i]));
  }
  Response response = json_answer(200, std::move(out));
  add_paging(call, page, tags.size(), false, response);
  return response;
}

Response show_one_tag(Call& call) {
  const auto guard = call.world.lock();
  const std::string& name = call.arguments[2];
  const GitTag* tag = call.repository->git.find_tag(name);
  if (tag == nullptr) {
    call.not_found(call.profile().tag_missing_in_words ? "tag doesn't exist: " + name : name);
  }
  return json_answer(200, show_tag(call.world, *call.repository, *tag));
}

Response create_tag(Call& call) {
  {
    const auto guard = call.world.lock();
    refuse_archived(call);
  }
  const Field tag_name{"tag_name", "TagName", "string"};
  const Json form =
      bind(call, "CreateTagOption",
           {tag_name, {"message", "Message", "string"}, {"target", "Target", "string"}});
  ReleaseRow row;
  row.tag_name = required(call, form, tag_name);
  row.is_tag = true;
  row.publisher = call.identity.user.id;
  std::string target = form.text("target");
  std::chrono::milliseconds window{0};
  {
    const auto guard = call.world.lock();
    window = call.world.settings.create_window;
    if (target.empty()) target = call.repository->default_branch;
    const auto commit = call.repository->git.resolve(target);
    if (!commit) {
      call.refuse(404, "target not found: object does not exist [id: " + target + ", rel_path: ]");
    }
    if (call.repository->find_row(row.tag_name) != nullptr) {
      call.refuse(409, "tag already exists [name: " + row.tag_name + "]");
    }
    row.target = *commit;
  }
  try {
    make_tag(call.world, *call.repository, call.identity, row, form.text("message"), window);
    row.target.clear();
    // If git had the tag already, make_tag has left the row without its lower-case name: from now
    // on no look-up finds it (measured on all four servers), and the sandbox does the same.
    const auto hold = call.begin_write();
    const auto guard = call.world.lock();
    insert_row(call.world, *call.repository, row);
    return json_answer(
        201, show_tag(call.world, *call.repository, *call.repository->git.find_tag(row.tag_name)));
  } catch (const ReleaseError& error) {
    if (error.kind == ReleaseError::Kind::protected_tag) {
      call.refuse(call.profile().protected_tag_status, "user not allowed to create protected tag");
    }
    call.broken(error.text);
  }
}

Response delete_tag(Call& call) {
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  refuse_archived(call);
  Repository& repository = *call.repository;
  const ReleaseRow* row = repository.find_row(call.arguments[2]);
  if (row == nullptr) call.not_found();
  if (!row->is_tag) call.refuse(409, "a tag attached to a release cannot be deleted directly");
  if (!may_make_tag(repository, call.identity, row->tag_name)) {
    call.refuse(call.profile().protected_tag_status, "user not allowed to delete protected tag");
  }
  const std::int64_t id = row->id;
  repository.git.remove_tag(row->tag_name);
  remove_assets(call.world, repository, id);
  repository.releases.erase(id);
  Response response;
  response.status = 204;
  return response;
}

Response list_protections(Call& call) {
  const auto guard = call.world.lock();
  Json::Array out;
  for (const auto& protection : call.repository->protections) {
    out.push_back(show_protection(protection));
  }
  return json_answer(200, std::move(out));
}

Response create_protection(Call& call) {
  const Json form =
      bind(call, "CreateTagProtectionOption", {{"name_pattern", "NamePattern", "string"}});
  const std::string pattern(trim(form.text("name_pattern")));
  if (pattern.empty()) call.refuse(400, "name_pattern are empty");
  const auto users = form.texts("whitelist_usernames");
  if (users.empty() && form.texts("whitelist_teams").empty()) {
    call.refuse(400, "both whitelist_usernames and whitelist_teams are empty");
  }
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  TagProtection protection{++call.world.last_protection_id, pattern, users, unix_now()};
  call.repository->protections.push_back(protection);
  return json_answer(201, show_protection(protection));
}

}  // namespace sandbox
