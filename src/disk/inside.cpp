// SPDX-License-Identifier: MIT
#include "disk/inside.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "core/error.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

bool is_inside(const fs::path& path, const fs::path& directory) {
  const fs::path relative = path.lexically_relative(directory);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

std::string led_out_to(const std::string& path, const std::string& workspace) {
  std::error_code error;
  const fs::path given = fs::absolute(path).lexically_normal();
  const fs::path real = fs::canonical(given, error);
  if (error) return {};
  const bool link = fs::is_symlink(given, error);
  const bool below = is_inside(given, fs::absolute(workspace).lexically_normal());
  const bool out = (link || below) && !is_inside(real, fs::canonical(workspace, error));
  return out ? real.string() : "";
}

void check_inside(const std::string& path, const std::string& workspace,
                  const std::string& option) {
  const std::string out = led_out_to(path, workspace);
  if (out.empty()) return;
  throw core::Error(core::Fault::workflow,
                    fmt::format("{}: {} is a symbolic link that leads out of the workspace, to {}",
                                option, path, out),
                    "Put the text itself there.");
}

}  // namespace disk
