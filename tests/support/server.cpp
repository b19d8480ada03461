// SPDX-License-Identifier: MIT
#include "support/server.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <thread>

#include "core/text/text.hpp"

namespace support {
namespace {

Asset parse_asset(const core::Json& json) {
  return {json.number("id"), json.string("name"), json.number("size"),
          json.string("browser_download_url"), json.string("uuid")};
}

std::string random_name() {
  std::random_device random;
  return fmt::format("scenario-{:08x}{:08x}", random(), random());
}

/// The value of the line "NAME=value" in the sandbox's start message; "" until it is there.
std::string greeted(const std::string& output, const std::string& name) {
  for (const std::string& line : core::lines(output)) {
    if (line.starts_with(name + "=") && output.ends_with('\n')) return line.substr(name.size() + 1);
  }
  return {};
}

}  // namespace

Release parse_release(const core::Json& json) {
  Release release;
  release.id = json.number("id");
  release.tag = json.string("tag_name");
  release.name = json.string("name");
  release.body = json.string("body");
  release.target = json.string("target_commitish");
  release.draft = json.boolean("draft");
  release.prerelease = json.boolean("prerelease");
  for (const core::Json& asset : json.array("assets")) release.assets.push_back(parse_asset(asset));
  return release;
}

/// SANDBOX_PROFILE, or the default one.
std::string wanted_profile() {
  const char* named = std::getenv("SANDBOX_PROFILE");
  return named == nullptr ? "gitea-1.25" : named;
}

std::vector<std::string> Release::names() const {
  std::vector<std::string> result;
  for (const Asset& one : assets) result.push_back(one.name);
  std::sort(result.begin(), result.end());
  return result;
}

const Asset& Release::asset(const std::string& asset_name) const {
  for (const Asset& one : assets) {
    if (one.name == asset_name) return one;
  }
  throw std::runtime_error("no asset named " + asset_name);
}

Server::Server(const std::string& base_path, const std::vector<std::string>& more) {
  const char* url = std::getenv("GITEA_URL");
  const char* token = std::getenv("GITEA_TOKEN");
  if (url != nullptr && token != nullptr) {
    url_ = url;
    token_ = token;
    while (url_.ends_with('/')) url_.pop_back();
  } else {
    std::vector<std::string> command = {GITEA_SANDBOX, "--data",         directory_ / "data",
                                        "--profile",   wanted_profile(), "--base-path",
                                        base_path};
    command.insert(command.end(), more.begin(), more.end());
    sandbox_ = std::make_unique<Process>(command, std::map<std::string, std::string>{},
                                         directory_.path(), directory_ / "sandbox.log");
    for (int i = 0; i < 500 && greeted(sandbox_->output(), "GITEA_REPOSITORY").empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    url_ = greeted(sandbox_->output(), "GITEA_URL");
    tls_url_ = greeted(sandbox_->output(), "GITEA_TLS_URL");
    token_ = greeted(sandbox_->output(), "GITEA_TOKEN");
    if (url_.empty()) throw std::runtime_error("the sandbox did not start: " + sandbox_->output());
  }
  wire_ = connect();
  const std::string owner = expect("GET", "/api/v1/user", "", 200).json().string("login");
  repository_ = owner + "/" + random_name();
  core::JsonObject repository;
  repository.add("name", repository_.substr(owner.size() + 1)).add("auto_init", true);
  repository.add("default_branch", "main");
  expect("POST", "/api/v1/user/repos", repository.text(), 201);
}

Server::~Server() {
  if (is_sandbox()) return;
  try {
    expect("DELETE", api(""), "", 204);
  } catch (const std::exception&) {
    // The scenario's own failure is more informative than this one.
  }
}

void Server::needs_sandbox() const {
  if (!is_sandbox()) SKIP("only the sandbox can do this");
}

std::string Server::profile() const { return is_sandbox() ? wanted_profile() : ""; }

std::unique_ptr<Wire> Server::connect() const { return std::make_unique<Wire>(url_, token_); }

Response Server::expect(const std::string& method, const std::string& path, const std::string& json,
                        int status) {
  Response response = method == "GET" ? wire_->get(path) : wire_->send(method, path, json);
  if (response.status != status) {
    throw std::runtime_error(
        fmt::format("{} {}: {} {}", method, path, response.status, response.body));
  }
  return response;
}

bool Server::has_release(const std::string& tag) {
  return wire_->get(api("/releases/tags/" + percent_encoded(tag))).status == 200;
}

Release Server::release(const std::string& tag) {
  return parse_release(
      expect("GET", api("/releases/tags/" + percent_encoded(tag)), "", 200).json());
}

Release Server::create_release(const std::string& json) {
  return parse_release(expect("POST", api("/releases"), json, 201).json());
}

void Server::edit_release(std::uint64_t id, const std::string& json) {
  expect("PATCH", api(fmt::format("/releases/{}", id)), json, 200);
}

void Server::delete_release(std::uint64_t id) {
  expect("DELETE", api(fmt::format("/releases/{}", id)), "", 204);
}

Asset Server::upload(std::uint64_t release, const std::string& name, const std::string& content) {
  const Response response = wire_->upload(
      api(fmt::format("/releases/{}/assets?name={}", release, percent_encoded(name))), content);
  if (response.status != 201) throw std::runtime_error("upload: " + response.body);
  return parse_asset(response.json());
}

std::string Server::web_url(const std::string& tag, const std::string& name) const {
  return "/" + repository_ + "/releases/download/" + percent_encoded(tag) + "/" +
         percent_encoded(name);
}

Response Server::download(const std::string& tag, const std::string& name) {
  return wire_->get(web_url(tag, name));
}

std::string Server::commit() {
  return expect("GET", api("/branches/main"), "", 200).json().object("commit").string("id");
}

std::string Server::new_commit(const std::string& message) {
  core::JsonObject file;
  file.add("content", "bmV3Cg==").add("message", message).add("branch", "main");
  return expect("POST", api("/contents/" + random_name()), file.text(), 201)
      .json()
      .object("commit")
      .string("sha");
}

void Server::create_tag(const std::string& tag, const std::string& message) {
  core::JsonObject json;
  json.add("tag_name", tag).add("target", "main");
  if (!message.empty()) json.add("message", message);
  expect("POST", api("/tags"), json.text(), 201);
}

void Server::delete_tag(const std::string& tag) {
  expect("DELETE", api("/tags/" + percent_encoded(tag)), "", 204);
}

std::string Server::tag_commit(const std::string& tag) {
  const Response response = wire_->get(api("/tags/" + percent_encoded(tag)));
  return response.status == 200 ? response.json().object("commit").string("sha") : "";
}

std::string Server::tag_message(const std::string& tag) {
  return expect("GET", api("/tags/" + percent_encoded(tag)), "", 200).json().string("message");
}

void Server::rename_repository(const std::string& name) {
  core::JsonObject json;
  json.add("name", name);
  edit_repository(json.text());
  repository_ = repository_.substr(0, repository_.find('/') + 1) + name;
}

void Server::edit_repository(const std::string& json) { expect("PATCH", api(""), json, 200); }

void Server::protect_tags(const std::string& pattern) {
  const std::string owner = repository_.substr(0, repository_.find('/'));
  expect("POST", api("/tag_protections"),
         fmt::format(R"({{"name_pattern":"{}","whitelist_usernames":["{}"]}})", pattern, owner),
         201);
}

}  // namespace support
