// SPDX-License-Identifier: MIT
// An owner's packages, as far as their link to a repository goes.
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

  /// Links it to a repository of the same owner; false where it is linked already, the server does
  /// not say to which. Throws Error: of reason no_such_endpoint or not_found also where the server
  /// is too old to know this.
  bool link(const Package& package, const std::string& repository);

  /// "owner/name" of the repository it is linked to; "" for none, or for one that this token may
  /// not see. nullopt where there is no such package.
  std::optional<std::string> linked_repository(const Package& package);

 private:
  const Server& server_;
  Http http_;
};

}  // namespace gitea
