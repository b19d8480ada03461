// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/digest.hpp"
#include "core/release/checksums.hpp"
#include "support/server.hpp"
#include "support/signer.hpp"
#include "support/workspace.hpp"

namespace signing_tests {

using Names = std::vector<std::string>;

/// A server with the tag v1.0.0, and a signing key for its releases.
struct Project {
  Project() { server.create_tag("v1.0.0"); }

  /// A job with the key that uploads one file of the set `required`.
  support::Workspace job(const std::string& file, const std::string& content,
                         const std::string& required = "") const {
    support::Workspace job = job_without_key(file, content, required);
    job.input("signing_key", signer.secret_key());
    return job;
  }
  support::Workspace job_without_key(const std::string& file, const std::string& content,
                                     const std::string& required = "") const {
    support::Workspace job(server, "v1.0.0");
    job.file(file, content).input("files", file).input("required_files", required);
    return job;
  }

  support::Run verify() const {
    return support::Workspace(server, "v1.0.0")
        .input("public_key", signer.public_key())
        .run({"verify"});
  }

  /// The entries of the signed SHA256SUMS; nothing unless its signature is valid.
  std::map<std::string, core::Digest> signed_digests() {
    if (!server.has_release("v1.0.0")) return {};
    const Names names = server.release("v1.0.0").names();
    if (std::find(names.begin(), names.end(), "SHA256SUMS.minisig") == names.end()) return {};
    if (verify().log.find("not what was signed with the key") != std::string::npos) return {};
    return core::parse_checksums(server.download("v1.0.0", "SHA256SUMS").body);
  }

  support::Server server;
  support::Signer signer;
};

inline const std::string set_of_two = "app.tgz\napp.zip";

}  // namespace signing_tests
