// SPDX-License-Identifier: MIT
#include <algorithm>
#include <thread>

#include "binding.hpp"
#include "digest.hpp"
#include "endpoints.hpp"
#include "show.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

struct Incoming {
  std::string name;
  std::unique_ptr<BlobWriter> content;
};

const Field name_field{"name", "Name", "string"};

// Any row can have assets, even one that is only a tag (measured).
ReleaseRow* find_any_row(const Call& call) {
  auto& rows = call.repository->releases;
  const auto found = rows.find(call.number_argument(2).value_or(0));
  return found == rows.end() ? nullptr : &found->second;
}

Asset& asset_argument(const Call& call) {
  const auto found = call.repository->assets.find(call.number_argument(3).value_or(0));
  if (found == call.repository->assets.end() ||
      found->second.release_id != call.number_argument(2).value_or(0)) {
    call.not_found();
  }
  return found->second;
}

bool looks_like_text(std::string_view start) {
  return std::none_of(start.begin(), start.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' &&
           byte != 0x1B;
  });
}

// Entries are extensions with their dot, or media types.
bool is_allowed(const std::string& allowed, const std::string& name,
                const std::optional<std::string>& start) {
  if (trim(allowed).empty()) return true;
  const auto dot = name.rfind('.');
  const std::string extension = dot == std::string::npos ? "" : lower(name.substr(dot));
  const std::string type =
      start && looks_like_text(*start) ? "text/plain" : "application/octet-stream";
  for (const std::string& entry : split(allowed, ',')) {
    const std::string wanted = lower(trim(entry));
    if (wanted == "*/*" || wanted == "*" || (!extension.empty() && wanted == extension))
      return true;
    if (start && contains(wanted, "/") && matches_glob(wanted, type)) return true;
  }
  return false;
}

Response store(Call& call, const Incoming& incoming) {
  Asset asset;
  asset.uuid = random_uuid();
  asset.name = incoming.name;
  asset.size = incoming.content->size();
  asset.created = unix_now();
  asset.release_id = call.number_argument(2).value_or(0);
  const auto path = call.world.blobs.path(asset.uuid);
  incoming.content->keep(path);
  if (call.stored_bytes && *call.stored_bytes < asset.size) {
    asset.size = *call.stored_bytes;
    std::filesystem::resize_file(path, asset.size);
  }
  const auto guard = call.world.lock();
  asset.id = ++call.world.last_asset_id;
  call.repository->assets[asset.id] = asset;
  return json_answer(201, show_asset(call.world, asset));
}

std::string limit_text(std::uint64_t limit) {
  return "attachment exceeds limit " + std::to_string(limit);
}

// The body is the file. From the first kilobyte to the last byte the server holds its write lock:
// all other writes wait.
Response store_raw(Call& call, const Settings& settings) {
  if (!call.profile().raw_upload) {
    call.broken("request Content-Type isn't multipart/form-data");
  }
  Incoming incoming;
  incoming.name = call.request.parameter("name").value_or("");
  if (incoming.name.empty()) call.refuse(400, call.profile().no_name);
  incoming.content = call.world.blobs.begin();
  std::string start(1024, '\0');
  start.resize(call.body.read(start.data(), start.size()));
  if (!is_allowed(settings.allowed_types, incoming.name, start)) {
    call.refuse(400, call.profile().forbidden_type);
  }
  incoming.content->append(start);
  const auto hold = call.begin_write();
  while (!call.body.finished()) {
    std::size_t space = 0;
    char* out = incoming.content->space(space);
    const std::uint64_t size = incoming.content->size();
    if (settings.max_size && size > *settings.max_size) break;
    if (settings.max_size) {
      const std::uint64_t until = *settings.max_size + 1 - size;
      space = static_cast<std::size_t>(std::min<std::uint64_t>(space, until));
    }
    incoming.content->filled(call.body.read(out, space));
  }
  if (settings.max_size && incoming.content->size() > *settings.max_size) {
    Response response = error_answer(call.world, 413, limit_text(*settings.max_size));
    response.without_reading = !call.body.finished();
    throw Refusal{std::move(response)};
  }
  return store(call, incoming);
}

// The whole form arrives before any of it is examined.
Response store_form(Call& call, const Settings& settings) {
  if (call.request.query.find(';') != std::string::npos) {
    throw Refusal{text_answer(500, "failed to parse request multipart form")};
  }
  if (!call.form) {
    try {
      call.form = read_form(call.body, call.request.content_type(), call.world.blobs);
    } catch (const FormBroken& error) {
      call.broken(error.what());
    }
  }
  const auto file = call.form->files.find("attachment");
  if (file == call.form->files.end()) {
    if (call.profile().missing_part_is_400) {
      call.refuse(400, "One of 'attachment' or 'external_url' is required");
    }
    call.broken("http: no such file");
  }
  const auto field = call.form->fields.find("name");
  Incoming incoming{call.request.parameter("name").value_or(""), std::move(file->second.content)};
  if (incoming.name.empty() && field != call.form->fields.end()) incoming.name = field->second;
  if (incoming.name.empty()) incoming.name = file->second.name;
  if (!is_allowed(settings.allowed_types, incoming.name, "")) {
    call.refuse(400, call.profile().forbidden_type);
  }
  if (settings.max_size && incoming.content->size() > *settings.max_size) {
    call.refuse(413, limit_text(*settings.max_size));
  }
  const auto hold = call.begin_write();
  return store(call, incoming);
}

}  // namespace

Response list_assets(Call& call) {
  const auto guard = call.world.lock();
  const ReleaseRow* row = find_any_row(call);
  if (row == nullptr) call.not_found();
  return json_answer(200, show_assets(call.world, *call.repository, *row));
}

Response show_one_asset(Call& call) {
  const auto guard = call.world.lock();
  return json_answer(200, show_asset(call.world, asset_argument(call)));
}

Response upload_asset(Call& call) {
  Settings settings;
  {
    const auto guard = call.world.lock();
    settings = call.world.settings;
    if (!settings.attachments_enabled) call.not_found("Attachment is not enabled");
    if (find_any_row(call) == nullptr) call.not_found();
  }
  if (!call.profile().size_limit) settings.max_size.reset();
  const bool is_form = lower(call.request.content_type()).starts_with("multipart/form-data");
  return is_form ? store_form(call, settings) : store_raw(call, settings);
}

Response rename_asset(Call& call) {
  const Json form = bind(call, "EditAttachmentOptions", {name_field});
  const std::string name = form.text("name");
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  Asset& asset = asset_argument(call);
  if (!name.empty() && call.profile().rename_checks_extension &&
      !is_allowed(call.world.settings.allowed_types, name, std::nullopt)) {
    call.refuse(422, call.profile().forbidden_type);
  }
  if (!name.empty()) asset.name = name;
  return json_answer(201, show_asset(call.world, asset));
}

// The file is deleted a moment before the row: a read of the row in between gets 500.
Response delete_asset(Call& call) {
  std::int64_t id = 0;
  std::chrono::milliseconds window{0};
  {
    const auto hold = call.begin_write();
    const auto guard = call.world.lock();
    const Asset& asset = asset_argument(call);
    id = asset.id;
    window = call.world.settings.delete_window;
    if (window.count() > 0) call.world.blobs.remove(asset.uuid);
  }
  std::this_thread::sleep_for(window);
  const auto hold = call.begin_write();
  const auto guard = call.world.lock();
  const auto found = call.repository->assets.find(id);
  if (found == call.repository->assets.end()) call.not_found();
  call.world.blobs.remove(found->second.uuid);
  call.repository->assets.erase(found);
  Response response;
  response.status = 204;
  return response;
}

}  // namespace sandbox
