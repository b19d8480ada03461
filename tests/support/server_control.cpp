// SPDX-License-Identifier: MIT
// What only the sandbox supports, through its control plane.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "support/server.hpp"

namespace support {
namespace {

Logged parse_logged(const core::Json& json) {
  Logged logged;
  logged.account = json.string("user");
  logged.method = json.string("method");
  logged.path = json.string("path");
  if (const std::string query = json.string("query"); !query.empty()) logged.path += "?" + query;
  logged.body = json.string("raw_body");
  logged.fault = json.string("fault");
  logged.headers = json.string("headers");
  logged.status = json.number("status");
  logged.body_bytes = json.number("body_bytes");
  logged.carried_out = json.number("carried_out");
  logged.started_ms = static_cast<std::int64_t>(json.number("started_ms"));
  logged.ended_ms = logged.started_ms;  // a request in progress has -1 there
  const bool is_over = logged.status != 0 || logged.carried_out != 0;
  if (is_over) logged.ended_ms = static_cast<std::int64_t>(json.number("ended_ms"));
  return logged;
}

}  // namespace

std::string Logged::line() const {
  std::string text =
      fmt::format("{} {} {} {} ({} ms)", account, method, path, status, ended_ms - started_ms);
  if (!fault.empty()) text += " [" + fault + "]";
  if (!body.empty()) text += "\n           " + body;
  return text;
}

void Server::push(const std::string& ref, const std::string& commit) {
  core::JsonObject push;
  push.add("ref", ref).add("commit", commit);
  expect("POST", "/_sandbox/repos/" + repository_ + "/push", push.text(), 200);
}

void Server::add_commits(const std::string& json) {
  expect("POST", "/_sandbox/repos/" + repository_ + "/commits", json, 201);
}

void Server::push_tag(const std::string& tag, int row_delay_ms) {
  core::JsonObject push;
  push.add("ref", "refs/tags/" + tag).add("row_delay_ms", std::uint64_t(row_delay_ms));
  expect("POST", "/_sandbox/repos/" + repository_ + "/push", push.text(), 200);
}

void Server::push_deletion(const std::string& ref) {
  core::JsonObject push;
  push.add("ref", ref).add("delete", true);
  expect("POST", "/_sandbox/repos/" + repository_ + "/push", push.text(), 200);
}

void Server::fault(const std::string& json) { expect("POST", "/_sandbox/faults", json, 201); }

void Server::clear_faults() { expect("DELETE", "/_sandbox/faults", "", 200); }

void Server::release_held() { expect("POST", "/_sandbox/faults/release", "", 200); }

void Server::set(const std::string& json) { expect("PATCH", "/_sandbox/settings", json, 200); }

std::string Server::token_of(const std::string& user, const std::string& scopes) {
  const std::string json = fmt::format(R"({{"user":"{}","scopes":{}}})", user, scopes);
  return expect("POST", "/_sandbox/tokens", json, 201).json().string("token");
}

std::string Server::job_token(const std::string& permissions) {
  const std::string more = permissions.empty() ? "" : R"(,"job_permissions":)" + permissions;
  const std::string json =
      fmt::format(R"({{"user":"gitea-actions","job_repository":"{}"{}}})", repository_, more);
  return expect("POST", "/_sandbox/tokens", json, 201).json().string("token");
}

void Server::add_package(const std::string& name, const std::string& version) {
  core::JsonObject json;
  json.add("name", name).add("version", version);
  expect("POST", "/_sandbox/repos/" + repository_ + "/packages", json.text(), 201);
}

void Server::add_pull(const std::string& json) {
  expect("POST", "/_sandbox/repos/" + repository_ + "/pulls", json, 201);
}

void Server::make_mirror() {
  expect("POST", "/_sandbox/repos/" + repository_ + "/mirror", "{}", 200);
}

void Server::add_collaborator(const std::string& user, const std::string& permission) {
  core::JsonObject json;
  json.add("user", user).add("permission", permission);
  expect("POST", "/_sandbox/repos/" + repository_ + "/collaborators", json.text(), 200);
}

std::vector<Logged> Server::requests(int door) {
  std::vector<Logged> result;
  const std::string path = fmt::format("/_sandbox/requests?port={}", door);
  for (const core::Json& one : expect("GET", path, "", 200).json().elements()) {
    result.push_back(parse_logged(one));
  }
  return result;
}

void Server::check_no_leaks() const {
  if (!is_sandbox()) return;
  const std::string leaks = connect()->get("/_sandbox/leaks").body;
  if (leaks != "[]\n") throw std::runtime_error("A TOKEN WAS SENT: " + leaks);
}

std::vector<core::Json> Server::rows() {
  return expect("GET", "/_sandbox/repos/" + repository_ + "/releases", "", 200).json().elements();
}

int Server::open_door() {
  return static_cast<int>(expect("POST", "/_sandbox/doors", "", 201).json().number("port"));
}

void Server::shut_door(int port, int ms) {
  expect("POST", fmt::format("/_sandbox/doors/{}/shut", port), fmt::format(R"({{"ms":{}}})", ms),
         200);
}

void Server::close_door(int port) {
  expect("DELETE", fmt::format("/_sandbox/doors/{}", port), "", 200);
}

std::size_t Server::writes() {
  const auto log = requests();
  return static_cast<std::size_t>(
      std::count_if(log.begin(), log.end(), [](const Logged& one) { return one.write(); }));
}

void Server::forget_requests() { expect("DELETE", "/_sandbox/requests", "", 200); }

}  // namespace support
