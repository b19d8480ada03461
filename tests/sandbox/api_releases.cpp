// SPDX-License-Identifier: MIT
#include <algorithm>
#include <thread>

#include "binding.hpp"
#include "endpoints.hpp"
#include "paging.hpp"
#include "releases.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

const std::vector<Field> fields = {{"tag_name", "TagName", "string"},
                                   {"target_commitish", "Target", "string"},
                                   {"name", "Title", "string"},
                                   {"body", "Note", "string"},
                                   {"tag_message", "TagMessage", "string"},
                                   {"draft", "IsDraft", "bool"},
                                   {"prerelease", "IsPrerelease", "bool"}};

bool holds_write_token(const Call& call) {
  return call.may_write() && call.identity.has_scope("write:repository");
}

bool sees_drafts_by_id(const Call& call) {
  switch (call.profile().draft_by_id) {
    case Profile::DraftById::everybody:
      return true;
    case Profile::DraftById::writers:
      return call.may_write();
    case Profile::DraftById::write_tokens:
      return holds_write_token(call);
  }
  return true;
}

bool sees_drafts_in_list(const Call& call) {
  return call.profile().draft_by_id == Profile::DraftById::write_tokens ? holds_write_token(call)
                                                                        : call.may_write();
}

bool newer(const ReleaseRow* left, const ReleaseRow* right) {
  return left->created != right->created ? left->created > right->created : left->id > right->id;
}

Json show(const Call& call, const ReleaseRow& row) {
  return show_release(call.world, *call.repository, row, row.publisher);
}

// Without a parameter nothing is filtered.
bool passes(const std::optional<std::string>& asked, bool value) {
  const auto wanted = to_flag(asked.value_or(""));
  return !wanted || *wanted == value;
}

bool mentions(const ReleaseRow& row, const std::string& text) {
  return contains(lower(row.tag_name), text) || contains(lower(row.title), text) ||
         contains(lower(row.note), text);
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

// The columns of a POST; empty strings stay empty.
void fill(const Call& call, const Json& form, ReleaseRow& row) {
  row.title = form.text("name");
  if (row.title.empty() && call.profile().name_defaults_to_tag) row.title = row.tag_name;
  row.title = shortened(call.profile(), row.title);
  row.note = form.text("body");
  row.is_draft = form.flag("draft");
  row.is_prerelease = form.flag("prerelease");
  row.target = form.text("target_commitish");
  row.is_tag = false;
  row.publisher = call.identity.user.id;
}

// The stored publisher of a job token's release is nobody: later reads show Ghost.
Response created(Call& call, const ReleaseRow& row) {
  return json_answer(201, show_release(call.world, *call.repository, row, call.identity.user.id));
}

std::int64_t stored_publisher(const Call& call) {
  return call.identity.kind == Identity::Kind::job ? ghost_id : call.identity.user.id;
}

// A tag that was pushed: its row becomes the release, with the row's name and date. Between the
// read and the write another POST may do the same, and both get 201.
Response convert_tag_row(Call& call, const Json& form, ReleaseRow row,
                         std::chrono::milliseconds window) {
  fill(call, form, row);
  row.publisher = stored_publisher(call);
  try {
    make_tag(call.world, *call.repository, call.identity, row, "", window);
    if (row.is_draft) std::this_thread::sleep_for(window);
    // make_tag sets the date of a draft to now: measured also for tags that were pushed.
    const auto hold = call.begin_write();
    const auto guard = call.world.lock();
    write_row(*call.repository, row);
    return created(call, row);
  } catch (const ReleaseError& error) {
    call.broken(error.text);
  }
}

Response insert_release(Call& call, const Json& form, const std::string& tag,
                        std::chrono::milliseconds window) {
  ReleaseRow row;
  row.tag_name = tag;
  fill(call, form, row);
  row.publisher = stored_publisher(call);
  {
    const auto guard = call.world.lock();
    if (row.target.empty()) row.target = call.repository->default_branch;
    if (call.repository->find_row(tag) != nullptr) {
      call.refuse(409, "release tag already exist [tag_name: " + tag + "]");
    }
  }
  const std::string message = call.profile().tag_message ? form.text("tag_message") : "";
  try {
    make_tag(call.world, *call.repository, call.identity, row, message, window);
    row.lower_tag_name = lower(row.tag_name);
    const auto hold = call.begin_write();
    const auto guard = call.world.lock();
    if (row.is_draft && call.repository->find_row(tag) != nullptr) {
      call.refuse(409, "release tag already exist [tag_name: " + tag + "]");
    }
    insert_row(call.world, *call.repository, row);
    return created(call, row);
  } catch (const ReleaseError& error) {
    const Profile& profile = call.profile();
    if (error.kind == ReleaseError::Kind::protected_tag && profile.protected_status != 500) {
      call.refuse(profile.protected_status, error.text);
    }
    if (error.kind == ReleaseError::Kind::unknown_target && profile.unknown_target_status != 500) {
      call.refuse(profile.unknown_target_status,
                  profile.unknown_target_is_short
                      ? "target not found"
                      : "target \"" + row.target + "\" not found: " + error.text);
    }
    call.broken(error.text);
  }
}

Response delete_row(Call& call, ReleaseRow& row) {
  remove_assets(call.world, *call.repository, row.id);
  row.is_tag = true;
  row.is_draft = false;
  row.is_prerelease = false;
  row.title.clear();
  row.note.clear();
  return no_content();
}

}  // namespace

Response list_releases(Call& call) {
  const auto guard = call.world.lock();
  const bool drafts = sees_drafts_in_list(call);
  const std::string text =
      call.profile().filter_q ? lower(call.request.parameter("q").value_or("")) : "";
  std::vector<const ReleaseRow*> rows;
  for (const auto& [id, row] : call.repository->releases) {
    if (!row.is_tag && (drafts || !row.is_draft) &&
        passes(call.request.parameter("draft"), row.is_draft) &&
        passes(call.request.parameter("pre-release"), row.is_prerelease) && mentions(row, text)) {
      rows.push_back(&row);
    }
  }
  std::sort(rows.begin(), rows.end(), newer);
  const Page page = page_of(call.request);
  Json::Array out;
  for (std::size_t i = page.begin(rows.size()); i < page.end(rows.size()); ++i) {
    out.push_back(show(call, *rows[i]));
  }
  Response response = json_answer(200, std::move(out));
  add_paging(call, page, rows.size(), true, response);
  return response;
}

Response show_latest_release(Call& call) {
  const auto guard = call.world.lock();
  const ReleaseRow* latest = nullptr;
  for (const auto& [id, row] : call.repository->releases) {
    if (row.is_tag || row.is_draft || row.is_prerelease) continue;
    if (latest == nullptr || newer(&row, latest)) latest = &row;
  }
  if (latest == nullptr) call.not_found();
  return json_answer(200, show(call, *latest));
}

Response show_release_by_tag(Call& call) {
  const auto guard = call.world.lock();
  const ReleaseRow* row = call.repository->find_row(call.arguments[2]);
  const bool visible =
      row != nullptr && !row->is_tag &&
      (!row->is_draft || call.profile().draft_by_tag_for_everybody || call.may_write());
  if (!visible) call.not_found();
  return json_answer(200, show(call, *row));
}

Response show_release_by_id(Call& call) {
  const auto guard = call.world.lock();
  const ReleaseRow* row = call.repository->find_release(call.number_argument(2).value_or(0));
  if (row == nullptr || (row->is_draft && !sees_drafts_by_id(call))) call.not_found();
  return json_answer(200, show(call, *row));
}

Response create_release(Call& call) {
  const Json form = bind(call, "CreateReleaseOption", fields);
  const std::string tag = required(call, form, fields[0]);
  std::optional<ReleaseRow> seen;
  std::chrono::milliseconds window{0};
  {
    const auto guard = call.world.lock();
    if (call.repository->git.empty()) {
      if (call.profile().empty_repository_status == 500) call.broken("repo is empty");
      call.refuse(call.profile().empty_repository_status, "repo is empty");
    }
    if (const ReleaseRow* row = call.repository->find_row(tag)) seen = *row;
    window = call.world.settings.create_window;
  }
  if (seen && !seen->is_tag) call.refuse(409, call.profile().conflict);
  return seen ? convert_tag_row(call, form, *seen, window)
              : insert_release(call, form, tag, window);
}

Response edit_release(Call& call) {
  const Json form = bind(call, "EditReleaseOption", fields);
  ReleaseRow row;
  std::chrono::milliseconds window{0};
  {
    const auto guard = call.world.lock();
    const ReleaseRow* found = call.repository->find_release(call.number_argument(2).value_or(0));
    if (found == nullptr) call.not_found();
    row = *found;
    window = call.world.settings.patch_window;
  }
  // Strings count only if they are not empty: nothing can be cleared.
  row.tag_name = form.text("tag_name").empty() ? row.tag_name : form.text("tag_name");
  row.target = form.text("target_commitish").empty() ? row.target : form.text("target_commitish");
  row.title = form.text("name").empty() ? row.title : form.text("name");
  row.note = form.text("body").empty() ? row.note : form.text("body");
  row.is_draft = form.flag("draft", row.is_draft);
  row.is_prerelease = form.flag("prerelease", row.is_prerelease);
  row.title = shortened(call.profile(), row.title);
  row.lower_tag_name = lower(row.tag_name);
  try {
    make_tag(call.world, *call.repository, call.identity, row, "", window);
    if (row.is_draft) std::this_thread::sleep_for(window);
    const auto hold = call.begin_write();
    const auto guard = call.world.lock();
    write_row(*call.repository, row);
    return json_answer(200, show(call, row));
  } catch (const ReleaseError& error) {
    call.broken(error.text);
  }
}

Response delete_release_by_id(Call& call) {
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  ReleaseRow* row = call.repository->find_release(call.number_argument(2).value_or(0));
  if (row == nullptr) call.not_found();
  return delete_row(call, *row);
}

Response delete_release_by_tag(Call& call) {
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  ReleaseRow* row = call.repository->find_row(call.arguments[2]);
  if (row == nullptr || row->is_tag) call.not_found();
  return delete_row(call, *row);
}

}  // namespace sandbox
