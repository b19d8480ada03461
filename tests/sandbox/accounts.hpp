// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http_message.hpp"
#include "world.hpp"

namespace sandbox {

/// The sender of a request.
struct Identity {
  enum class Kind { anonymous, user, job };
  Kind kind = Kind::anonymous;
  User user;                       ///< a copy, as of now
  bool by_personal_token = false;  ///< such a request is itself a write ("last used")
  std::optional<std::vector<std::string>> scopes;  ///< absent: everything
  std::int64_t job_repository = 0;
  bool job_reads_only = false;
  std::optional<JobPermissions> job_permissions;

  bool signed_in() const { return kind != Kind::anonymous; }
  bool is_admin() const { return kind == Kind::user && user.is_admin; }
  /// `write:x` includes `read:x`, `all` everything.
  bool has_scope(const std::string& scope) const;
  bool public_only() const;
};

/// The result of checking a request's credentials.
struct Authentication {
  Identity identity;
  bool refused = false;
  std::string refused_name;    ///< the user name that came with it, for the error of old servers
  std::string refused_secret;  ///< Forgejo 15 repeats it in its error
  bool by_query = false;       ///< from ?token=
};

/// The world must be locked.
Authentication authenticate(World& world, const Request& request);

/// The parts of a repository to which servers give access separately.
enum class Unit { any, code, releases, pulls };

/// The world must be locked.
Permission permission_of(const Repository& repository, const Identity& identity,
                         Unit unit = Unit::any);

/// The same for web routes, where a job's token has no rights.
Permission web_permission_of(const Repository& repository, const Identity& identity);

}  // namespace sandbox
