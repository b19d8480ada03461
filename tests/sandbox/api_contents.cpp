// SPDX-License-Identifier: MIT
#include "binding.hpp"
#include "endpoints.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

std::string member(const Json& form, std::string_view object, std::string_view name) {
  const Json* found = form.find(object);
  return found == nullptr ? "" : found->text(name);
}

}  // namespace

/// A file that is created through the API is a commit; its bytes are not kept, since releases never
/// use them.
Response create_file(Call& call) {
  const Json form = bind(call, "CreateFileOptions",
                         {{"content", "ContentBase64", "string"},
                          {"message", "Message", "string"},
                          {"branch", "BranchName", "string"}});
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  Repository& repository = *call.repository;
  const std::string& path = call.arguments[2];
  const std::string branch = form.text("branch", repository.default_branch);
  if (!repository.git.empty() && !repository.git.branches().contains(branch)) {
    call.not_found("branch does not exist [name: " + branch + "]");
  }
  if (!repository.files.insert(branch + ":" + path).second) {
    call.refuse(422, "repository file already exists [path: " + path + "]");
  }
  std::string message = form.text("message");
  if (message.empty()) message = "Add " + path;
  std::string author = member(form, "author", "name");
  if (author.empty()) author = call.identity.user.name;
  std::string email = member(form, "author", "email");
  if (email.empty()) email = lower(author) + "@noreply.localhost";
  const auto date = parse_rfc3339(member(form, "dates", "author")).value_or(unix_now());
  const std::string sha = repository.git.commit(branch, message, author, email, date);
  const Json shown = show_commit(call.world, repository, *repository.git.find_commit(sha));
  const std::string web = web_address(call.world, repository);
  const Json content = Json::object(
      {{"name", path.substr(path.rfind('/') + 1)},
       {"path", path},
       {"last_commit_sha", sha},
       {"type", "file"},
       {"size", base64_decode(form.text("content")).size()},
       {"encoding", "base64"},
       {"content", form.text("content")},
       {"html_url", web + "/src/branch/" + branch + "/" + path_escape_segments(path)}});
  Json commit = *shown.find("commit");
  commit.set("sha", sha);
  commit.set("html_url", shown.text("html_url"));
  commit.set("parents", *shown.find("parents"));
  return json_answer(
      201, Json::object({{"content", content}, {"commit", commit}, {"verification", nullptr}}));
}

}  // namespace sandbox
