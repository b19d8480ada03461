// SPDX-License-Identifier: MIT
// Why a request to the server failed. src/gitea/classify.cpp determines the reason and an Error
// carries it; code that catches an Error decides by the reason, never by messages or status
// numbers.
#pragma once

namespace core {

enum class Reason {
  none,  ///< not a failed request: the error is about something else

  // No response.
  unreachable,  ///< the request never reached the server
  proxy_login,  ///< the proxy requires a user name and a password, or rejects those that were sent
  tls_failed,   ///< the TLS connection could not be established
  plain_http,   ///< an https request went to a port that does not speak TLS
  untrusted,    ///< the certificate cannot be verified
  no_answer,    ///< the request was sent at least in part, and may have been carried out
  stalled,      ///< the same; no byte of a body was transferred for too long
  /// The time limit of the whole run was reached; the request may have been carried out
  out_of_time,

  // The response of something between the runner and the server.
  not_the_api,     ///< a page or text instead of the API's JSON: a login page, a router
  blocked,         ///< rejected with a page or text: by a firewall or a proxy
  login_in_front,  ///< a page requires a login other than the API's token
  redirected,      ///< to another address, or too often
  https_expected,  ///< an http request was sent to a port that speaks TLS
  /// A proxy got no valid response from the server: the request may have been carried out
  gateway,
  cloudflare,       ///< the same, reported by Cloudflare
  request_timeout,  ///< the request took too long to arrive
  misdirected,      ///< the connection leads to a different server, or is not ready yet
  expectation,  ///< the request is rejected because of "Expect: 100-continue", and also without it
  method_refused,  ///< the method of the request is not allowed
  too_large_for_proxy,
  too_many_requests,

  // The response of the server itself, about the token and its user:
  token_not_accepted,
  sign_in_required,  ///< no token was sent, and the server requires one
  scope,             ///< the token lacks a scope
  public_only,       ///< the token is for public repositories only
  two_factor,        ///< its user has to set up two-factor authentication
  sign_in_prohibited,
  password_change,  ///< its user has to change the password first
  may_not_write,    ///< the token may not write Releases
  may_not_write_package,
  releases_closed,  ///< the Releases unit is disabled, or this token may not read it
  code_closed,      ///< the same for the repository's code, tags and commits
  forbidden,        ///< 403 with an unknown message

  // … about the repository, the release or the file:
  not_found,
  no_such_endpoint,  ///< the server is too old for this request
  unknown_target,    ///< neither a branch, a tag nor a commit
  repository_empty,
  archived,
  tag_protected,
  tag_name_invalid,
  immutable,       ///< the release cannot be changed
  already_exists,  ///< what the request would create already exists
  /// The package is already linked to a repository, which the response does not name
  already_linked,
  conflict,
  attachments_off,
  file_type,  ///< the server does not accept files of this type
  too_large,  ///< the file exceeds the server's limit
  quota,      ///< the quota is used up
  value_too_long,
  no_raw_uploads,
  rejected,  ///< rejected with an unknown message

  // … about a failure of the server:
  broken_form,  ///< the upload arrived incomplete
  disk_full,    ///< the server's disk is full
  database_busy,
  server_error,  ///< 5xx, mostly without a reason: the request may have been carried out
  /// The response is not JSON or lacks a member: the request may have been carried out
  unreadable,
};

/// Whether a write that failed for this reason may still have been carried out.
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
