// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "core/update/relative_path.hpp"
#include "core/update/release_file.hpp"
#include "core/update/update_config.hpp"

using namespace core;

namespace {

const std::string release_text = R"({"format": 1, "app": "app", "version": "1.3.0",
  "start": ["python/bin/python3", "-I", "-m", "app"], "health": {"timeout_s": 60, "settle_s": 5},
  "stop_timeout_s": 3, "snapshot": ["app.db"], "keys": ["RWa", "RWb"],
  "source": {"server": "https://git.example.org", "repository": "owner/app"}, "later": 1})";

const std::string config_text = R"({"format": 1, "app": "app", "type": "portable",
  "server": "https://git.example.org", "repository": "owner/app", "platform": "linux-x86_64",
  "channel": "beta", "prefix": "v", "later": 1})";

std::string with(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string fault_of_release(const std::string& text) {
  try {
    parse_release_file(text);
  } catch (const Error& error) {
    return error.message;
  }
  return "";
}

std::string fault_of_config(const std::string& text) {
  try {
    parse_update_config(text);
  } catch (const Error& error) {
    return error.message;
  }
  return "";
}

}  // namespace

TEST_CASE("RELEASE.json says how a version is started, and what has to be saved before it is") {
  const ReleaseFile file = parse_release_file(release_text);
  CHECK(file.version == "1.3.0");
  CHECK(file.start == std::vector<std::string>{"python/bin/python3", "-I", "-m", "app"});
  CHECK(file.says_health);
  CHECK(file.health_timeout == std::chrono::seconds(60));
  CHECK(file.settle == std::chrono::seconds(5));
  CHECK(file.stop_timeout == std::chrono::seconds(3));
  CHECK(file.snapshot == std::vector<std::string>{"app.db"});
  CHECK(file.keys.size() == 2);
  CHECK(file.server == "https://git.example.org");
  const ReleaseFile bare =
      parse_release_file(R"({"format": 1, "app": "a", "version": "1.0.0", "start": ["a"]})");
  CHECK_FALSE(bare.says_health);
  CHECK(bare.health_timeout == std::chrono::minutes(10));
  CHECK(bare.snapshot.empty());
}

TEST_CASE("a RELEASE.json that cannot be used says why") {
  CHECK(fault_of_release(with(release_text, "\"format\": 1", "\"format\": 2"))
            .ends_with("its format is 2, and this launcher knows 1"));
  CHECK(fault_of_release(with(release_text, "1.3.0", "newest")).ends_with("'newest'"));
  for (const char* program : {"/bin/sh", "../sh", "a//b", "a/../../b", "", "C:/x", "a\\\\b"}) {
    INFO(program);
    CHECK(fault_of_release(with(release_text, "python/bin/python3", program))
              .ends_with("the program in 'start' is not a path inside the folder"));
  }
  CHECK(fault_of_release(with(release_text, "\"app.db\"", "\"../app.db\""))
            .ends_with("a path in 'snapshot' is not inside the data folder"));
  CHECK(fault_of_release(with(release_text, "\"RWb\"", "\"b\", \"c\", \"d\", \"e\""))
            .ends_with("more than 4 keys"));
  CHECK(fault_of_release(with(release_text, "\"https://git.example.org\"", "\"\""))
            .ends_with("both a server and a repository"));
  CHECK(fault_of_release(with(release_text, "\"settle_s\": 5", "\"settle_s\": 86401"))
            .ends_with("settle_s is more than a day"));
  CHECK(fault_of_release("[]").ends_with("it is not an object"));
}

TEST_CASE("config.json names the application, its releases and the channel") {
  const UpdateConfig config = parse_update_config(config_text);
  CHECK(config.type == InstallType::portable);
  CHECK(config.provider == "gitea");
  CHECK(config.channel == Channel::beta);
  CHECK(config.prefix.empty());
  CHECK(
      parse_update_config(with(config_text, "\"prefix\": \"v\"", "\"prefix\": \"app/v\"")).prefix ==
      "app/");
  CHECK(config.user.empty());
  CHECK_FALSE(config.checks_daily);
  const UpdateConfig service = parse_update_config(
      with(config_text, "\"channel\"", R"("user": "app", "check": "daily", "channel")"));
  CHECK(service.user == "app");
  CHECK(service.checks_daily);
}

TEST_CASE("a config.json that cannot be used says why") {
  CHECK(fault_of_config(with(config_text, "portable", "snap"))
            .ends_with("'type' is 'snap'; it can be portable, installer, service or docker"));
  CHECK(fault_of_config(with(config_text, "beta", "newest"))
            .ends_with("'channel' is 'newest'; it can be stable, rc, beta, alpha or dev"));
  CHECK(fault_of_config(with(config_text, "\"owner/app\"", "\"\""))
            .ends_with("it has no repository"));
  CHECK(fault_of_config(with(config_text, "\"channel\"", "\"provider\": \"svn\", \"channel\""))
            .ends_with("'provider' is 'svn'; it can be gitea or github"));
  CHECK(fault_of_config(with(config_text, "\"channel\"", "\"check\": \"hourly\", \"channel\""))
            .ends_with("'check' is 'hourly'; it can be daily"));
}

TEST_CASE("a path inside a folder has no part that leads elsewhere") {
  for (const char* path : {"a", "a/b", ".hidden", "a/..b", "\xc3\xbc/x y"}) CHECK(is_inside(path));
  for (const char* path :
       {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/../b", "a\\b", "C:a", "a\nb", "a\x7f"}) {
    INFO(path);
    CHECK_FALSE(is_inside(path));
  }
}
