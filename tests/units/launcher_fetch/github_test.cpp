// SPDX-License-Identifier: MIT
// Releases on GitHub. The real server cannot be told to lie, so a small one answers here as
// https://docs.github.com/en/rest/releases describes it.
#include <fmt/format.h>
#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "launcher/fetch/server_of.hpp"
#include "units/launcher_fetch/project.hpp"

using Catch::Matchers::ContainsSubstring;
using project::Special;
using support::Files;

namespace {

namespace fs = std::filesystem;

/// GitHub Enterprise Server with one repository, owner/app.
class Github {
 public:
  Github() {
    const std::string below = "/api/v3/repos/owner/app/releases";
    http_.Get(below, [this](const httplib::Request& request, httplib::Response& response) {
      note(request);
      send_page(request, response);
    });
    http_.Get(below + R"(/assets/(\d+))",
              [this](const httplib::Request& request, httplib::Response& response) {
                note(request);
                send_asset(request, response);
              });
    port_ = http_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { http_.listen_after_bind(); });
    http_.wait_until_ready();
  }
  ~Github() {
    http_.stop();
    thread_.join();
  }
  Github(const Github&) = delete;
  Github& operator=(const Github&) = delete;

  std::string url() const { return fmt::format("http://127.0.0.1:{}", port_); }

  /// Call it before the first request.
  void publish(const std::string& tag, const Files& files, bool draft = false) {
    std::string assets;
    for (const auto& [name, content] : files) {
      const std::size_t id = contents_.size() + 1;
      contents_.push_back(content);
      if (!assets.empty()) assets += ",";
      assets += fmt::format(
          R"({{"id":{},"name":"{}","size":{},"url":"{}/x","browser_download_url":"{}/y"}})", id,
          name, content.size(), url(), url());
    }
    releases_.insert(
        releases_.begin(),
        fmt::format(
            R"({{"id":{},"tag_name":"{}","draft":{},"prerelease":false,"body":"notes","assets":[{}],
                "upload_url":"{}/assets{{?name,label}}"}})",
            releases_.size() + 1, tag, draft, assets, url()));
  }
  std::vector<httplib::Request> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void note(const httplib::Request& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }

  void send_page(const httplib::Request& request, httplib::Response& response) const {
    const std::size_t size = std::stoul(request.get_param_value("per_page"));
    const std::size_t first = (std::stoul(request.get_param_value("page")) - 1) * size;
    std::string list;
    for (std::size_t i = first; i < std::min(first + size, releases_.size()); ++i) {
      list += (list.empty() ? "" : ",") + releases_[i];
    }
    response.set_content("[" + list + "]", "application/json; charset=utf-8");
  }

  /// A description in JSON, unless bytes are asked for.
  void send_asset(const httplib::Request& request, httplib::Response& response) const {
    if (request.get_header_value("Accept") == "application/octet-stream") {
      response.set_content(contents_.at(std::stoul(request.matches[1]) - 1),
                           "application/octet-stream");
    } else {
      response.set_content("{}", "application/json");
    }
  }

  httplib::Server http_;
  int port_ = 0;
  std::thread thread_;
  std::vector<std::string> releases_;
  std::vector<std::string> contents_;
  std::mutex mutex_;
  std::vector<httplib::Request> requests_;
};

/// A project there, and an installation of its application.
struct Fixture {
  Github github;
  project::Project other;  // makes the files
  project::Installation installation{other};

  Fixture() {
    core::UpdateConfig& config = installation.installed.config;
    config.provider = "github";
    config.server = github.url();
    config.repository = "owner/app";
    installation.way = fetch::server_of(config, core::Token("canary"), installation.updater(), {},
                                        fetch::check_limit);
    installation.way.retries = 0;
  }
  void publish(const std::string& version) {
    github.publish("v" + version,
                   other.signer.sign(other.files(version), "v" + version, "owner/app"));
  }
};

}  // namespace

TEST_CASE("an update from GitHub is found on all pages and downloaded") {
  Fixture fixture;
  fixture.publish("1.2.0");
  fixture.github.publish("v9.0.0", {}, true);
  for (int i = 0; i < 60; ++i) fixture.github.publish(fmt::format("v0.{}.0", i), {});
  const auto update = *fixture.installation.check().update;
  CHECK(update.version.text == "1.2.0");
  CHECK(update.page == fixture.github.url() + "/owner/app/releases/tag/v1.2.0");
  const fs::path ready = fixture.installation.download(update);
  CHECK(fs::exists(ready / "current/RELEASE.json"));
  for (const auto& request : fixture.github.requests()) {
    CHECK(request.get_header_value("Authorization") == "token canary");
  }
}

TEST_CASE("more than a thousand releases on GitHub are not read, and that is said") {
  Fixture fixture;
  fixture.publish("1.2.0");
  for (int i = 0; i < 1003; ++i) fixture.github.publish(fmt::format("v0.{}.0", i), {});
  const fetch::CheckResult result = fixture.installation.check();
  CHECK(project::outcome(result) == "nothing");
  CHECK(result.unseen == 4);
}

TEST_CASE("the API of github.com is on a host of its own") {
  core::UpdateConfig config;
  config.server = "https://github.com";
  CHECK(fetch::github_api(config).text() == "https://api.github.com");
  config.server = "https://github.example.org/";
  CHECK(fetch::github_api(config).text() == "https://github.example.org/api/v3");
}
