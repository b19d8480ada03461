// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/text.hpp"

namespace gitea {

/// A server's address, taken apart. Ours, since cpp-httplib looks up "http://host/base" as a host
/// name and crashes on a bad port (0.53).
struct Url {
  bool tls = false;
  std::string host;  ///< without the brackets of an IPv6 address
  int port = 0;
  std::string path;  ///< "" or "/sub/path", no slash at the end

  std::string origin() const;  ///< "https://host:port", the port only where it is not the default
  std::string text() const { return origin() + path; }
  bool same_origin(const Url& other) const {
    return tls == other.tls && port == other.port && host == other.host;
  }
};

/// Throws Error (workflow) that names `option` for anything but http(s)://host[:port][/path].
Url parse_url(std::string_view text, const std::string& option);

/// Percent-encodes every byte outside RFC 3986's unreserved set, slashes too: a tag `a/b` has to be
/// one path segment.
inline std::string encoded(std::string_view component) { return core::percent_encoded(component); }

}  // namespace gitea
