// SPDX-License-Identifier: MIT
// Why a request to the server did not end as it should. An Error carries it, and whoever catches
// one decides by it, never by words or status numbers. src/gitea/classify.cpp finds it.
#pragma once

namespace core {

enum class Reason {
  none,  ///< no request failed: the error is about something else

  // No answer.
  unreachable,  ///< the request never reached the server
  proxy_login,  ///< the proxy wants a user name and a password, or others than these
  tls_failed,   ///< no TLS connection came about
  plain_http,   ///< https was asked of a port that does not speak TLS
  untrusted,    ///< the certificate cannot be verified
  no_answer,    ///< it was sent, wholly or in part, and may have been carried out
  stalled,      ///< the same; no byte of a body moved for too long
  out_of_time,  ///< the time for the whole run was up; it may have been carried out

  // The answer of somebody in between.
  not_the_api,      ///< a page or a text where the API answers with JSON: a login page, a router
  blocked,          ///< a page or a text refused it: a firewall, a proxy
  login_in_front,   ///< a page wants another login than the API's token
  redirected,       ///< to another place, or in a circle
  https_expected,   ///< http was sent to a port that speaks TLS
  gateway,          ///< a proxy got no good answer from the server: it may have been carried out
  cloudflare,       ///< the same, said by Cloudflare
  request_timeout,  ///< the request took too long to arrive
  misdirected,      ///< this connection does not lead to that server, or not yet
  expectation,      ///< "Expect: 100-continue" is refused, and its absence as well
  method_refused,   ///< requests of this method are not let through
  too_large_for_proxy,
  too_many_requests,

  // The server's own answer (is_of_server): about the token and its user.
  token_not_accepted,
  sign_in_required,  ///< no token was sent, and the server answers nobody without one
  scope,             ///< the token lacks one
  public_only,       ///< the token is for public repositories only
  two_factor,        ///< its user has to set up two-factor authentication
  sign_in_prohibited,
  password_change,  ///< its user has to change the password first
  may_not_write,    ///< Releases
  may_not_write_package,
  releases_closed,  ///< the unit is switched off, or this token may not read it
  code_closed,      ///< the same, of the repository's code, tags and commits
  forbidden,        ///< 403 in words that are not known here

  // … about the repository, the release or the file.
  not_found,
  no_such_endpoint,  ///< the server is too old to know this request
  unknown_target,    ///< neither a branch, a tag nor a commit
  repository_empty,
  archived,
  tag_protected,
  tag_name_invalid,
  immutable,       ///< the release is closed to changes
  already_exists,  ///< what was to be created
  already_linked,  ///< the package, to a repository that the answer does not name
  conflict,
  attachments_off,
  file_type,  ///< is none that the server takes
  too_large,  ///< above the server's limit
  quota,      ///< is used up
  value_too_long,
  no_raw_uploads,
  rejected,  ///< refused in words that are not known here

  // … about itself.
  broken_form,  ///< an upload reached it incomplete
  disk_full,    ///< the server's
  database_busy,
  server_error,  ///< 5xx, mostly without a reason: it may have been carried out
  unreadable,    ///< its answer is no JSON, or lacks something; it was carried out, perhaps
};

/// Whether it is the server's own answer that says so.
constexpr bool is_of_server(Reason reason) { return reason >= Reason::token_not_accepted; }

/// Whether a write that failed for this reason may have been carried out nevertheless.
constexpr bool may_have_happened(Reason reason) {
  switch (reason) {
    case Reason::no_answer:
    case Reason::stalled:
    case Reason::out_of_time:
    case Reason::not_the_api:
    case Reason::gateway:
    case Reason::cloudflare:
    case Reason::request_timeout:
    case Reason::database_busy:
    case Reason::server_error:
    case Reason::unreadable:
      return true;
    default:
      return false;
  }
}

}  // namespace core
