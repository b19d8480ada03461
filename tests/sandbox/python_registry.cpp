// SPDX-License-Identifier: MIT
#include "python_registry.hpp"

#include <algorithm>
#include <cctype>

#include "digest.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

constexpr std::string_view python_type = "pypi";

[[noreturn]] void refuse_python(int status, std::string_view text) {
  Refusal refusal{text_answer(status, text)};
  if (status == 401) {
    refusal.response.headers.add("WWW-Authenticate", "Basic realm=\"Gitea Package API\"");
  }
  throw refusal;
}

std::string registry_name(std::string name) {
  for (char& c : name) {
    if (c == '.' || c == '_') c = '-';
  }
  return name;
}

bool is_python_name(const std::string& name) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return !name.empty() && is_word(name.front()) && is_word(name.back()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_word(c) || c == '-'; });
}

// Anybody reads the packages of these owners, who are all public; the owner and site admins write.
std::int64_t admit_to_registry(Call& call, const std::string& owner_name) {
  const auto guard = call.world.lock();
  const Authentication authentication = authenticate(call.world, call.request);
  if (authentication.refused) refuse_python(401, "authGroup.Verify");
  call.identity = authentication.identity;
  const User* owner = call.world.find_user(owner_name);
  if (owner == nullptr) refuse_python(404, "user does not exist");
  const bool writes = call.request.method == "POST";
  const bool has_right = !writes || call.identity.is_admin() || call.identity.user.id == owner->id;
  if (!has_right || !call.identity.has_scope(writes ? "write:package" : "read:package")) {
    refuse_python(401, "user should have specific permission or be a site admin");
  }
  return owner->id;
}

PackageVersion* find_version(World& world, std::int64_t owner, const std::string& name,
                             const std::string& version) {
  for (PackageVersion& package : world.packages) {
    if (package.owner == owner && package.type == python_type &&
        lower(package.name) == lower(name) && package.version == version) {
      return &package;
    }
  }
  return nullptr;
}

PackageVersion& version_to_fill(World& world, std::int64_t owner, const std::string& name,
                                const std::string& version) {
  PackageVersion* found = find_version(world, owner, name, version);
  if (found != nullptr) return *found;
  PackageVersion& package = world.packages.emplace_back();
  package.id = static_cast<std::int64_t>(world.packages.size());
  package.owner = owner;
  package.type = python_type;
  package.name = name;
  package.version = version;
  package.created = unix_now();
  return package;
}

Response upload_python(Call& call, std::int64_t owner) {
  Form form;
  try {
    form = read_form(call.body, call.request.content_type(), call.world.blobs);
  } catch (const FormBroken& error) {
    refuse_python(400, error.what());
  }
  const auto sent = form.files.find("content");
  if (sent == form.files.end()) refuse_python(400, "http: no such file");
  PackageFile file;
  file.name = sent->second.name;
  file.size = sent->second.content->size();
  file.uuid = random_uuid();
  file.requires_python = form.fields["requires_python"];
  sent->second.content->keep(call.world.blobs.path(file.uuid));
  file.sha256 = digest_of_file(call.world.blobs.path(file.uuid), "sha256");
  const auto refuse_file = [&](int status, std::string_view text) {
    call.world.blobs.remove(file.uuid);
    refuse_python(status, text);
  };
  const std::string name = registry_name(form.fields["name"]);
  const std::string version = form.fields["version"];
  if (lower(form.fields["sha256_digest"]) != file.sha256) refuse_file(400, "hash mismatch");
  if (!is_python_name(name) || version.empty()) refuse_file(400, "invalid name or version");
  const auto guard = call.world.lock();
  PackageVersion& package = version_to_fill(call.world, owner, name, version);
  for (const PackageFile& known : package.files) {
    if (known.name == file.name) refuse_file(409, "package file already exists");
  }
  package.files.push_back(file);
  Response created;
  created.status = 201;
  return created;
}

Response show_index(Call& call, std::int64_t owner, const std::string& name) {
  const auto guard = call.world.lock();
  const std::string registry =
      call.world.root_url + "api/packages/" + call.world.find_user(owner)->name + "/pypi";
  std::string links;
  for (const PackageVersion& package : call.world.packages) {
    if (package.owner != owner || package.type != python_type) continue;
    if (lower(package.name) != lower(name)) continue;
    for (const PackageFile& file : package.files) {
      links += "<a href=\"" + registry + "/files/" + lower(package.name) + "/" + package.version +
               "/" + file.name + "#sha256=" + file.sha256 + "\"";
      if (!file.requires_python.empty()) {
        std::string bounds;
        for (const char c : file.requires_python) {
          bounds += c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
        }
        links += " data-requires-python=\"" + bounds + "\"";
      }
      links += ">" + file.name + "</a><br>\n";
    }
  }
  if (links.empty()) refuse_python(404, "package does not exist");
  Response response;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body = "<!DOCTYPE html>\n<html><head><title>Links for " + name +
                  "</title></head><body>\n" + links + "</body></html>\n";
  return response;
}

Response download_python(Call& call, std::int64_t owner, const std::string& name,
                         const std::string& version, const std::string& file_name) {
  const auto guard = call.world.lock();
  const PackageVersion* package = find_version(call.world, owner, name, version);
  if (package == nullptr) refuse_python(404, "package does not exist");
  for (const PackageFile& file : package->files) {
    if (file.name != file_name) continue;
    Response response;
    response.headers.add("Content-Type", "application/octet-stream");
    response.file = FileSlice{call.world.blobs.open(file.uuid), 0, file.size};
    return response;
  }
  refuse_python(404, "package file does not exist");
}

Response carry_out_python(Call& call) {
  // "", "api", "packages", OWNER, "pypi", …
  std::vector<std::string> path = split(call.request.path, '/');
  for (std::string& part : path) part = percent_decode(part);
  if (path.size() < 5 || path[4] != python_type) refuse_python(404, "404 page not found");
  const std::int64_t owner = admit_to_registry(call, path[3]);
  const std::string& method = call.request.method;
  if (method == "POST" && path.size() == 5) return upload_python(call, owner);
  const bool reads = method == "GET" || method == "HEAD";
  if (reads && path.size() == 7 && path[5] == "simple") {
    return show_index(call, owner, registry_name(path[6]));
  }
  if (reads && path.size() == 9 && path[5] == "files") {
    return download_python(call, owner, registry_name(path[6]), path[7], path[8]);
  }
  refuse_python(404, "404 page not found");
}

}  // namespace

Response serve_python_registry(Call& call) {
  try {
    return carry_out_python(call);
  } catch (Refusal& refusal) {
    return std::move(refusal.response);
  }
}

}  // namespace sandbox
