// SPDX-License-Identifier: MIT
#pragma once

#include "call.hpp"

// Every endpoint of the API. What it requires (path arguments, permissions) is in routes.cpp.
namespace sandbox {

// api_server.cpp
Response show_version(Call& call);
Response show_forgejo_version(Call& call);
Response show_api_settings(Call& call);
Response show_attachment_settings(Call& call);
Response show_repository_settings(Call& call);
Response show_current_user(Call& call);

// api_repos.cpp
Response create_repository(Call& call);
Response show_one_repository(Call& call);
Response edit_repository(Call& call);
Response delete_repository(Call& call);

// api_packages.cpp
Response list_packages(Call& call);
Response link_package(Call& call);

// api_git.cpp
Response show_branch(Call& call);
Response list_commits(Call& call);
Response show_git_commit(Call& call);
Response show_git_refs(Call& call);

// api_pulls.cpp
Response list_pulls(Call& call);
Response list_issues(Call& call);

// api_contents.cpp
Response create_file(Call& call);

// api_tags.cpp
Response list_tags(Call& call);
Response show_one_tag(Call& call);
Response create_tag(Call& call);
Response delete_tag(Call& call);
Response list_protections(Call& call);
Response create_protection(Call& call);

// api_releases.cpp
Response list_releases(Call& call);
Response show_latest_release(Call& call);
Response show_release_by_tag(Call& call);
Response show_release_by_id(Call& call);
Response create_release(Call& call);
Response edit_release(Call& call);
Response delete_release_by_id(Call& call);
Response delete_release_by_tag(Call& call);

// api_assets.cpp
Response list_assets(Call& call);
Response show_one_asset(Call& call);
Response upload_asset(Call& call);
Response rename_asset(Call& call);
Response delete_asset(Call& call);

}  // namespace sandbox
