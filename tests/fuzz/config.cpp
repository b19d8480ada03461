// SPDX-License-Identifier: MIT
// The configuration file, which may come from a pull request.
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/config_file.hpp"
#include "disk/config_values.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

const disk::ConfigKeys keys = {{"name", "draft", "body_path"}, {"files"}, {"token", "server_url"}};

}  // namespace

void fuzz::target(std::string_view input) {
  core::Problems problems;
  disk::ConfigValues read;
  problems.collect([&] {
    read = disk::read_config_values(disk::parse_config_file(std::string(input), "release.yml"),
                                    keys, problems);
  });
  for (const auto& [key, value] : read.inputs) {
    require(key == "name" || key == "draft" || key == "body_path" || key == "files" ||
                key == "downloads",
            "only keys that are allowed are read");
    require(value.where.starts_with("release.yml"), "a value says where it is");
    require(core::is_utf8(value.text), "a value is UTF-8");
  }
  try {
    problems.throw_if_any();
  } catch (const core::Error& error) {
    for (const std::string& line : core::lines(error.message)) {
      require(!has_control_characters(line), "a mistake is one line");
    }
  }
}
