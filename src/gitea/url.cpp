// SPDX-License-Identifier: MIT
#include "gitea/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/network.hpp"

namespace gitea {
namespace {

constexpr int http_port = 80;
constexpr int https_port = 443;

[[noreturn]] void refuse(std::string_view text, const std::string& option, const char* reason) {
  // A password in the address must not appear in a log.
  const auto at = text.rfind('@');
  std::string shown =
      at == std::string_view::npos ? std::string(text) : "…@" + std::string(text.substr(at + 1));
  if (const auto query = shown.find('?'); query != std::string::npos) shown.resize(query);
  throw core::Error(
      core::Fault::workflow,
      fmt::format("{}: '{}' is not a valid server address: {}", option, core::one_line(shown),
                  reason),
      "Use an address such as https://git.example.org or https://example.org:3000/git.");
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

}  // namespace

std::string Url::origin() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  std::string result = tls ? "https://" : "http://";
  result += ipv6 ? "[" + host + "]" : host;
  if (port != (tls ? https_port : http_port)) result += fmt::format(":{}", port);
  return result;
}

Url parse_url(std::string_view text, const std::string& option) {
  const std::string_view whole = text = core::trim(text);
  const auto fail = [&](const char* reason) { refuse(whole, option, reason); };
  Url url;
  const std::string scheme = core::lower(text.substr(0, text.find("://")));
  if (text.find("://") == std::string_view::npos || (scheme != "http" && scheme != "https")) {
    fail("it does not start with http:// or https://");
  }
  url.tls = scheme == "https";
  text.remove_prefix(scheme.size() + 3);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F)
      fail("it contains a blank or a control character");
    if (c == '?' || c == '#') fail("it contains a query or a fragment");
  }

  const auto slash = text.find('/');
  std::string_view authority = text.substr(0, slash);
  url.path = slash == std::string_view::npos ? "" : std::string(text.substr(slash));
  while (url.path.ends_with('/')) url.path.pop_back();
  if (authority.find('@') != std::string_view::npos) {
    fail("it contains a user name or password (use the token instead)");
  }

  const auto colon = authority.rfind(':');
  const auto bracket = authority.rfind(']');
  url.port = url.tls ? https_port : http_port;
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const std::string_view port = authority.substr(colon + 1);
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (failure != std::errc{} || end != port.data() + port.size() || url.port < 1 ||
        url.port > 65535) {
      fail("the port is not a number from 1 to 65535");
    }
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[') && authority.ends_with(']')) {
    url.host = core::lower(authority.substr(1, authority.size() - 2));
    constexpr std::size_t ipv6_size = 16;  // bytes
    if (address_bits(url.host).size() != ipv6_size) {
      fail("the part in brackets is not an IPv6 address");
    }
  } else {
    url.host = core::lower(authority);
    if (!std::all_of(url.host.begin(), url.host.end(), is_host_character)) {
      fail("the host name contains a character that is not allowed");
    }
  }
  if (url.host.empty()) fail("the host name is missing");
  return url;
}

}  // namespace gitea
