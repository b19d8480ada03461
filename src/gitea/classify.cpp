// SPDX-License-Identifier: MIT
#include "gitea/classify.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "gitea/message.hpp"

namespace gitea {
namespace {

using core::Reason;
using enum Operation;
using enum Verdict;

// --- what a row is made of ---

/// A set of enumerators.
template <typename Enum>
struct Set {
  unsigned bits = 0;
  constexpr Set() = default;
  constexpr Set(Enum one) : bits(1U << static_cast<unsigned>(one)) {}
  constexpr Set(std::initializer_list<Enum> all) {
    for (const Enum one : all) bits |= 1U << static_cast<unsigned>(one);
  }
  constexpr Set operator|(Set other) const {
    other.bits |= bits;
    return other;
  }
  constexpr bool has(Enum one) const { return (bits >> static_cast<unsigned>(one) & 1U) != 0; }
};
using Operations = Set<Operation>;
using Speakers = Set<Speaker>;

constexpr Operations finds = {find_release,    find_slashed_release, find_tag,     find_commit,
                              find_repository, find_slashed_commit,  list_commits, list_releases,
                              list_tags,       list_packages,        find_user};
constexpr Operations reads =
    finds | Operations{list_tag_protections, read_asset, read_version, read_settings, probe_access};
constexpr Operations creates = {create_tag, create_release};
constexpr Operations edits = {edit_release, publish_release};
constexpr Operations of_release = edits | upload_asset;
constexpr Operations writes = creates | of_release | Operations{delete_asset, link_package};
constexpr Operations repeatable = reads | delete_asset;  // however often: it is the same
constexpr Operations api_calls = reads | writes;
constexpr Operations of_code = {find_tag,     find_commit, find_slashed_commit,
                                list_commits, list_tags,   create_tag};
constexpr Operations of_packages = {list_packages, link_package};

constexpr Speakers api = Speaker::api;
constexpr Speakers json = {Speaker::api, Speaker::json};
constexpr Speakers page = Speaker::page;
constexpr Speakers text = Speaker::text;
constexpr Speakers no_json = {Speaker::page, Speaker::text, Speaker::nothing};
constexpr Speakers anybody = json | no_json;

struct Statuses {
  int first;
  int last;
  constexpr Statuses(int one) : first(one), last(one) {}
  constexpr Statuses(int from, int to) : first(from), last(to) {}
};

struct Row {
  Operations operations;
  Statuses statuses;
  Speakers speakers;
  std::string_view words;  ///< part of what is said, in lower case; servers change theirs
  Verdict verdict;
  Reason reason = Reason::none;
};

// --- the table of answers: the first row that fits counts ---

constexpr Row answers[] = {
    // What was asked for.
    {reads, 200, json, "", success},
    {read_asset, {200, 206}, anybody, "", success},
    {probe_access, 422, api, "", success},  // after every check of permissions
    {creates | upload_asset, 201, json, "", success},
    {edits, 200, json, "", success},
    {delete_asset, 204, anybody, "", success},
    {link_package, 201, anybody, "", success},
    {call_webhook, {200, 299}, anybody, "", success},
    // Another success than the one that was asked for: a login page, a proxy's maintenance.
    {reads, {200, 299}, anybody, "", stop, Reason::not_the_api},
    {writes, {200, 299}, anybody, "", look_again, Reason::not_the_api},

    // A webhook: nobody knows what its words mean, and it must not be called twice.
    {call_webhook, 429, anybody, "", retry, Reason::too_many_requests},
    {call_webhook, {300, 599}, anybody, "", stop, Reason::rejected},

    // Elsewhere. Moved repositories have been followed before (Api::send).
    {api_calls, {300, 399}, anybody, "", stop, Reason::redirected},

    // 400
    {api_calls, 400, no_json, "http request to an https server", stop, Reason::https_expected},
    {api_calls, 400, no_json, "plain http request was sent", stop, Reason::https_expected},
    {api_calls, 400, no_json, "plain http to an ssl-enabled", stop, Reason::https_expected},
    {api_calls, 400, no_json, "", stop, Reason::blocked},
    {upload_asset, 400, json, "'attachment' or 'external_url'", look_again, Reason::broken_form},
    {upload_asset, 400, json, "forbidden file extension", stop, Reason::file_type},
    {upload_asset, 400, json, "not allowed to be uploaded", stop, Reason::file_type},
    {link_package, 400, json, "", look_again, Reason::already_linked},
    {api_calls, 400, json, "", stop, Reason::rejected},

    // 401. Servers before Gitea 1.25, and Forgejo 7, answer it to a form that arrives broken,
    // whatever the token; where it is the token, the next look gets it too.
    {api_calls, 401, page, "", stop, Reason::login_in_front},
    {upload_asset, 401, anybody, "", look_again, Reason::broken_form},
    {api_calls, 401, anybody, "", stop, Reason::token_not_accepted},

    // 403
    {list_tag_protections, 403, json, "", absent},  // for administrators only
    {api_calls, 403, json, "two-factor", stop, Reason::two_factor},
    {api_calls, 403, json, "two factor", stop, Reason::two_factor},
    {api_calls, 403, json, "2fa", stop, Reason::two_factor},
    {api_calls, 403, json, "prohibited from signing in", stop, Reason::sign_in_prohibited},
    {api_calls, 403, json, "change your password", stop, Reason::password_change},
    {api_calls, 403, json, "only signed in user", stop, Reason::sign_in_required},
    {api_calls, 403, json, "limited to public", stop, Reason::public_only},
    {api_calls, 403, json, "scope", stop, Reason::scope},
    {upload_asset, 403, json, "attachment is not enabled", stop, Reason::attachments_off},
    {of_packages, 403, json, "", stop, Reason::may_not_write_package},
    {of_code, 403, json, "specific read permission", stop, Reason::code_closed},
    {api_calls, 403, json, "specific read permission", stop, Reason::releases_closed},
    {api_calls, 403, json, "permission to write", stop, Reason::may_not_write},
    {api_calls, 403, json, "quota", stop, Reason::quota},
    {api_calls, 403, json, "archived", stop, Reason::archived},
    {api_calls, 403, json, "protected", stop, Reason::tag_protected},
    {api_calls, 403, json, "immutable", stop, Reason::immutable},
    {api_calls, 403, json, "", stop, Reason::forbidden},
    {read_asset, 403, text, "forbidden", stop, Reason::forbidden},
    {api_calls, 403, no_json, "", stop, Reason::blocked},

    // 404. Only the API's own says that something is not there; a router's, a web server's page or
    // nothing at all comes while a container restarts, too.
    {list_tag_protections, 404, api | text, "", absent},  // not before Gitea 1.23, Forgejo 8
    {read_asset, 404, text, "page not found", retry, Reason::not_the_api},
    {read_asset, 404, api | text, "not found", absent, Reason::not_found},  // no API: a web address
    {upload_asset, 404, json, "attachment is not enabled", stop, Reason::attachments_off},
    {creates | edits, 404, json, "target \"", stop, Reason::unknown_target},
    {creates | edits, 404, json, "target not found", stop, Reason::unknown_target},
    {finds | delete_asset, 404, api, "", absent, Reason::not_found},
    {of_release, 404, api, "", look_again, Reason::not_found},  // whether the release is gone
    {api_calls, 404, api, "", stop, Reason::not_found},
    {link_package, 404, text, "", stop, Reason::no_such_endpoint},  // before Gitea 1.24, Forgejo 11
    {{find_slashed_release, find_slashed_commit}, 404, anybody, "", stop, Reason::not_the_api},
    {repeatable, 404, anybody, "", retry, Reason::not_the_api},
    {writes, 404, anybody, "", look_again, Reason::not_the_api},

    // 405 is how Gitea before 1.22 and Forgejo 7 say that a tag is protected.
    {create_tag, 405, json, "", stop, Reason::tag_protected},
    {api_calls, 405, anybody, "", stop, Reason::method_refused},

    {repeatable, 408, anybody, "", retry, Reason::request_timeout},
    {writes, 408, anybody, "", look_again, Reason::request_timeout},

    // 409
    {reads, 409, json, "empty", stop, Reason::repository_empty},
    {creates, 409, anybody, "", look_again, Reason::already_exists},
    {writes, 409, anybody, "", look_again, Reason::conflict},
    {reads, 409, anybody, "", stop, Reason::conflict},

    // 413: the server's own is JSON.
    {api_calls, 413, json, "quota", stop, Reason::quota},
    {api_calls, 413, json, "", stop, Reason::too_large},
    {api_calls, 413, no_json, "", stop, Reason::too_large_for_proxy},

    {api_calls, 417, anybody, "", stop, Reason::expectation},  // after a try without it (Http)
    {api_calls, 421, anybody, "", retry, Reason::misdirected},
    {api_calls, 425, anybody, "", retry, Reason::misdirected},

    // 422 and 423
    {api_calls, {422, 423}, no_json, "", stop, Reason::blocked},
    {writes, {422, 423}, json, "repo is empty", stop, Reason::repository_empty},
    {api_calls, {422, 423}, json, "archived", stop, Reason::archived},
    {api_calls, {422, 423}, json, "protected", stop, Reason::tag_protected},
    {api_calls, {422, 423}, json, "immutable", stop, Reason::immutable},
    {api_calls, {422, 423}, json, "forbidden file extension", stop, Reason::file_type},
    {api_calls, {422, 423}, json, "", stop, Reason::rejected},

    {api_calls, 429, anybody, "", retry, Reason::too_many_requests},

    // 500. Its message is empty for all but the server's administrators.
    {api_calls, 500, anybody, "no space left", stop, Reason::disk_full},
    {api_calls, 500, anybody, "not enough space on the disk", stop, Reason::disk_full},
    {api_calls, 500, anybody, "disk quota exceeded", stop, Reason::disk_full},
    {api_calls, 500, anybody, "minimum free drive", stop, Reason::disk_full},
    {repeatable, 500, anybody, "database is locked", retry, Reason::database_busy},
    {writes, 500, anybody, "database is locked", look_again, Reason::database_busy},
    {upload_asset, 500, anybody, "isn't multipart", stop, Reason::no_raw_uploads},
    {upload_asset, 500, anybody, "multipart", look_again, Reason::broken_form},
    {upload_asset, 500, json, "http: no such file", look_again, Reason::broken_form},
    {writes, 500, json, "is archived", stop, Reason::archived},
    {writes, 500, json, "is protected", stop, Reason::tag_protected},
    {writes, 500, json, "tag name is not valid", stop, Reason::tag_name_invalid},
    {creates, 500, json, "already exists", look_again, Reason::already_exists},
    {creates, 500, json, "unique constraint", look_again, Reason::already_exists},
    {writes, 500, json, "data too long", stop, Reason::value_too_long},
    {writes, 500, json, "value too long", stop, Reason::value_too_long},
    {writes, 500, json, "object does not exist [id: ,", look_again, Reason::server_error},
    {creates | edits, 500, json, "object does not exist", stop, Reason::unknown_target},

    // The rest of 5xx: of a proxy, of Cloudflare, of a full disk, of the server.
    {repeatable, {502, 504}, anybody, "", retry, Reason::gateway},
    {writes, {502, 504}, anybody, "", look_again, Reason::gateway},
    {api_calls, 507, anybody, "", stop, Reason::disk_full},
    {repeatable, {520, 527}, anybody, "", retry, Reason::cloudflare},
    {writes, {520, 527}, anybody, "", look_again, Reason::cloudflare},
    {repeatable, 530, anybody, "", retry, Reason::cloudflare},
    {writes, 530, anybody, "", look_again, Reason::cloudflare},
    {repeatable, {598, 599}, anybody, "", retry, Reason::gateway},
    {writes, {598, 599}, anybody, "", look_again, Reason::gateway},
    {repeatable, {500, 597}, anybody, "", retry, Reason::server_error},
    {writes, {500, 597}, anybody, "", look_again, Reason::server_error},

    // Whatever else there is.
    {api_calls, {0, 999}, json, "", stop, Reason::rejected},
    {api_calls, {0, 999}, no_json, "", stop, Reason::blocked},
};

// --- the table of what ended without an answer ---

struct Silence {
  Operations operations;
  Set<Trouble> troubles;
  std::string_view detail;  ///< part of Answer::detail, in lower case
  Verdict verdict;
  Reason reason;
};

constexpr Operations any_operation = api_calls | call_webhook;
constexpr Set<Trouble> certificates = {Trouble::tls_bundle, Trouble::tls_untrusted,
                                       Trouble::tls_out_of_date, Trouble::tls_other_name};
constexpr Set<Trouble> on_the_way = {Trouble::unresolved, Trouble::refused, Trouble::timed_out,
                                     Trouble::proxy};
constexpr Set<Trouble> once_sent = {Trouble::none, Trouble::broke_off, Trouble::no_answer,
                                    Trouble::other};

constexpr Silence silences[] = {
    // Neither a certificate nor a password becomes valid by trying again.
    {any_operation, Trouble::proxy_credentials, "", stop, Reason::proxy_login},
    {any_operation, certificates, "", stop, Reason::untrusted},
    {any_operation, Trouble::out_of_time, "", stop, Reason::out_of_time},
    {any_operation, Trouble::tls, "wrong version number", stop, Reason::plain_http},
    {any_operation, Trouble::tls, "packet length too long", stop, Reason::plain_http},
    {any_operation, Trouble::tls, "", retry, Reason::tls_failed},
    {any_operation, on_the_way, "", retry, Reason::unreachable},
    // It was sent, and may have been carried out; what never left may be sent again.
    {any_operation, Trouble::stalled, "", retry, Reason::stalled},
    {any_operation, Trouble::stalled, "", look_again, Reason::stalled},
    {any_operation, once_sent, "", retry, Reason::no_answer},
    {any_operation, once_sent, "", look_again, Reason::no_answer},
};

/// In lower case; of a page also its text, since not every one has a title that tells.
std::string said_in(const Answer& answer) {
  constexpr std::size_t enough = 4096;
  return core::lower(speaker_of(answer) == Speaker::page ? answer.body.substr(0, enough)
                                                         : message_in(answer));
}

bool says(const std::string& said, std::string_view words) {
  return words.empty() || said.find(words) != std::string::npos;
}

Classified classify_silence(Operation operation, const Answer& answer) {
  const std::string detail = core::lower(answer.detail);
  const bool is_safe = repeatable.has(operation) || answer.delivery == Delivery::unsent;
  for (const Silence& row : silences) {
    if (row.operations.has(operation) && row.troubles.has(answer.trouble) &&
        says(detail, row.detail) && (row.verdict != retry || is_safe)) {
      return {row.verdict, row.reason};
    }
  }
  return is_safe ? Classified{retry, Reason::no_answer} : Classified{look_again, Reason::no_answer};
}

}  // namespace

Classified classify(Operation operation, const Answer& answer) {
  if (answer.delivery != Delivery::answered) return classify_silence(operation, answer);
  const Speaker speaker = speaker_of(answer);
  const std::string said = answer.status < 400 ? "" : said_in(answer);
  for (const Row& row : answers) {
    if (row.operations.has(operation) && row.statuses.first <= answer.status &&
        answer.status <= row.statuses.last && row.speakers.has(speaker) && says(said, row.words)) {
      return {row.verdict, row.reason};
    }
  }
  return {stop, Reason::rejected};
}

}  // namespace gitea
