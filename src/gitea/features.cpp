// SPDX-License-Identifier: MIT
#include "gitea/features.hpp"

#include <charconv>

#include "core/text/text.hpp"

namespace gitea {
namespace {

constexpr const char* gitea_part = "+gitea-";

bool is_forgejo(const std::string& version) {
  return version.find(gitea_part) != std::string::npos;
}

/// Whether `version` is Gitea 1.<gitea_minor> or Forgejo <forgejo_major>, or later.
bool is_from(const std::string& version, int gitea_minor, int forgejo_major) {
  int major = 0;
  int minor = 0;
  const char* end = version.data() + version.size();
  const auto first = std::from_chars(version.data(), end, major);
  if (first.ptr != end && *first.ptr == '.') std::from_chars(first.ptr + 1, end, minor);
  if (is_forgejo(version)) return major >= forgejo_major;
  return major > 1 || (major == 1 && minor >= gitea_minor);
}

}  // namespace

bool is_known(const std::string& version) { return is_from(version, 20, 7); }
bool spools_uploads(const std::string& version) { return is_from(version, 25, 11); }
bool takes_raw_uploads(const std::string& version) { return is_from(version, 22, 7); }
bool links_packages(const std::string& version) { return is_from(version, 24, 11); }

std::string name_of_server(const std::string& version) {
  const char* name = is_forgejo(version) ? "Forgejo " : "Gitea ";
  return name + core::one_line(version.substr(0, version.find(gitea_part)), 40);
}

}  // namespace gitea
