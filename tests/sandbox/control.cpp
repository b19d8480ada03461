// SPDX-License-Identifier: MIT
#include "control.hpp"

#include <algorithm>

#include "answers.hpp"
#include "control_parts.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

Permission level(const std::string& word) {
  return word == "write" ? Permission::write : word == "read" ? Permission::read : Permission::none;
}

// A workflow's mapping: `contents` is both code and releases, which can also be named one by one,
// and what is not listed is forbidden.
JobPermissions granted(const Json& mapping) {
  const std::string contents = mapping.text("contents");
  return {.code = level(mapping.text("code", contents)),
          .releases = level(mapping.text("releases", contents)),
          .pulls = level(mapping.text("pull-requests")),
          .others = std::max(level(mapping.text("issues")), level(mapping.text("packages")))};
}

Response add_token(World& world, const Json& form) {
  const auto guard = world.lock();
  User& user = control_user(world, form.text("user"));
  user.is_admin = form.flag("admin", user.is_admin);
  user.prohibited = form.flag("prohibited", user.prohibited);
  user.must_change_password = form.flag("must_change_password", user.must_change_password);
  user.password = form.text("password", user.password);
  Token token;
  token.user_id = user.id;
  token.scopes = form.texts("scopes");
  if (form.find("scopes") == nullptr) token.scopes = {"all"};
  if (const std::string job = form.text("job_repository"); !job.empty()) {
    const auto slash = job.find('/');
    if (slash == std::string::npos) control_refuse(422, "\"job_repository\" is owner/name");
    token.job_repository =
        control_repository(world, job.substr(0, slash), job.substr(slash + 1))->id;
    token.job_reads_only = form.flag("job_reads_only");
    if (const Json* given = form.find("job_permissions")) token.job_permissions = granted(*given);
  }
  return json_answer(201, Json::object({{"token", world.add_token(token)}}));
}

Response remove_token(World& world, const std::string& token) {
  const auto guard = world.lock();
  if (world.tokens.erase(token) == 0) control_refuse(404, "no such token");
  return json_answer(200, Json::Object{});
}

Response show_settings(World& world) {
  const Settings s = world.settings_now();
  Json out = Json::object({{"profile", world.profile.name},
                           {"version", s.version},
                           {"max_size_bytes", nullptr},
                           {"allowed_types", s.allowed_types},
                           {"attachments_enabled", s.attachments_enabled},
                           {"require_signin", s.require_signin}});
  if (s.max_size) out.set("max_size_bytes", *s.max_size);
  const auto window = [&](const char* name, std::chrono::milliseconds time) {
    out.set(name, std::int64_t{time.count()});
  };
  window("busy_timeout_ms", s.busy_timeout);
  window("patch_window_ms", s.patch_window);
  window("create_window_ms", s.create_window);
  window("delete_window_ms", s.delete_window);
  window("push_window_ms", s.push_window);
  return json_answer(200, out);
}

Response edit_settings(World& world, const Json& form) {
  {
    const auto guard = world.lock();
    Settings& s = world.settings;
    const auto window = [&](const char* name, std::chrono::milliseconds& value) {
      value = std::chrono::milliseconds(form.number(name, value.count()));
    };
    if (const Json* size = form.find("max_size_bytes")) {
      s.max_size.reset();
      if (size->as_int() != nullptr) s.max_size = static_cast<std::uint64_t>(*size->as_int());
    }
    s.version = form.text("version", s.version);
    s.allowed_types = form.text("allowed_types", s.allowed_types);
    s.attachments_enabled = form.flag("attachments_enabled", s.attachments_enabled);
    s.require_signin = form.flag("require_signin", s.require_signin);
    window("busy_timeout_ms", s.busy_timeout);
    window("patch_window_ms", s.patch_window);
    window("create_window_ms", s.create_window);
    window("delete_window_ms", s.delete_window);
    window("push_window_ms", s.push_window);
  }
  return show_settings(world);
}

Response rename_user(World& world, const std::string& name, const Json& form) {
  const auto guard = world.lock();
  User* user = world.find_user(name);
  if (user == nullptr) control_refuse(404, "no user " + name);
  if (form.text("name").empty()) control_refuse(422, "\"name\" is missing");
  world.rename_user(*user, form.text("name"));
  return json_answer(200, Json::Object{});
}

void add_faults(Faults& faults, const Json& form) {
  const Json* all = form.find("all");
  if (all == nullptr) return faults.add(form);
  if (all->as_array() == nullptr) control_refuse(422, "\"all\" is a list of faults");
  for (const Json& one : *all->as_array()) faults.add(one);
}

Response control_of_door(Doors& doors, const std::string& method,
                         const std::vector<std::string>& path, const Json& form) {
  const int port = static_cast<int>(to_number(path[1]).value_or(0));
  bool found = false;
  if (path.size() == 2 && method == "DELETE") {
    found = doors.close(port);
  } else if (path.size() == 3 && path[2] == "shut" && method == "POST") {
    found = doors.shut(port, std::chrono::milliseconds(form.number("ms", -1)));
  }
  if (!found) control_refuse(404, "no such door");
  return json_answer(200, Json::Object{});
}

Response answer(Controlled& parts, const Request& request, const std::string& path,
                const Json& form) {
  const std::string& method = request.method;
  if (path == "requests" && method == "GET") {
    const auto port = to_number(request.parameter("port").value_or("0"));
    return json_answer(200, parts.log.show(static_cast<int>(port.value_or(0))));
  }
  if (path == "requests" && method == "DELETE") {
    parts.log.clear();
    return json_answer(200, Json::Object{});
  }
  if (path == "faults" && method == "GET") return json_answer(200, parts.faults.show());
  if (path == "faults" && method == "DELETE") {
    parts.faults.clear();
    return json_answer(200, Json::Object{});
  }
  if (path == "faults" && method == "POST") {
    add_faults(parts.faults, form);
    return json_answer(201, Json::Object{});
  }
  if (path == "faults/release" && method == "POST") {
    parts.faults.release();
    return json_answer(200, Json::Object{});
  }
  if (path == "leaks" && method == "GET") return json_answer(200, parts.leaks.show());
  if (path == "doors" && method == "POST") {
    return json_answer(201, Json::object({{"port", parts.doors.open()}}));
  }
  if (path == "tokens" && method == "POST") return add_token(parts.world, form);
  if (path == "settings" && method == "GET") return show_settings(parts.world);
  if (path == "settings" && method == "PATCH") return edit_settings(parts.world, form);
  const auto segments = split(path, '/');
  if (segments.size() == 4 && segments[0] == "repos") {
    return control_of_repository(parts, method, segments, form);
  }
  if (segments.size() >= 2 && segments[0] == "doors") {
    return control_of_door(parts.doors, method, segments, form);
  }
  if (segments.size() == 2 && segments[0] == "users" && method == "PATCH") {
    return rename_user(parts.world, percent_decode(segments[1]), form);
  }
  if (segments.size() == 2 && segments[0] == "tokens" && method == "DELETE") {
    return remove_token(parts.world, segments[1]);
  }
  control_refuse(404, "unknown: " + method + " /_sandbox/" + path);
}

}  // namespace

Response serve_control(Controlled& parts, const Request& request, Body& body,
                       const std::string& path) {
  try {
    const std::string text = body.read_all(std::size_t{16} << 20U);
    const Json form = trim(text).empty() ? Json(Json::Object{}) : Json::parse(text);
    if (form.as_object() == nullptr) control_refuse(422, "the body is no JSON object");
    return answer(parts, request, path, form);
  } catch (Refusal& refusal) {
    return std::move(refusal.response);
  } catch (const JsonError& error) {
    return control_failure(422, error.what());
  } catch (const BodyBroken& error) {
    return control_failure(400, error.what());
  } catch (const std::invalid_argument& error) {
    return control_failure(422, error.what());
  }
}

}  // namespace sandbox
