// SPDX-License-Identifier: MIT
#include "core/project/origin.hpp"

#include <algorithm>

#include "core/text/text.hpp"

namespace core {
namespace {

bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return is_word(c) || c == '-' || c == '.' || c == ':';
  });
}

bool is_server_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(),
                     [](char c) { return is_word(c) || c == '-' || c == '.' || c == '/'; });
}

bool is_other_host(std::string_view host) {
  const std::string_view others[] = {"github.com", "gitlab.com", "bitbucket.org"};
  return std::find(std::begin(others), std::end(others), host) != std::end(others);
}

/// `path`: "gitea/owner/name.git", below the host.
std::optional<Origin> origin_at(const std::string& scheme, std::string_view host,
                                std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.ends_with(".git")) path.remove_suffix(4);
  const auto last = path.rfind('/');
  if (last == std::string_view::npos || !is_host(host) || is_other_host(lower(host))) {
    return std::nullopt;
  }
  const std::string_view above = path.substr(0, last);
  const auto before = above.rfind('/');
  const bool is_deep = before != std::string_view::npos;
  Origin origin;
  origin.owner = is_deep ? above.substr(before + 1) : above;
  origin.name = path.substr(last + 1);
  origin.server = scheme + lower(host);
  if (is_deep) origin.server += "/" + std::string(above.substr(0, before));
  if (!is_owner_name(origin.owner) || !is_owner_name(origin.name) || !is_server_path(above)) {
    return std::nullopt;
  }
  return origin;
}

std::string_view without_user(std::string_view authority) {
  const auto at = authority.rfind('@');
  return at == std::string_view::npos ? authority : authority.substr(at + 1);
}

}  // namespace

bool Origin::has_path() const {
  const auto host = server.find("://");
  return host != std::string::npos && server.find('/', host + 3) != std::string::npos;
}

std::optional<Origin> parse_origin(std::string_view url) {
  url = trim(url);
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) {  // user@host:path
    const auto end = url.find(':');
    if (end == std::string_view::npos || url.substr(0, end).find('/') != std::string_view::npos) {
      return std::nullopt;
    }
    return origin_at("https://", without_user(url.substr(0, end)), url.substr(end + 1));
  }
  const std::string scheme = lower(url.substr(0, colon));
  const std::string_view rest = url.substr(colon + 3);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::string_view host = without_user(rest.substr(0, slash));
  if (scheme == "https" || scheme == "http") {
    return origin_at(scheme + "://", host, rest.substr(slash));
  }
  if (scheme != "ssh" && scheme != "git+ssh") return std::nullopt;
  host = host.substr(0, host.find(':'));  // the port of ssh is not the port of the web server
  return origin_at("https://", host, rest.substr(slash));
}

bool is_owner_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return is_word(c) || c == '-' || c == '.'; });
}

}  // namespace core
