// SPDX-License-Identifier: MIT
// What a response with an error status means, in the words that servers use.
#include <catch2/catch_test_macros.hpp>

#include "core/text/json.hpp"
#include "gitea/classify.hpp"
#include "units/gitea/responses.hpp"

using namespace responses;
using enum gitea::Verdict;

TEST_CASE("400") {
  check(all,
        {text(400, "Client sent an HTTP request to an HTTPS server.\n"),
         answer(400, "", "Client sent an HTTP request to an HTTPS server.\n"),
         page(400, "400 The plain HTTP request was sent to HTTPS port"),
         answer(400, "text/html",
                "<html><title>400 Bad Request</title>Reason: You're speaking plain HTTP to an "
                "SSL-enabled server port.</html>")},
        stop, Reason::https_expected);
  check(all, {page(400, "400 Bad Request"), nothing(400)}, stop, Reason::blocked);
  check({upload_asset}, {api(400, "One of 'attachment' or 'external_url' is required")},
        check_again, Reason::broken_form);
  check({upload_asset},
        {api(400,
             "This file cannot be uploaded or modified due to a forbidden file extension or "
             "type."),
         api(400, "This file extension or type is not allowed to be uploaded."),
         api(400, "THIS FILE IS NOT ALLOWED TO BE UPLOADED")},
        stop, Reason::file_type);
  check({link_package}, {api(400, "invalid argument")}, check_again, Reason::already_linked);
  check({create_release, find_tag}, {api(400, "some reason")}, stop, Reason::rejected);
}

TEST_CASE("401: the token, or for an upload perhaps only the transfer") {
  for (const char* words : {"invalid username, password or token", "token is required",
                            "user does not exist [uid: 0, name: ]", ""}) {
    check(finds + other_reads + Operations{create_tag, create_release, edit_release, delete_asset},
          {api(401, words)}, stop, Reason::token_not_accepted);
    check({upload_asset}, {api(401, words)}, check_again, Reason::broken_form);
  }
  check(all, {page(401, "401 Authorization Required")}, stop, Reason::login_in_front);
}

TEST_CASE("403 about the token and its user") {
  const Operations asked = {find_release, find_tag,        create_release,
                            edit_release, publish_release, upload_asset};
  check(asked + Operations{link_package},
        {api(403,
             "token does not have at least one of required scope(s), "
             "required=[write:repository], token scope=read:repository"),
         api(403, "token does not have at least one of required scope(s): [write:repository]"),
         api(403, "Token does not have at least one of required Scope(s)")},
        stop, Reason::scope);
  check(asked, {api(403, "token scope is limited to public repos")}, stop, Reason::public_only);
  check(asked,
        {json(403,
              "This account is prohibited from signing in, please contact your site "
              "administrator.")},
        stop, Reason::sign_in_prohibited);
  check(asked, {json(403, "You must change your password. Change it at: http://h//user/x")}, stop,
        Reason::password_change);
  check(asked,
        {json(403, "Two-factor authentication is required"), api(403, "must enable 2FA first")},
        stop, Reason::two_factor);
  check(asked, {json(403, "Only signed in user is allowed to call APIs.")}, stop,
        Reason::sign_in_required);
}

TEST_CASE("403 about permissions: of Releases, of Code, of packages") {
  const char* closed =
      "user should have specific read permission or be a repo admin or a site admin";
  check({find_release, create_release, upload_asset, edit_release, list_releases},
        {api(403, closed)}, stop, Reason::releases_closed);
  check({find_tag, list_tags, find_commit, list_commits, create_tag}, {api(403, closed)}, stop,
        Reason::code_closed);
  check({create_release, edit_release, upload_asset, delete_asset, probe_access, create_tag},
        {api(403, "user should have a permission to write to a repo"),
         api(403, "User should have a PERMISSION TO WRITE to a repo")},
        stop, Reason::may_not_write);
  check({link_package, list_packages},
        {api(403, "user should have specific permission or be a site admin")}, stop,
        Reason::may_not_write_package);
  check({create_release, upload_asset}, {api(403, "no"), json(403, "no")}, stop, Reason::forbidden);
}

TEST_CASE("403 from a firewall or a proxy is not about permissions") {
  check(all,
        {page(403, "Access denied | example.org used Cloudflare to restrict access"),
         text(403, "error code: 1020"), nothing(403)},
        stop, Reason::blocked);
}

TEST_CASE("405, 408, 417, 421, 425, 429") {
  check({create_tag}, {api(405, "user not allowed to create protected tag")}, stop,
        Reason::tag_protected);
  check(all, {nothing(405), page(405, "Not Allowed")}, stop, Reason::method_refused);
  check(repeatable, {page(408, "Request Time-out"), nothing(408)}, retry, Reason::request_timeout);
  check(once, {page(408, "Request Time-out")}, check_again, Reason::request_timeout);
  check(all, {nothing(417), page(417, "Expectation Failed")}, stop, Reason::expectation);
  check(all, {nothing(421), page(421, "Misdirected"), nothing(425)}, retry, Reason::misdirected);
  check(all, {nothing(429), json(429, "slow down"), page(429, "Slow")}, retry,
        Reason::too_many_requests);
  check({call_webhook}, {nothing(429)}, retry, Reason::too_many_requests);
}

TEST_CASE("409") {
  check({create_release},
        {api(409, "Release is has no Tag"), api(409, "release tag already exist [tag_name: v1]"),
         api(409, "Release has no Tag")},
        check_again, Reason::already_exists);
  check({create_tag}, {api(409, "tag already exists [name: v1]")}, check_again,
        Reason::already_exists);
  check({edit_release, upload_asset, delete_asset, link_package}, {api(409, "busy")}, check_again,
        Reason::conflict);
  check({list_commits}, {api(409, "Git Repository is empty.")}, stop, Reason::repository_empty);
  check({find_tag}, {api(409, "something")}, stop, Reason::conflict);
}

TEST_CASE("413: only JSON comes from the server itself") {
  check({upload_asset}, {api(413, "attachment exceeds limit 1048576"), json(413, "")}, stop,
        Reason::too_large);
  check({upload_asset, edit_release},
        {answer(413, "application/json",
                R"({"message":"quota exceeded","user_id":1,"username":"me"})")},
        stop, Reason::quota);
  check({upload_asset, create_release, edit_release, publish_release},
        {page(413, "413 Request Entity Too Large"), text(413, "Payload Too Large"), nothing(413)},
        stop, Reason::too_large_for_proxy);
}

TEST_CASE("422 and 423") {
  check({create_release, create_tag}, {api(422, "repo is empty")}, stop, Reason::repository_empty);
  check({create_release, create_tag},
        {api(422, "release tag name is protected [tag_name: v1]"),
         api(422, "user not allowed to create Protected tag")},
        stop, Reason::tag_protected);
  check({create_tag},
        {api(423, "owner/app is archived"), api(423, "repo is archived"),
         api(423, "<Repository 5:me/app> is archived")},
        stop, Reason::archived);
  check({upload_asset},
        {api(422,
             "This file cannot be uploaded or modified due to a forbidden file extension or "
             "type.")},
        stop, Reason::file_type);
  check({edit_release, publish_release, upload_asset}, {api(422, "the release is immutable")}, stop,
        Reason::immutable);
  check({create_release}, {api(422, "[]: Unsupported Content-Type")}, stop, Reason::rejected);
  check(all, {page(422, "Blocked"), text(423, "no")}, stop, Reason::blocked);
}

TEST_CASE("500 without a reason: reads are retried, after a write the next snapshot decides") {
  check(repeatable, {api(500, ""), page(500, "Internal Server Error"), text(500, "oops")}, retry,
        Reason::server_error);
  check(once, {api(500, ""), page(500, "Internal Server Error"), nothing(500)}, check_again,
        Reason::server_error);
  check(once, {nothing(501), nothing(505), nothing(529), nothing(555)}, check_again,
        Reason::server_error);
}

TEST_CASE("500 with the reason that only administrators see") {
  check({upload_asset, create_release, edit_release, publish_release},
        {api(500, "write /data/attachments/a/b: No space left on device"),
         api(500, "write C:\\\\data: There is not enough space on the disk."),
         api(500, "write /data: disk quota exceeded"),
         api(500, "Storage backend has reached its minimum free drive threshold.")},
        stop, Reason::disk_full);
  check(once, {api(500, "database is locked (5) (SQLITE_BUSY)")}, check_again,
        Reason::database_busy);
  check(repeatable, {api(500, "database is locked")}, retry, Reason::database_busy);
  check({create_release, edit_release, publish_release},
        {api(500, "<Repository 3:me/app> is archived")}, stop, Reason::archived);
  check({create_release, edit_release, publish_release},
        {api(500, "release tag name is protected [tag_name: v1]")}, stop, Reason::tag_protected);
  check({create_release, edit_release, publish_release},
        {api(500, "release tag name is not valid [tag_name: a b]")}, stop,
        Reason::tag_name_invalid);
  check({create_release},
        {api(500, "exit status 128 - fatal: tag 'v1' already exists"),
         api(500, "UNIQUE constraint failed: release.repo_id, release.tag_name")},
        check_again, Reason::already_exists);
  check({edit_release, publish_release, upload_asset},
        {api(500, "Error 1406: Data too long for column 'note' at row 1"),
         api(500, "pq: value too long for type character varying(255)")},
        stop, Reason::value_too_long);
}

TEST_CASE("400 for a form that arrived incomplete") {
  check({upload_asset},
        {text(500, "failed to parse request multipart form\n"), api(500, "http: no such file")},
        check_again, Reason::broken_form);
  check({upload_asset}, {api(500, "request Content-Type isn't multipart/form-data")}, stop,
        Reason::no_raw_uploads);
  check({upload_asset}, {api(500, "open /data/attachments/a: no such file or directory")},
        check_again, Reason::server_error);
}

TEST_CASE("other 5xx: from a proxy, from Cloudflare, or because of a full disk") {
  for (const int status : {502, 503, 504, 598, 599}) {
    check(repeatable, {page(status, "Bad Gateway"), nothing(status), api(status, "")}, retry,
          Reason::gateway);
    check(once, {page(status, "Bad Gateway"), nothing(status)}, check_again, Reason::gateway);
  }
  for (const int status : {520, 521, 522, 523, 524, 525, 526, 527, 530}) {
    check(repeatable, {page(status, "Web server is down"), text(status, "error code: 521")}, retry,
          Reason::cloudflare);
    check(once, {page(status, "Web server is down")}, check_again, Reason::cloudflare);
  }
  check(all, {nothing(507), page(507, "Insufficient Storage")}, stop, Reason::disk_full);
}

TEST_CASE("an unknown status ends the run") {
  for (const int status : {402, 406, 410, 411, 414, 415, 418, 426, 431, 451, 460, 600}) {
    check(all, {api(status, "why"), json(status, "why")}, stop, Reason::rejected);
    check(all, {page(status, "Why"), nothing(status)}, stop, Reason::blocked);
  }
}
