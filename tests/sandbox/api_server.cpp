// SPDX-License-Identifier: MIT
// What the server says about itself and about the caller.
#include "endpoints.hpp"
#include "show.hpp"

namespace sandbox {

namespace {

// Of issues, not of releases: /settings/attachment never shows the list for releases.
std::string issue_types(const Profile& profile) {
  const bool webp = profile.issue_types_have_webp;
  return std::string(webp ? ".avif," : "") +
         ".cpuprofile,.csv,.dmp,.docx,.fodg,.fodp,.fods,.fodt,.gif,.gz,.jpeg,.jpg,.json,.jsonc,"
         ".log,.md,.mov,.mp4,.odf,.odg,.odp,.ods,.odt,.patch,.pdf,.png,.pptx,.svg,.tgz,.txt,"
         ".webm," +
         (webp ? ".webp," : "") + ".xls,.xlsx,.zip";
}

}  // namespace

Response show_version(Call& call) {
  return json_answer(200, Json::object({{"version", call.world.settings_now().version}}));
}

Response show_forgejo_version(Call& call) {
  const Json version = Json::object({{"version", call.world.settings_now().version}});
  return text_answer(200, version.dump());  // Forgejo 7 labels it as text
}

Response show_api_settings(Call& call) {
  Json out = Json::object({{"max_response_items", 50},
                           {"default_paging_num", 30},
                           {"default_git_trees_per_page", 1000},
                           {"default_max_blob_size", 10485760}});
  if (call.profile().size_limit) out.set("default_max_response_size", 104857600);
  return json_answer(200, out);
}

Response show_attachment_settings(Call& call) {
  const Settings settings = call.world.settings_now();
  std::int64_t max_size = call.profile().max_size_mib;
  if (settings.max_size) max_size = static_cast<std::int64_t>(*settings.max_size >> 20U);
  max_size = call.profile().issue_max_size_mib.value_or(max_size);
  return json_answer(200, Json::object({{"enabled", settings.attachments_enabled},
                                        {"allowed_types", issue_types(call.profile())},
                                        {"max_size", max_size},
                                        {"max_files", 5}}));
}

Response show_repository_settings(Call& call) {
  Json out = Json::object({{"mirrors_disabled", false},
                           {"http_git_disabled", false},
                           {"migrations_disabled", false},
                           {"stars_disabled", false}});
  if (call.profile().forgejo) out.set("forks_disabled", false);
  out.set("time_tracking_disabled", false);
  out.set("lfs_disabled", true);
  return json_answer(200, out);
}

Response show_current_user(Call& call) {
  const auto guard = call.world.lock();
  return json_answer(200, show_user(call.world, call.identity.user));
}

}  // namespace sandbox
