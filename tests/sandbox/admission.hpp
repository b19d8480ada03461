// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"

namespace sandbox {

/// What an endpoint asks for.
enum class Need {
  nothing,
  user,
  new_repository,
  packages,
  edit_packages,
  code,
  releases,
  edit_releases,
  edit_code,
  administer,
  own
};

/// Everything that Gitea checks before it runs an endpoint, in its order: a multipart form is read,
/// then credentials, scope, repository, unit, sign-in and write access. Fills in who, which
/// repository and which permission. Refuses. True when the token came by query.
bool admit(Call& call, Need need);

}  // namespace sandbox
