// SPDX-License-Identifier: MIT
// Signed releases, created without the program under test.
#pragma once

#include <map>
#include <string>

#include "signing/secret_key.hpp"
#include "support/server.hpp"

namespace support {

/// Contents by file name.
using Files = std::map<std::string, std::string>;

/// The owner of one of a project's secret keys.
class Signer {
 public:
  std::string public_key() const { return key_.public_key().text(); }
  std::string secret_key() const { return key_.file({}); }

  /// `files` with SHA256SUMS and its signature for `tag` in `repository`.
  Files sign(Files files, const std::string& tag, const std::string& repository) const;

  /// A published release with exactly these files.
  static Release publish(Server& server, const std::string& tag, const Files& files,
                         bool prerelease = false);
  Release publish_signed(Server& server, const std::string& tag, const Files& files) const {
    return publish(server, tag, sign(files, tag, server.repository()));
  }

 private:
  signing::SecretKey key_ = signing::SecretKey::generate();
};

}  // namespace support
