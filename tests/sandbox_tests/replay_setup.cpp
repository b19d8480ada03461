// SPDX-License-Identifier: MIT
// The users and repositories that existed when the exchanges were recorded, and what was done
// between them. Cases have the same names as in tests/data/recordings/.
#include <stdexcept>

#include "sandbox_tests/replay.hpp"

namespace sandbox_tests {
namespace {

std::vector<std::string> root_options(const std::string& root_url) {
  return root_url.empty() ? std::vector<std::string>{}
                          : std::vector<std::string>{"--root-url", root_url};
}

}  // namespace

Replay::Replay(const std::string& profile, const std::string& root_url)
    : profile_(profile), root_url_(root_url), sandbox_(profile, root_options(root_url)) {
  const std::pair<const char*, const char*> users[] = {
      {"owner", R"({"user":"owner"})"},
      {"writer", R"({"user":"writer"})"},
      {"reader", R"({"user":"reader"})"},
      {"stranger", R"({"user":"stranger"})"},
      {"admin", R"({"user":"root1","admin":true})"},
      {"owner, read:repository", R"({"user":"owner","scopes":["read:repository"]})"},
      {"owner, read:user", R"({"user":"owner","scopes":["read:user"]})"},
      {"owner, public-only", R"({"user":"owner","scopes":["public-only","write:repository"]})"},
      {"inactive", R"({"user":"inactive","prohibited":true})"},
      {"must change", R"({"user":"must","must_change_password":true})"},
      {"ren", R"({"user":"ren"})"}};
  for (const auto& [name, json] : users) tokens_[name] = sandbox_.token_of(json);
  for (const char* name : {"main1", "list1", "list2", "patch1", "asset1", "names1", "dl1", "nounit",
                           "newname", "arch1", "prot1", "lim1"}) {
    repository(name, R"(,"auto_init":true)");
  }
  repository("empty1");
  repository("priv1", R"(,"auto_init":true,"private":true)");
  commit_ = api("GET", "main1/branches/main", "", "owner").at("commit.id");
}

std::string Replay::credentials(const std::string& as) const {
  if (as == "bad basic") return basic("nouser", "nopass");
  return "token " + (as == "bad token" ? std::string(40, 'x') : tokens_.at(as));
}

void Replay::prepare(const std::string& name) {
  prepare_assets(name);
  prepare_rights(name);
  const char* dated = R"(,"annotated":true,"message":"m","date":"2020-02-02T02:02:02Z")";
  if (name == "get-by-tag-tagrow") push("main1", "t3", dated);
  if (name == "post-draft-pushed-tag") push("main1", "t3d");
  if (name == "post-gittag-no-row") push("main1", "t4", R"(,"row_delay_ms":3600000)");
  if (name == "post-case-variant") release("main1", "v5");
  if (name == "post-case-variant-tagrow") {
    // The recording of 1.27 was made before the row of the pushed tag was written.
    push("main1", "v55", profile_ == "gitea-1.27" ? R"(,"row_delay_ms":3600000)" : "");
  }
  if (name == "post-unknown-target-tag-exists") push("main1", "t9");
  if (name == "get-tag-slash-escaped") release("main1", "a/b");
  if (name == "list?limit=100") {
    for (int i = 0; i < 55; ++i) {
      release("list1", "l" + std::string(i < 10 ? "0" : "") + std::to_string(i),
              std::string(i == 54 ? R"(,"draft":true)" : "") +
                  (i % 5 == 0 ? R"(,"prerelease":true)" : ""),
              "owner");
    }
  }
  if (name == "patch-empty") {
    ids_["p1"] = release("patch1", "p1", R"(,"draft":true,"name":"N","body":"B")");
  }
  if (name == "publish-draft") {
    api("PATCH", "patch1/releases/" + ids_["p1"], R"({"body":" "})", "writer");
  }
  if (name == "patch-no-ctype") {
    api("PATCH", "patch1/releases/" + ids_["p1"], R"({"tag_name":"p1b"})", "writer");
  }
  if (name == "publish-unknown-target") {
    ids_["p2"] = release("patch1", "p2", R"(,"draft":true,"target_commitish":"nope")");
  }
  if (name == "retag-onto-row") {
    push("patch1", "p23");
    ids_["p3"] = release("patch1", "p3", R"(,"draft":true)");
  }
  if (name == "delete-release") ids_["deleted"] = release("patch1", "pdel");
  const std::pair<const char*, const char*> ghosts[] = {
      {"ghost-post-no-target", "p27"}, {"ghost-post-draft", "p27x"}, {"ghost-delete-tag", "p27y"}};
  for (const auto& [of, tag] : ghosts) {
    if (name != of) continue;
    const std::string id = release("patch1", tag, R"(,"draft":true)");
    api("DELETE", "patch1/releases/" + id, "", "writer");
  }
  if (name == "delete-tag-released") release("patch1", "p28");
  if (name == "draft-after-push") {
    const std::string id =
        release("patch1", "p29", R"(,"draft":true,"name":"keepname","body":"keepbody")");
    asset("patch1", id, "f", "x");
    push("patch1", "p29", R"(,"annotated":true,"message":"m","date":"2020-04-04T00:00:00Z")");
  }
}

void Replay::prepare_assets(const std::string& name) {
  if (name == "asset-multipart") ids_["assets"] = release("asset1", "v1");
  if (name == R"(asset-rename {"name":"ren2"})") {
    ids_["renamed"] = asset("asset1", ids_["assets"], "ren1", "x").at("id");
  }
  if (name == "asset-delete-again") {
    api("DELETE", "asset1/releases/" + ids_["assets"] + "/assets/" + ids_["renamed"], "", "writer");
  }
  if (name.starts_with("name-") && !ids_.contains("names")) ids_["names"] = release("names1", "v1");
  if (name.starts_with("dl ") && uuid_.empty()) {
    const std::string bytes("\0\1\2\3 bytes", 10);
    uuid_ = asset("dl1", release("dl1", "v1"), "f.bin", bytes).at("uuid");
  }
  if (name == "limit-raw-1 MiB") {
    ids_["limits"] = release("lim1", "v1");
    sandbox_.set(R"({"max_size_bytes":1048576,"allowed_types":".txt,.zip"})");
  }
  if (name == "type-rename") {
    ids_["renamed"] = asset("lim1", ids_["limits"], "okk.txt", "x").at("id");
  }
}

void Replay::prepare_rights(const std::string& name) {
  if (name == "unit-off-writer") api("PATCH", "nounit", R"({"has_releases":false})", "owner");
  if (name == "renamed-GET") {
    repository("oldname", R"(,"auto_init":true)");
    api("DELETE", "newname", "", "owner");
    api("PATCH", "oldname", R"({"name":"newname"})", "owner");
  }
  if (name == "renamed-owner-GET") {
    sandbox_.ask("POST", "/api/v1/user/repos",
                 with_token(tokens_["ren"], {{"Content-Type", "application/json"}}),
                 R"({"name":"r","auto_init":true})");
    sandbox_.control("PATCH", "users/ren", R"({"name":"rnm"})");
  }
  if (name == "archived-post") {
    ids_["archived"] = release("arch1", "v1");
    api("PATCH", "arch1", R"({"archived":true})", "owner");
  }
  if (name == "protected-post-existing") push("prot1", "rel-3");
  if (name == "protected-publish") {
    ids_["protected"] = release("prot1", "rel-5", R"(,"draft":true)");
  }
  if (name == "signin-anon") sandbox_.set(R"({"require_signin":true})");
  if (name == "root-url-subpath") {
    asset("main1", release("main1", "v1", "", "owner"), "f", "x");
    sandbox_.get("/owner/main1/releases/download/v1/f");
  }
  if (name == "renamed-subpath") api("PATCH", "main1", R"({"name":"moved"})", "owner");
}

Answer Replay::api(const std::string& method, const std::string& below, const std::string& json,
                   const std::string& as) const {
  const Answer answer =
      sandbox_.ask(method, "/api/v1/repos/owner/" + below,
                   with_token(tokens_.at(as), {{"Content-Type", "application/json"}}), json);
  if (answer.status / 100 != 2) throw std::runtime_error(below + ": " + answer.body);
  return answer;
}

void Replay::repository(const std::string& name, const std::string& more) const {
  sandbox_.ask("POST", "/api/v1/user/repos",
               with_token(tokens_.at("owner"), {{"Content-Type", "application/json"}}),
               R"({"name":")" + name + "\"" + more + "}");
  for (const auto& [user, permission] :
       {std::pair{"writer", "write"}, std::pair{"reader", "read"}}) {
    sandbox_.control(
        "POST", "repos/owner/" + name + "/collaborators",
        std::string(R"({"user":")") + user + R"(","permission":")" + permission + "\"}");
  }
}

void Replay::push(const std::string& repository, const std::string& tag,
                  const std::string& more) const {
  sandbox_.control("POST", "repos/owner/" + repository + "/push",
                   R"({"ref":"refs/tags/)" + tag + "\"" + more + "}");
}

std::string Replay::release(const std::string& repository, const std::string& tag,
                            const std::string& more, const std::string& as) const {
  const bool at_main = more.find("target_commitish") == std::string::npos;
  return api("POST", repository + "/releases",
             R"({"tag_name":")" + tag + "\"" + (at_main ? R"(,"target_commitish":"main")" : "") +
                 more + "}",
             as)
      .at("id");
}

Answer Replay::asset(const std::string& repository, const std::string& release,
                     const std::string& name, const std::string& content) const {
  return sandbox_.ask(
      "POST", "/api/v1/repos/owner/" + repository + "/releases/" + release + "/assets?name=" + name,
      with_token(tokens_.at("writer"), {{"Content-Type", binary_type}}), content);
}

}  // namespace sandbox_tests
