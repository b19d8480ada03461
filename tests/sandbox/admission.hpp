// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"

namespace sandbox {

/// What an endpoint requires.
enum class Need {
  nothing,
  user,
  new_repository,
  packages,
  edit_packages,
  repository,
  code,
  pulls,
  releases,
  edit_releases,
  edit_code,
  administer,
  own
};

/// Everything that Gitea checks before it runs an endpoint, in its order: a multipart form is read,
/// then credentials, scope, repository, unit, sign-in and write access. Sets the user, the
/// repository and the permission. Throws Refusal. Returns true if the token came in the query.
bool admit(Call& call, Need need);

}  // namespace sandbox
