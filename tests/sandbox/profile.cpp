// SPDX-License-Identifier: MIT
#include "profile.hpp"

namespace sandbox {

namespace {

Profile gitea_1_22() {
  Profile p;
  p.name = "gitea-1.22";
  p.version = "1.22.6";
  p.not_found = "The target couldn't be found.";
  p.tag_missing_in_words = false;
  p.bad_token = Profile::BadToken::no_user;
  p.bad_token_download = "Verify";
  p.scheme_in_any_case = false;
  p.scope_error_names_token_scope = false;
  p.rename_status = 307;
  p.tag_message = false;
  p.name_limit = Profile::NameLimit::bytes;
  p.draft_by_tag_for_everybody = true;
  p.tag_protections = false;
  p.package_links = false;
  p.archived_tag_text = "<Repository {id}:{repo}> is archived";
  p.push_sets_publisher = false;
  p.size_limit = false;
  p.issue_types_have_webp = false;
  p.broken_form = Profile::BrokenForm::json;
  p.half_closed_form_is_401 = true;
  p.forbidden_type = "This file extension or type is not allowed to be uploaded.";
  p.rename_checks_extension = false;
  p.download_cache = "private, max-age=300";
  return p;
}

Profile gitea_1_23() {
  Profile p = gitea_1_22();
  p.name = "gitea-1.23";
  p.version = "1.23.8";
  p.scope_error_names_token_scope = true;
  p.rename_status = 301;
  p.tag_protections = true;
  p.issue_types_have_webp = true;
  p.token_before_broken_form = true;
  p.forbidden_type = Profile{}.forbidden_type;
  p.rename_checks_extension = true;
  return p;
}

Profile gitea_1_26() {
  Profile p;
  p.name = "gitea-1.26";
  p.version = "1.26.0";
  p.draft_by_id = Profile::DraftById::write_tokens;
  p.job_permissions = true;
  p.issue_max_size_mib = 100;
  p.mail_has_user_id = true;
  p.body_errors_1_27 = true;
  p.accept_ranges = false;
  p.if_range_counts = false;
  p.head_attachment_authenticates = true;
  p.download_cache = "max-age=0, private, must-revalidate, no-transform";
  return p;
}

Profile gitea_1_20() {
  Profile p = gitea_1_22();
  p.name = "gitea-1.20";
  p.version = "1.20.6";
  p.measured = false;
  p.unknown_target_status = 500;
  p.protected_status = 500;
  p.protected_tag_status = 405;
  p.archived_blocks_releases = false;
  p.empty_repository_status = 500;
  p.name_limit = Profile::NameLimit::none;
  p.raw_upload = false;
  p.max_size_mib = 4;
  return p;
}

Profile gitea_1_27() {
  Profile p = gitea_1_26();
  p.name = "gitea-1.27";
  p.version = "1.27.1";
  p.not_found_errors = Profile::NotFoundErrors::absent;
  p.unknown_owner_is_named = false;
  p.public_only_is_not_found = true;
  p.unknown_target_is_short = true;
  p.archived_tag_text = "repo is archived";
  p.tag_message_keeps_newline = true;
  p.busy_timeout = std::chrono::seconds(20);
  p.download_checks_scope = true;
  p.draft_attachment_hidden = true;
  p.head_is_get = true;
  p.download_cache = Profile{}.download_cache;
  return p;
}

Profile forgejo_7() {
  Profile p = gitea_1_22();
  p.name = "forgejo-7";
  p.version = "7.0.16+gitea-1.21.11";
  p.forgejo = true;
  p.warns_of_query_token = false;
  p.unknown_target_status = 500;
  p.unknown_target_prefix = "createTag::GetCommit[{target}]: ";
  p.protected_status = 500;
  p.protected_tag_status = 405;
  p.name_limit = Profile::NameLimit::none;
  p.push_publishes_draft = false;
  p.push_skips_tag_rows = true;
  p.draft_download_for_writers = false;
  p.allow_of_three = "GET";
  return p;
}

Profile forgejo_11() {
  Profile p = forgejo_7();
  p.name = "forgejo-11";
  p.version = "11.0.15+gitea-1.22.0";
  p.measured = false;
  p.not_found_errors = Profile::NotFoundErrors::empty_list;
  p.unknown_target_status = 404;
  p.unknown_target_prefix = "";
  p.protected_status = 422;
  p.protected_tag_status = 422;
  p.name_limit = Profile::NameLimit::cut_bytes;
  p.draft_by_tag_for_everybody = false;
  p.draft_by_id = Profile::DraftById::writers;
  p.filter_q = true;
  p.tag_protections = true;
  p.package_links = true;
  p.push_publishes_draft = true;
  p.push_skips_tag_rows = false;
  p.push_sets_publisher = true;
  p.missing_part_is_400 = true;
  p.no_name = "Missing 'name' parameter";
  p.asset_has_type = true;
  return p;
}

Profile forgejo_15() {
  Profile p = forgejo_11();
  p.name = "forgejo-15";
  p.version = "15.0.3+gitea-1.22.0";
  p.bad_token = Profile::BadToken::echo;
  p.scheme_in_any_case = true;
  p.rename_status = 301;
  p.conflict = "Release has no Tag";
  p.name_defaults_to_tag = true;
  p.form_is_read_first = false;
  p.busy_timeout = std::chrono::seconds(60);
  p.half_closed_form_is_401 = false;
  p.download_checks_scope = true;
  return p;
}

}  // namespace

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> all = {Profile{},    gitea_1_20(), gitea_1_22(),
                                           gitea_1_23(), gitea_1_26(), gitea_1_27(),
                                           forgejo_7(),  forgejo_11(), forgejo_15()};
  return all;
}

const Profile* find_profile(std::string_view name) {
  for (const Profile& profile : profiles()) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

}  // namespace sandbox
