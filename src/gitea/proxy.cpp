// SPDX-License-Identifier: MIT
#include "gitea/proxy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/network.hpp"

namespace gitea {
namespace {

using Environment = std::map<std::string, std::string>;

std::string first_of(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) return found->second;
  }
  return {};
}

/// Whether an address is in a network such as "10.0.0.0/8".
bool is_in_network(const std::string& address, std::string_view network) {
  const auto slash = network.find('/');
  const std::string base = address_bits(std::string(network.substr(0, slash)));
  std::size_t length = 0;
  const char* end = network.data() + network.size();
  const auto [read, failure] = std::from_chars(network.data() + slash + 1, end, length);
  if (base.size() != address.size() || address.empty() || failure != std::errc{} || read != end ||
      length > 8 * address.size()) {
    return false;
  }
  if (length == 0) return base == address;  // curl does not treat a length of 0 as a network
  for (std::size_t bit = 0; bit < length; ++bit) {
    const int mask = 0x80 >> (bit % 8);
    if (((address[bit / 8] ^ base[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

/// Whether one entry of NO_PROXY applies to `host`. A name matches itself and every name that ends
/// in ".name"; an address or network matches addresses only. A leading or trailing dot is ignored.
bool is_excepted_by(const std::string& host, std::string_view name) {
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  if (name.starts_with('.')) name.remove_prefix(1);
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty()) return false;
  const std::string address = address_bits(host);
  if (name.find('/') != std::string_view::npos) return is_in_network(address, name);
  return host == name || (address.empty() && host.ends_with("." + std::string(name)));
}

/// Reads NO_PROXY as curl does: names separated by commas or blanks, or a single star.
bool is_excepted(std::string host, const std::string& list) {
  if (list == "*") return true;
  if (host.ends_with('.')) host.pop_back();
  std::string separated = core::lower(list);
  for (char& c : separated) {
    if (c == ',' || c == ' ' || c == '\t') c = '\n';
  }
  const auto names = core::lines(separated);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return is_excepted_by(host, core::trim(name));
  });
}

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return core::is_letter(c) || core::is_digit(c); });
}

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
            text.data() + i + 3) {
      result += static_cast<char>(value);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace

Environment proxy_variables(const Environment& environment) {
  Environment found;
  for (const auto& [name, value] : environment) {
    if (core::lower(name).ends_with("_proxy")) found.emplace(name, value);
  }
  return found;
}

std::optional<Proxy> proxy_for(const Url& server, const Environment& environment) {
  std::string value =
      server.tls ? first_of(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                 : first_of(environment, {"http_proxy", "all_proxy", "ALL_PROXY"});
  if (value.empty() || is_excepted(server.host, first_of(environment, {"no_proxy", "NO_PROXY"}))) {
    return std::nullopt;
  }
  Proxy proxy;
  auto scheme = value.find("://");
  if (!is_word(value.substr(0, scheme))) scheme = std::string::npos;  // "://" is part of a password
  if (scheme != std::string::npos && core::lower(value.substr(0, scheme)) != "http") {
    throw core::Error(core::Fault::workflow,
                      fmt::format("the proxy in the environment has the unsupported scheme '{}'",
                                  core::one_line(value.substr(0, scheme))),
                      "Only http:// proxies are supported: set HTTPS_PROXY to one, or add this "
                      "server to NO_PROXY.");
  }
  if (scheme != std::string::npos) value.erase(0, scheme + 3);
  const auto at = value.rfind('@');
  if (at != std::string::npos) {
    const std::string credentials = value.substr(0, at);
    const auto colon = credentials.find(':');
    proxy.user = decoded(credentials.substr(0, colon));
    proxy.password = colon == std::string::npos ? "" : decoded(credentials.substr(colon + 1));
    value.erase(0, at + 1);
  }
  const Url address = parse_url("http://" + value, "the proxy in the environment");
  proxy.host = address.host;
  // parse_url has checked the form: after the last ':' outside brackets comes a port.
  const auto colon = value.rfind(':');
  const auto bracket = value.rfind(']');
  const bool has_port =
      colon != std::string::npos && (bracket == std::string::npos || colon > bracket);
  constexpr int curl_default_port = 1080;
  proxy.port = has_port ? address.port : curl_default_port;
  return proxy;
}

}  // namespace gitea
