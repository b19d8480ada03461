// SPDX-License-Identifier: MIT
// The links between an owner's packages and repositories.
#pragma once

#include <optional>
#include <string>

#include "gitea/http.hpp"

namespace gitea {

struct Package {
  std::string owner;
  std::string type;  ///< "container"
  std::string name;
};

/// `server` has to outlive it.
class Packages {
 public:
  explicit Packages(const Server& server) : server_(server), http_(server) {}

  /// Links a package to a repository of the same owner. Returns false if it is already linked; the
  /// server does not say to which repository. Throws Error; the reason is no_such_endpoint or
  /// not_found also if the server is too old for this request.
  bool link(const Package& package, const std::string& repository);

  /// "owner/name" of the repository that the package is linked to; "" if it is not linked, or if
  /// this token may not see the repository. nullopt if the package does not exist.
  std::optional<std::string> linked_repository(const Package& package);

 private:
  const Server& server_;
  Http http_;
};

}  // namespace gitea
