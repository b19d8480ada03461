// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sandbox {

/// The differences between servers and versions, as data. The defaults are Gitea 1.25.4.
struct Profile {
  enum class NotFoundErrors { null, absent, empty_list };
  enum class NameLimit { none, characters, bytes, cut_bytes };
  enum class DraftById { everybody, writers, write_tokens };
  enum class BrokenForm { text, json };
  enum class BadToken { invalid, no_user, echo };

  std::string_view name = "gitea-1.25";
  std::string_view version = "1.25.4";
  bool forgejo = false;
  bool measured = true;  ///< false: read in the source, never compared with a server

  // Errors
  std::string_view not_found = "not found";
  NotFoundErrors not_found_errors = NotFoundErrors::null;
  bool unknown_owner_is_named = true;  ///< 404 `GetUserByName` instead of the usual one
  bool tag_missing_in_words = true;    ///< `tag doesn't exist: X` instead of `X`
  std::string_view conflict = "Release is has no Tag";
  bool mail_has_user_id = false;
  bool body_errors_1_27 = false;  ///< `unexpected EOF`, JSON names in type errors

  // Access
  BadToken bad_token = BadToken::invalid;
  std::string_view bad_token_download = "Failed to authenticate user";
  bool scheme_in_any_case = true;
  bool scope_error_names_token_scope = true;
  bool warns_of_query_token = true;
  bool public_only_is_not_found = false;
  bool job_permissions = false;  ///< `permissions:` of a workflow counts
  int rename_status = 301;

  // Releases
  int unknown_target_status = 404;
  bool unknown_target_is_short = false;    ///< `target not found`
  std::string_view unknown_target_prefix;  ///< before the text that admins see
  int protected_status = 422;
  int protected_tag_status = 422;
  bool archived_blocks_releases = true;
  int empty_repository_status = 422;
  bool tag_message = true;
  bool name_defaults_to_tag = false;
  NameLimit name_limit = NameLimit::characters;
  bool draft_by_tag_for_everybody = false;
  DraftById draft_by_id = DraftById::everybody;
  bool filter_q = false;
  bool tag_protections = true;
  bool package_links = true;
  std::string_view archived_tag_text = "{repo} is archived";
  bool tag_message_keeps_newline = false;

  // The push queue
  bool push_publishes_draft = true;
  bool push_sets_publisher = true;
  bool push_skips_tag_rows = false;  ///< Forgejo 7: finds neither drafts nor tag rows

  // Assets
  bool raw_upload = true;
  bool size_limit = true;
  std::int64_t max_size_mib = 2048;
  /// 1.27: /settings/attachment shows the limit for issues, and releases have their own.
  std::optional<std::int64_t> issue_max_size_mib;
  bool issue_types_have_webp = true;
  BrokenForm broken_form = BrokenForm::text;
  bool form_is_read_first = true;  ///< before authentication
  bool token_before_broken_form = false;
  bool half_closed_form_is_401 = false;
  bool missing_part_is_400 = false;
  std::string_view no_name = "Could not determine name of attachment.";
  std::string_view forbidden_type =
      "This file cannot be uploaded or modified due to a forbidden file extension or type.";
  bool rename_checks_extension = true;
  bool asset_has_type = false;
  std::chrono::milliseconds busy_timeout{0};  ///< 0: writers wait without limit

  // Downloads
  bool accept_ranges = true;
  bool if_range_counts = true;
  bool download_checks_scope = false;
  bool head_attachment_authenticates = false;
  bool draft_attachment_hidden = false;
  bool draft_download_for_writers = true;
  std::string_view download_cache = "private, max-age=0";

  // Routing
  bool head_is_get = false;
  std::string_view allow_of_three = "DELETE";  ///< for GET + PATCH + DELETE
};

const std::vector<Profile>& profiles();
/// Null if there is none of that name.
const Profile* find_profile(std::string_view name);

}  // namespace sandbox
