// SPDX-License-Identifier: MIT
#include "downloads.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "answers.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

struct Found {
  std::shared_ptr<Repository> repository;
  Asset asset;
};

Response page(std::string_view title) {
  Response response;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body = "<!DOCTYPE html>\n<html><head><title>" + std::string(title) +
                  "</title></head><body><h1>" + std::string(title) + "</h1></body></html>\n";
  return response;
}

bool is_writer(const Repository& repository, const Identity& identity) {
  return web_permission_of(repository, identity) >= Permission::write;
}

const ReleaseRow* latest(const Repository& repository) {
  const ReleaseRow* best = nullptr;
  for (const auto& [id, row] : repository.releases) {
    if (row.is_tag || row.is_draft || row.is_prerelease) continue;
    if (best == nullptr || row.created >= best->created) best = &row;
  }
  return best;
}

// If several assets have one name, the oldest is sent (measured). Tag and name are case-sensitive,
// unlike everywhere else.
std::optional<Found> by_name(World& world, const std::shared_ptr<Repository>& repository,
                             const std::string& tag, const std::string& name,
                             const Identity& identity) {
  const ReleaseRow* row = nullptr;
  for (const auto& [id, candidate] : repository->releases) {
    if (candidate.tag_name == tag && !candidate.is_tag) row = &candidate;
  }
  if (row == nullptr && tag == "latest") row = latest(*repository);
  if (row == nullptr) return std::nullopt;
  const bool visible = !row->is_draft || (world.profile.draft_download_for_writers &&
                                          is_writer(*repository, identity));
  if (!visible) return std::nullopt;
  for (const auto& [id, asset] : repository->assets) {
    if (asset.release_id == row->id && asset.name == name) return Found{repository, asset};
  }
  return std::nullopt;
}

std::optional<Found> by_uuid(World& world, const std::string& uuid, const Identity& identity) {
  for (const auto& [id, repository] : world.repositories) {
    for (const auto& [key, asset] : repository->assets) {
      if (asset.uuid != uuid) continue;
      if (web_permission_of(*repository, identity) == Permission::none) return std::nullopt;
      const auto row = repository->releases.find(asset.release_id);
      const bool draft = row != repository->releases.end() && row->second.is_draft;
      if (draft && world.profile.draft_attachment_hidden && !is_writer(*repository, identity)) {
        return std::nullopt;
      }
      return Found{repository, asset};
    }
  }
  return std::nullopt;
}

std::string sniffed(const OpenFile& file) {
  char start[512] = {};
  const ssize_t got = ::pread(file.descriptor(), start, sizeof start, 0);
  const std::string_view text(start, got > 0 ? static_cast<std::size_t>(got) : 0);
  using namespace std::string_view_literals;
  if (text.starts_with("PK\x03\x04"sv)) return "application/zip";
  if (text.starts_with("\x1F\x8B\x08"sv)) return "application/x-gzip";
  if (text.starts_with("\x89PNG\r\n"sv)) return "image/png";
  if (text.starts_with("%PDF-"sv)) return "application/pdf";
  const bool is_text = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return is_text ? "text/plain; charset=utf-8" : "application/octet-stream";
}

struct Range {
  std::uint64_t first = 0;
  std::uint64_t size = 0;
};

// `bytes=a-b`, `a-`, `-n`; for several ranges the whole file is sent.
std::optional<Range> range_of(std::string_view text, std::uint64_t size, bool& satisfiable) {
  satisfiable = true;
  if (!text.starts_with("bytes=") || contains(text, ",")) return std::nullopt;
  text.remove_prefix(6);
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = to_number(text.substr(0, dash));
  const auto last = to_number(text.substr(dash + 1));
  if (!first && !last) return std::nullopt;
  if (!first) {
    const auto count = std::min(static_cast<std::uint64_t>(*last), size);
    return Range{size - count, count};
  }
  const auto begin = static_cast<std::uint64_t>(*first);
  if (begin >= size) {
    satisfiable = false;
    return std::nullopt;
  }
  const auto end = last ? std::min(static_cast<std::uint64_t>(*last), size - 1) : size - 1;
  if (end < begin) return std::nullopt;
  return Range{begin, end - begin + 1};
}

Response serve_asset(World& world, const Request& request, const Found& found) {
  // Counting the download is a write, and waits like any other.
  const auto hold = world.begin_write();
  if (!hold) return text_answer(500, "Internal Server Error");
  std::shared_ptr<OpenFile> file;
  {
    const auto guard = world.lock();
    file = world.blobs.open(found.asset.uuid);
    if (!file) return text_answer(500, "Internal Server Error");
    const auto asset = found.repository->assets.find(found.asset.id);
    if (asset != found.repository->assets.end()) ++asset->second.downloads;
  }
  const Asset& asset = found.asset;
  const std::string tag = "\"" + asset.uuid + "\"";
  const std::string modified = http_date(asset.created);
  Response response;
  Headers& headers = response.headers;
  headers.add("ETag", tag);
  headers.add("Last-Modified", modified);
  headers.add("Cache-Control", std::string(world.profile.download_cache));
  if (contains(request.headers.value("If-None-Match"), tag) ||
      (!request.headers.has("If-None-Match") &&
       parse_http_date(std::string(request.headers.value("If-Modified-Since"))).value_or(0) >=
           asset.created)) {
    response.status = 304;
    return response;
  }
  std::string quoted;
  for (const char c : asset.name) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
  }
  headers.add("Content-Disposition",
              "inline; filename=\"" + quoted + "\"; filename*=UTF-8''" + query_escape(asset.name));
  headers.add("X-Content-Type-Options", "nosniff");
  if (world.profile.accept_ranges) headers.add("Accept-Ranges", "bytes");
  const std::string_view if_range = request.headers.value("If-Range");
  const bool ranged =
      !world.profile.if_range_counts || if_range.empty() || if_range == tag || if_range == modified;
  bool satisfiable = true;
  std::optional<Range> range;
  if (ranged) range = range_of(request.headers.value("Range"), asset.size, satisfiable);
  if (!satisfiable) {
    Response refused = text_answer(416, "invalid range: failed to overlap");
    refused.headers.add("Content-Range", "bytes */" + std::to_string(asset.size));
    return refused;
  }
  headers.add("Content-Type", sniffed(*file));
  response.file = FileSlice{file, 0, asset.size};
  if (range) {
    response.status = 206;
    response.file = FileSlice{file, range->first, range->size};
    headers.add("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                     std::to_string(range->first + range->size - 1) + "/" +
                                     std::to_string(asset.size));
  }
  return response;
}

// The paths below `/o/r/` that need a repository.
Response serve_repository(World& world, const Request& request,
                          const std::vector<std::string>& parts, const Identity& identity,
                          std::optional<Found>& found) {
  const auto guard = world.lock();
  const std::string rest =
      request.path.substr(std::min(request.path.size(), 2 + parts[0].size() + parts[1].size()));
  const User* owner = world.find_user(percent_decode(parts[0]));
  if (owner == nullptr) return text_answer(404, "Not Found");
  const std::string name = lower(percent_decode(parts[1]));
  const auto repository = world.find_repository(owner->id, name);
  if (repository == nullptr) {
    const auto moved = world.repository_redirects.find({owner->id, name});
    if (moved == world.repository_redirects.end()) return text_answer(404, "Not Found");
    const auto target = world.repositories.find(moved->second);
    if (target == world.repositories.end()) return text_answer(404, "Not Found");
    const std::string root = world.root_url.substr(world.root_url.find('/', 8));
    return redirect_answer(world.profile.rename_status, request.method,
                           root + world.full_name(*target->second) + rest +
                               (request.query.empty() ? "" : "?" + request.query));
  }
  if (web_permission_of(*repository, identity) == Permission::none) {
    return text_answer(404, "Not Found");
  }
  if (parts.size() == 2 || (parts.size() == 3 && parts[2] == "releases"))
    return page(repository->name);
  if (parts.size() >= 5 && parts[2] == "releases" && parts[3] == "tag") {
    std::string tag = percent_decode(rest.substr(std::string_view("/releases/tag/").size()));
    const ReleaseRow* row = repository->find_row(tag);
    const bool visible = row != nullptr && (!row->is_draft || is_writer(*repository, identity));
    return visible ? page(row->title.empty() ? row->tag_name : row->title)
                   : text_answer(404, "Not Found");
  }
  if (parts.size() == 6 && parts[2] == "releases" && parts[3] == "download") {
    found =
        by_name(world, repository, percent_decode(parts[4]), percent_decode(parts[5]), identity);
  }
  if (parts.size() == 4 && parts[2] == "attachments") {
    found = by_uuid(world, percent_decode(parts[3]), identity);
  }
  return text_answer(404, "Not Found");
}

}  // namespace

Response serve_web(World& world, const Request& request, std::string& user) {
  if (request.method != "GET" && request.method != "HEAD") {
    Response response;
    response.status = 405;
    return response;
  }
  const auto parts = split(std::string_view(request.path).substr(1), '/');
  const bool by_attachment = parts[0] == "attachments" && parts.size() == 2;
  Identity identity;
  const bool blind =
      request.method == "HEAD" && by_attachment && !world.profile.head_attachment_authenticates;
  bool signin = false;
  if (!blind) {
    const auto guard = world.lock();
    const Authentication authentication = authenticate(world, request);
    if (authentication.refused) return text_answer(401, world.profile.bad_token_download);
    identity = authentication.identity;
    signin = world.settings.require_signin;
  }
  user = identity.user.name;
  if (identity.by_personal_token) world.begin_write();
  if (signin && !identity.signed_in()) {
    const std::string root = world.root_url.substr(world.root_url.find('/', 8));
    if (parts[0] == "user") return page("Sign In");
    return redirect_answer(303, request.method, root + "user/login");
  }
  if (parts[0].empty() || parts[0] == "user") return page("Gitea sandbox");
  if (parts[0] == "api") {
    Response response = text_answer(404, "Not found.");
    response.headers.set("Content-Type", "text/plain;charset=utf-8");
    return response;
  }
  std::optional<Found> found;
  Response response = text_answer(404, "Not Found");
  if (by_attachment) {
    const auto guard = world.lock();
    found = by_uuid(world, percent_decode(parts[1]), identity);
  } else if (parts.size() >= 2) {
    response = serve_repository(world, request, parts, identity, found);
  }
  if (!found) return response;
  if (world.profile.download_checks_scope && !identity.has_scope("read:repository")) {
    return text_answer(403, "Forbidden");
  }
  return serve_asset(world, request, *found);
}

}  // namespace sandbox
