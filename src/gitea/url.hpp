// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/text/text.hpp"

namespace gitea {

/// The parts of a server's address. Parsed by our own code because cpp-httplib (0.53) looks up
/// "http://host/base" as a host name and crashes on an invalid port.
struct Url {
  bool tls = false;
  std::string host;  ///< an IPv6 address has no brackets here
  int port = 0;
  std::string path;  ///< "" or "/sub/path", without a slash at the end

  std::string origin() const;  ///< "https://host:port", without a default port
  std::string text() const { return origin() + path; }
  bool same_origin(const Url& other) const {
    return tls == other.tls && port == other.port && host == other.host;
  }
};

/// Parses http(s)://host[:port][/path]. Throws Error (workflow), which names `option`, for anything
/// else.
Url parse_url(std::string_view text, const std::string& option);

/// Percent-encodes every byte outside the unreserved set of RFC 3986, including slashes: a tag
/// `a/b` has to be one path segment.
inline std::string encoded(std::string_view component) { return core::percent_encoded(component); }

}  // namespace gitea
