// SPDX-License-Identifier: MIT
// What is asked of a server: the same answer means one thing to a question and another to an upload.
#pragma once

#include <cstdint>

namespace core {

enum class Operation : std::uint8_t {
  // Questions.
  find_release,
  find_slashed_release,  ///< of a tag with a slash, which some proxies take for two segments
  find_tag,
  find_commit,
  find_slashed_commit,  ///< the same of a branch
  find_repository,
  find_user,  ///< of the token
  list_releases,
  list_tags,
  list_commits,
  list_packages,
  list_tag_protections,
  read_asset,
  read_version,
  read_settings,
  probe_access,  ///< a POST that the server refuses in any case: it tells the permissions

  // Writes.
  create_tag,
  create_release,
  edit_release,
  publish_release,  ///< an edit that makes a draft public, and its tag where there is none
  upload_asset,
  delete_asset,
  link_package,
  call_webhook,  ///< of a container manager: no server of ours
};

}  // namespace core
