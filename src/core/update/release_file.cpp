// SPDX-License-Identifier: MIT
#include "core/update/release_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/update/relative_path.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

constexpr std::uint64_t release_format = 1;
constexpr std::uint64_t max_seconds = std::uint64_t{24} * 60 * 60;
constexpr std::size_t max_release_keys = 4;

Error bad_release_file(const std::string& fault) {
  return {Fault::failed, fmt::format("{} cannot be used: {}", release_file_name, fault)};
}

std::chrono::seconds duration(const Json& json, const char* member,
                              std::chrono::seconds otherwise) {
  if (!json.has(member)) return otherwise;
  const std::uint64_t seconds = json.number(member);
  if (seconds > max_seconds) throw bad_release_file(fmt::format("{} is more than a day", member));
  return std::chrono::seconds(seconds);
}

void check(const ReleaseFile& file) {
  if (file.app.empty()) throw bad_release_file("it has no app");
  if (!parse_version(file.version)) {
    throw bad_release_file(fmt::format("its version is not a version: '{}'", file.version));
  }
  if (file.start.empty()) throw bad_release_file("it does not say how to start the application");
  if (!is_inside(file.start.front())) {
    throw bad_release_file("the program in 'start' is not a path inside the folder");
  }
  if (!std::all_of(file.snapshot.begin(), file.snapshot.end(), is_inside)) {
    throw bad_release_file("a path in 'snapshot' is not inside the data folder");
  }
  if (file.keys.size() > max_release_keys) throw bad_release_file("it has more than 4 keys");
  if (file.server.empty() != file.repository.empty()) {
    throw bad_release_file("its source needs both a server and a repository");
  }
}

}  // namespace

ReleaseFile parse_release_file(std::string_view text) {
  if (text.size() > max_release_file) throw bad_release_file("it is larger than 64 KiB");
  const Json json = Json::parse(text);
  if (!json.is_object()) throw bad_release_file("it is not an object");
  if (const std::uint64_t format = json.number("format"); format != release_format) {
    throw bad_release_file(
        fmt::format("its format is {}, and this launcher knows {}", format, release_format));
  }
  ReleaseFile file;
  file.app = json.string("app");
  file.version = json.string("version");
  file.start = json.strings("start");
  const Json health = json.object("health");
  file.says_health = health.has("timeout_s");
  file.health_timeout = duration(health, "timeout_s", file.health_timeout);
  file.settle = duration(health, "settle_s", file.settle);
  file.stop_timeout = duration(json, "stop_timeout_s", file.stop_timeout);
  file.snapshot = json.strings("snapshot");
  file.keys = json.strings("keys");
  const Json source = json.object("source");
  file.server = source.string("server");
  file.repository = source.string("repository");
  check(file);
  return file;
}

}  // namespace core
