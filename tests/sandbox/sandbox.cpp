// SPDX-License-Identifier: MIT
#include "sandbox.hpp"

#include <system_error>

#include "answers.hpp"
#include "downloads.hpp"
#include "python_registry.hpp"
#include "routes.hpp"

namespace sandbox {

namespace {

constexpr std::string_view control_prefix = "/_sandbox/";

// Doubled and trailing slashes are ignored.
std::string normalised(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c != '/' || out.empty() || out.back() != '/') out += c;
  }
  if (out.size() > 1 && out.back() == '/' && out != "/api/v1/") out.pop_back();
  return out;
}

}  // namespace

Sandbox::Sandbox(const Profile& profile, const std::string& root_url, std::string base_path,
                 const std::filesystem::path& data)
    : world_(profile, root_url, data),
      pushes_(world_),
      base_path_(std::move(base_path)),
      doors_([this](const Request& request, Body& body) { return handle(request, body); }) {}

std::vector<std::string> Sandbox::tokens() {
  const auto guard = world_.lock();
  std::vector<std::string> all;
  for (const auto& [secret, token] : world_.tokens) all.push_back(secret);
  return all;
}

Answer Sandbox::handle(const Request& original, Body& body) {
  Request request = original;
  const bool inside = base_path_.empty() || request.path == base_path_ ||
                      request.path.starts_with(base_path_ + "/");
  if (inside) request.path.erase(0, base_path_.size());
  if (!request.path.starts_with('/')) request.path.insert(0, 1, '/');
  if (request.path.starts_with(control_prefix)) {
    Controlled parts{world_, pushes_, faults_, log_, leaks_, doors_};
    Answer control;
    control.response =
        serve_control(parts, request, body, request.path.substr(control_prefix.size()));
    return control;
  }
  if (!inside) {
    Answer outside;
    outside.response = text_answer(404, "Not found.");
    return outside;
  }
  if (watches_) leaks_.watch(request, body, tokens());
  RequestLog::Entry entry;
  entry.id = log_.begin(request);
  try {
    Answer result = answer(request, body, entry);
    if (!result.vanish && !result.reset) entry.status = result.response.status;
    entry.body_bytes = body.received();
    log_.update(entry);
    result.sent = [this, id = entry.id] { log_.end(id); };
    return result;
  } catch (...) {  // the connection ends here, without a response
    entry.body_bytes = body.received();
    log_.update(entry);
    throw;
  }
}

Answer Sandbox::answer(const Request& request, Body& body, RequestLog::Entry& entry) {
  const auto fault = faults_.strike(request);
  if (!fault) {
    Answer honest;
    honest.response = carry_out(request, body, entry);
    return honest;
  }
  entry.fault = fault->kind_name;
  if (fault->postpones()) postpone(*fault, body, entry);
  if (fault->executes()) {
    if (fault->kind == Fault::Kind::reset_mid_body) body.reset_after(fault->after);
    std::optional<std::uint64_t> stored_bytes;
    if (fault->kind == Fault::Kind::truncate) stored_bytes = fault->after;
    Response honest = carry_out(request, body, entry, stored_bytes);
    if (fault->kind == Fault::Kind::shut) doors_.shut(request.port, fault->wait);
    return spoilt_by(*fault, std::move(honest));
  }
  if (fault->read_body) body.drain(~std::uint64_t{0});
  if (fault->kind == Fault::Kind::stall && fault->after > 0) body.stall_after(fault->after);
  return refused_by(*fault, request);
}

void Sandbox::postpone(const Fault& fault, Body& body, const RequestLog::Entry& entry) {
  try {
    body.take_in();
  } catch (const BodyBroken&) {  // the next reader will notice
  }
  log_.strike(entry.id, fault.kind_name);
  if (fault.kind == Fault::Kind::late && fault.drop) body.hang_up();
  faults_.postpone(fault);
}

Response Sandbox::carry_out(const Request& original, Body& body, RequestLog::Entry& entry,
                            std::optional<std::uint64_t> stored_bytes) {
  Request request = original;
  request.path = normalised(request.path);
  Response response;
  const bool is_api = request.path.starts_with("/api/v1") ||
                      (world_.profile.forgejo && request.path.starts_with("/api/forgejo/"));
  const bool is_registry = request.path.starts_with("/api/packages/");
  if (is_api || is_registry) {
    Call call{world_, pushes_, request, body};
    call.stored_bytes = stored_bytes;
    try {
      response = is_api ? serve_api(call) : serve_python_registry(call);
    } catch (const std::system_error& error) {  // the disk is full, for example
      response = server_error_answer(world_, call.identity, error.what());
    }
    entry.user = call.identity.user.name;
    entry.raw_body = std::move(call.raw_body);
  } else {
    response = serve_web(world_, request, entry.user);
  }
  entry.carried_out = response.status;
  response.head_only = request.method == "HEAD";
  return response;
}

}  // namespace sandbox
