// SPDX-License-Identifier: MIT
#include "gitea/classify.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/text/text.hpp"
#include "gitea/answer_text.hpp"
#include "gitea/operation_groups.hpp"
#include "gitea/status_range.hpp"

namespace gitea {
namespace {

using namespace operations;
using core::Reason;
using enum Operation;
using enum Verdict;

// --- the types of a row ---

using Speakers = Set<Speaker>;

constexpr Speakers api = Speaker::api;
constexpr Speakers json = {Speaker::api, Speaker::json};
constexpr Speakers page = Speaker::page;
constexpr Speakers text = Speaker::text;
constexpr Speakers no_json = {Speaker::page, Speaker::text, Speaker::nothing};
constexpr Speakers anybody = json | no_json;

struct Row {
  Operations operations;
  StatusRange statuses;
  Speakers speakers;
  std::string_view
      words;  ///< part of the message, in lower case; short, because servers change their messages
  Verdict verdict;
  Reason reason = Reason::none;
};

// --- the table of responses: the first row that matches applies ---

constexpr Row answers[] = {
    // Success.
    {reads, 200, json, "", success},
    {read_asset, {200, 206}, anybody, "", success},
    {probe_access, 422, api, "", success},  // the server has checked every permission
    {creates | upload_asset, 201, json, "", success},
    {edits, 200, json, "", success},
    {deletes, 204, anybody, "", success},
    {link_package, 201, anybody, "", success},
    {call_webhook, {200, 299}, anybody, "", success},
    // A success that the API does not send: a login page, a proxy's maintenance page.
    {reads, {200, 299}, anybody, "", stop, Reason::not_the_api},
    {writes, {200, 299}, anybody, "", check_again, Reason::not_the_api},

    // A webhook: the meaning of its messages is unknown, and it must not be called twice.
    {call_webhook, 429, anybody, "", retry, Reason::too_many_requests},
    {call_webhook, {300, 599}, anybody, "", stop, Reason::rejected},

    // Redirects. Those of moved repositories have been followed before (Api::send).
    {api_calls, {300, 399}, anybody, "", stop, Reason::redirected},

    // 400
    {api_calls, 400, no_json, "http request to an https server", stop, Reason::https_expected},
    {api_calls, 400, no_json, "plain http request was sent", stop, Reason::https_expected},
    {api_calls, 400, no_json, "plain http to an ssl-enabled", stop, Reason::https_expected},
    {api_calls, 400, no_json, "", stop, Reason::blocked},
    {upload_asset, 400, json, "'attachment' or 'external_url'", check_again, Reason::broken_form},
    {upload_asset, 400, json, "forbidden file extension", stop, Reason::file_type},
    {upload_asset, 400, json, "not allowed to be uploaded", stop, Reason::file_type},
    {link_package, 400, json, "", check_again, Reason::already_linked},
    {api_calls, 400, json, "", stop, Reason::rejected},

    // 401. Gitea before 1.25 and Forgejo 7 also send it for an incomplete form, whatever the token.
    // If the token is the cause, the next request gets a 401 too.
    {api_calls, 401, page, "", stop, Reason::login_in_front},
    {upload_asset, 401, anybody, "", check_again, Reason::broken_form},
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

    // 404. Only one sent by the API means that something does not exist. A router's or web server's
    // page, or an empty 404, also comes while a container restarts.
    {list_tag_protections, 404, api | text, "", absent},  // before Gitea 1.23, Forgejo 8
    {read_asset, 404, text, "page not found", retry, Reason::not_the_api},
    {read_asset, 404, api | text, "not found", absent,
     Reason::not_found},  // not an endpoint of the API
    {upload_asset, 404, json, "attachment is not enabled", stop, Reason::attachments_off},
    {creates | edits, 404, json, "target \"", stop, Reason::unknown_target},
    {creates | edits, 404, json, "target not found", stop, Reason::unknown_target},
    {finds | deletes, 404, api, "", absent, Reason::not_found},
    {of_release, 404, api, "", check_again, Reason::not_found},  // is the release gone?
    {api_calls, 404, api, "", stop, Reason::not_found},
    {link_package, 404, text, "", stop, Reason::no_such_endpoint},  // before Gitea 1.24, Forgejo 11
    {{find_slashed_release, find_slashed_commit}, 404, anybody, "", stop, Reason::not_the_api},
    {repeatable, 404, anybody, "", retry, Reason::not_the_api},
    {writes, 404, anybody, "", check_again, Reason::not_the_api},

    // Gitea before 1.22 and Forgejo 7 send 405 if a tag is protected.
    {create_tag, 405, json, "", stop, Reason::tag_protected},
    {api_calls, 405, anybody, "", stop, Reason::method_refused},

    {repeatable, 408, anybody, "", retry, Reason::request_timeout},
    {writes, 408, anybody, "", check_again, Reason::request_timeout},

    // 409
    {reads, 409, json, "empty", stop, Reason::repository_empty},
    {creates, 409, anybody, "", check_again, Reason::already_exists},
    {writes, 409, anybody, "", check_again, Reason::conflict},
    {reads, 409, anybody, "", stop, Reason::conflict},

    // 413. One sent by the server is JSON.
    {api_calls, 413, json, "quota", stop, Reason::quota},
    {api_calls, 413, json, "", stop, Reason::too_large},
    {api_calls, 413, no_json, "", stop, Reason::too_large_for_proxy},

    {api_calls, 417, anybody, "", stop,
     Reason::expectation},  // Http has already tried without the header
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

    // 500. Only administrators of the server see its message.
    {api_calls, 500, anybody, "no space left", stop, Reason::disk_full},
    {api_calls, 500, anybody, "not enough space on the disk", stop, Reason::disk_full},
    {api_calls, 500, anybody, "disk quota exceeded", stop, Reason::disk_full},
    {api_calls, 500, anybody, "minimum free drive", stop, Reason::disk_full},
    {repeatable, 500, anybody, "database is locked", retry, Reason::database_busy},
    {writes, 500, anybody, "database is locked", check_again, Reason::database_busy},
    {upload_asset, 500, anybody, "isn't multipart", stop, Reason::no_raw_uploads},
    {upload_asset, 500, anybody, "multipart", check_again, Reason::broken_form},
    {upload_asset, 500, json, "http: no such file", check_again, Reason::broken_form},
    {writes, 500, json, "is archived", stop, Reason::archived},
    {writes, 500, json, "is protected", stop, Reason::tag_protected},
    {writes, 500, json, "tag name is not valid", stop, Reason::tag_name_invalid},
    {creates, 500, json, "already exists", check_again, Reason::already_exists},
    {creates, 500, json, "unique constraint", check_again, Reason::already_exists},
    {writes, 500, json, "data too long", stop, Reason::value_too_long},
    {writes, 500, json, "value too long", stop, Reason::value_too_long},
    {writes, 500, json, "object does not exist [id: ,", check_again, Reason::server_error},
    {creates | edits, 500, json, "object does not exist", stop, Reason::unknown_target},

    // Other 5xx: from a proxy, from Cloudflare, because of a full disk, from the server.
    {repeatable, {502, 504}, anybody, "", retry, Reason::gateway},
    {writes, {502, 504}, anybody, "", check_again, Reason::gateway},
    {api_calls, 507, anybody, "", stop, Reason::disk_full},
    {repeatable, {520, 527}, anybody, "", retry, Reason::cloudflare},
    {writes, {520, 527}, anybody, "", check_again, Reason::cloudflare},
    {repeatable, 530, anybody, "", retry, Reason::cloudflare},
    {writes, 530, anybody, "", check_again, Reason::cloudflare},
    {repeatable, {598, 599}, anybody, "", retry, Reason::gateway},
    {writes, {598, 599}, anybody, "", check_again, Reason::gateway},
    {repeatable, {500, 597}, anybody, "", retry, Reason::server_error},
    {writes, {500, 597}, anybody, "", check_again, Reason::server_error},

    // Any other status.
    {api_calls, {0, 999}, json, "", stop, Reason::rejected},
    {api_calls, {0, 999}, no_json, "", stop, Reason::blocked},
};

// --- the table of requests without a response ---

struct Silence {
  Operations operations;
  Set<TransportError> troubles;
  std::string_view detail;  ///< part of Answer::detail, in lower case
  Verdict verdict;
  Reason reason;
};

constexpr Operations any_operation = api_calls | call_webhook;
constexpr Set<TransportError> certificates = {
    TransportError::tls_bundle, TransportError::tls_untrusted, TransportError::tls_out_of_date,
    TransportError::tls_other_name};
constexpr Set<TransportError> on_the_way = {TransportError::unresolved, TransportError::refused,
                                            TransportError::timed_out, TransportError::proxy};
constexpr Set<TransportError> once_sent = {TransportError::none, TransportError::broke_off,
                                           TransportError::no_answer, TransportError::other};

constexpr Silence silences[] = {
    // A retry does not make a certificate or a password valid.
    {any_operation, TransportError::proxy_credentials, "", stop, Reason::proxy_login},
    {any_operation, certificates, "", stop, Reason::untrusted},
    {any_operation, TransportError::out_of_time, "", stop, Reason::out_of_time},
    {any_operation, TransportError::tls, "wrong version number", stop, Reason::plain_http},
    {any_operation, TransportError::tls, "packet length too long", stop, Reason::plain_http},
    {any_operation, TransportError::tls, "", retry, Reason::tls_failed},
    {any_operation, on_the_way, "", retry, Reason::unreachable},
    // A request that was sent may have been carried out; one that never left can be retried.
    {any_operation, TransportError::stalled, "", retry, Reason::stalled},
    {any_operation, TransportError::stalled, "", check_again, Reason::stalled},
    {any_operation, once_sent, "", retry, Reason::no_answer},
    {any_operation, once_sent, "", check_again, Reason::no_answer},
};

/// The message in lower case. For a page, its whole start: not every page has a meaningful title.
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
    if (row.operations.has(operation) && row.troubles.has(answer.transport_error) &&
        says(detail, row.detail) && (row.verdict != retry || is_safe)) {
      return {row.verdict, row.reason};
    }
  }
  return is_safe ? Classified{retry, Reason::no_answer}
                 : Classified{check_again, Reason::no_answer};
}

}  // namespace

Classified classify(Operation operation, const Answer& answer) {
  if (answer.delivery != Delivery::answered) return classify_silence(operation, answer);
  const Speaker speaker = speaker_of(answer);
  const std::string said = answer.status < 400 ? "" : said_in(answer);
  for (const Row& row : answers) {
    if (row.operations.has(operation) && row.statuses.has(answer.status) &&
        row.speakers.has(speaker) && says(said, row.words)) {
      return {row.verdict, row.reason};
    }
  }
  return {stop, Reason::rejected};
}

}  // namespace gitea
