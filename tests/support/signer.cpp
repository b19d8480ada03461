// SPDX-License-Identifier: MIT
#include "support/signer.hpp"

#include <fmt/format.h>

#include "core/digest.hpp"

namespace support {

Files Signer::sign(Files files, const std::string& tag, const std::string& repository) const {
  std::string sums;
  for (const auto& [name, content] : files) {
    sums += core::digest_of(content) + "  " + name + "\n";
  }
  files["SHA256SUMS.minisig"] =
      key_.sign(sums, fmt::format("tag={} repository={}", tag, repository));
  files["SHA256SUMS"] = sums;
  return files;
}

Release Signer::publish(Server& server, const std::string& tag, const Files& files,
                        bool prerelease) {
  const auto release = server.create_release(
      fmt::format(R"({{"tag_name":"{}","target_commitish":"main","draft":true,"prerelease":{}}})",
                  tag, prerelease));
  for (const auto& [name, content] : files) server.upload(release.id, name, content);
  server.edit_release(release.id, R"({"draft":false})");
  return server.release(tag);
}

}  // namespace support
