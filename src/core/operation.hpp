// SPDX-License-Identifier: MIT
// The requests to a server. What a response means depends on the request.
#pragma once

#include <cstdint>

namespace core {

enum class Operation : std::uint8_t {
  // Reads.
  find_release,
  find_slashed_release,  ///< for a tag with a slash, which some proxies split into two segments
  find_tag,
  find_commit,
  find_slashed_commit,  ///< for a branch with a slash
  find_repository,
  find_user,  ///< the user of the token
  list_releases,
  list_tags,
  list_commits,
  list_packages,
  list_tag_protections,
  list_refs,
  list_pulls,
  list_issues,
  read_asset,
  read_version,
  read_settings,
  probe_access,  ///< a POST that is always rejected; the response shows the token's permissions

  // Writes.
  create_tag,
  create_release,
  edit_release,
  publish_release,  ///< an edit that publishes a draft, and creates its tag if it does not exist
  upload_asset,
  delete_asset,
  delete_release,
  delete_tag,
  link_package,
  call_webhook,  ///< a container manager's, not a Gitea or Forgejo server
};

}  // namespace core
