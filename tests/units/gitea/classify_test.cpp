// SPDX-License-Identifier: MIT
// What an answer means, row by row, in the words that servers were heard or read to say them in.
#include "gitea/classify.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/json.hpp"

using core::Reason;
using gitea::Answer;
using gitea::Classified;
using gitea::Delivery;
using gitea::Operation;
using gitea::Trouble;
using gitea::Verdict;
using enum gitea::Operation;
using enum gitea::Verdict;

namespace {

using Operations = std::vector<Operation>;

const Operations finds = {find_release,        find_slashed_release, find_tag,      find_commit,
                          find_slashed_commit, find_repository,      list_releases, list_tags,
                          list_commits,        list_packages,        find_user};
const Operations other_reads = {list_tag_protections, read_version, read_settings, probe_access};
const Operations writes = {create_tag,   create_release, edit_release, publish_release,
                           upload_asset, delete_asset,   link_package};

Operations operator+(Operations one, const Operations& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

const Operations repeatable = finds + other_reads + Operations{delete_asset, read_asset};
const Operations once = {create_tag,      create_release, edit_release,
                         publish_release, upload_asset,   link_package};
const Operations all = finds + other_reads + Operations{read_asset} + writes;

Answer answer(int status, const std::string& type, const std::string& body) {
  Answer result;
  result.delivery = Delivery::answered;
  result.status = status;
  result.content_type = type;
  result.body = body;
  return result;
}

/// As the API says it.
Answer api(int status, const std::string& message) {
  core::JsonObject json;
  json.add("message", message).add("url", "https://git.example.org/sub/api/swagger");
  return answer(status, "application/json;charset=utf-8", json.text() + "\n");
}

/// Without the address of the API's documentation, as some refusals are.
Answer json(int status, const std::string& message) {
  return answer(status, "application/json", core::JsonObject().add("message", message).text());
}

Answer page(int status, const std::string& title) {
  return answer(status, "text/html; charset=utf-8",
                "<!DOCTYPE html><html><head><title>" + title + "</title></head></html>");
}

Answer text(int status, const std::string& words) { return answer(status, "text/plain", words); }

Answer nothing(int status) { return answer(status, "", ""); }

Answer silence(Trouble trouble, Delivery delivery, const std::string& detail = {}) {
  Answer result;
  result.delivery = delivery;
  result.trouble = trouble;
  result.detail = detail;
  return result;
}

void check(const Operations& operations, const std::vector<Answer>& answers, Verdict verdict,
           Reason reason) {
  for (const Operation operation : operations) {
    for (const Answer& one : answers) {
      const Classified found = classify(operation, one);
      INFO("operation " << static_cast<int>(operation) << ": " << one.status << " "
                        << one.content_type << " " << one.body << " " << one.detail);
      CHECK(static_cast<int>(found.verdict) == static_cast<int>(verdict));
      CHECK(static_cast<int>(found.reason) == static_cast<int>(reason));
    }
  }
}

std::vector<Answer> not_json(int status) {
  return {page(status, "Oops"), text(status, "404 page not found\n"), nothing(status)};
}

}  // namespace

TEST_CASE("what was asked for is a success, with the status of the operation only") {
  const Answer some = answer(200, "application/json;charset=utf-8", "{}");
  Answer made = some;
  made.status = 201;
  check(finds, {some}, success, Reason::none);
  check({read_version, read_settings, list_tag_protections, edit_release, publish_release}, {some},
        success, Reason::none);
  check({read_asset}, {some, text(200, "abc"), page(200, "An asset"), nothing(206)}, success,
        Reason::none);
  check({create_tag, create_release, upload_asset}, {made}, success, Reason::none);
  check({link_package}, {nothing(201)}, success, Reason::none);
  check({delete_asset}, {nothing(204)}, success, Reason::none);
  check({probe_access}, {api(422, "[TagName]: Required")}, success, Reason::none);
  check({call_webhook}, {nothing(200), text(204, "")}, success, Reason::none);
}

TEST_CASE("another success is not the API's: a question has no answer, a write is uncertain") {
  check(finds, {page(200, "Sign in"), text(200, "ok"), nothing(204)}, stop, Reason::not_the_api);
  check(writes, {page(200, "Sign in"), nothing(202)}, look_again, Reason::not_the_api);
  check({create_release, upload_asset}, {page(201, "Made")}, look_again, Reason::not_the_api);
}

TEST_CASE("absent is what the API itself does not find, in the words of any version") {
  const auto swagger = [](const std::string& before) {
    return answer(404, "application/json;charset=utf-8",
                  "{" + before + R"("url":"http://127.0.0.1:3100/api/swagger"})");
  };
  const std::vector<Answer> of_servers = {
      swagger(R"("errors":null,"message":"not found",)"),                      // Gitea 1.25
      swagger(R"("message":"not found",)"),                                    // Gitea 1.27
      swagger(R"("errors":null,"message":"The target couldn't be found.",)"),  // Gitea 1.22
      swagger(R"("errors":[],"message":"The target couldn't be found.",)"),    // Forgejo 11
      swagger(R"("errors":["user redirect does not exist [name: x]"],"message":"GetUserByName",)"),
      swagger(R"("errors":null,"message":"tag doesn't exist: v1",)"),
      swagger(R"("errors":null,"message":"v1",)"),  // Gitea 1.22, Forgejo 7
      swagger(R"("errors":null,"message":"",)"),
  };
  check(finds + Operations{delete_asset}, of_servers, absent, Reason::not_found);
}

TEST_CASE("a 404 of anybody else is never absence") {
  std::vector<Answer> answers = not_json(404);
  answers.push_back(text(404, "Not found.\n"));
  answers.push_back(text(404, R"({"message":"not found","url":"https://h/api/swagger"})"));
  answers.push_back(json(404, "no Route matched with those values"));
  answers.push_back(answer(404, "application/json", ""));
  answers.push_back(answer(404, "application/json", "null"));
  answers.push_back(answer(404, "application/json", "[]"));
  answers.push_back(answer(404, "application/json", R"({"message":"not found"})"));
  answers.push_back(answer(404, "application/json", R"({"url":"https://h/api/swagger"})"));
  answers.push_back(
      answer(404, "application/json", R"({"message":"Not Found","url":"/api/v1/x"})"));
  answers.push_back(answer(404, "application/json", R"({"message":"Not Found","url":5})"));
  answers.push_back(answer(404, "application/json", R"({"message":"not fou)"));
  answers.push_back(answer(404, "application/json", "<html><title>404</title></html>"));
  answers.push_back(answer(404, "text/html", R"({"message":"not found","url":"/api/swagger"})"));
  for (const Answer& one : answers) {
    check({find_release, find_tag, find_commit, find_repository, list_releases, list_tags,
           list_commits, list_packages, delete_asset, probe_access, read_version},
          {one}, retry, Reason::not_the_api);
    check({create_tag, create_release, edit_release, publish_release, upload_asset}, {one},
          look_again, Reason::not_the_api);
    // These have another way to ask.
    check({find_slashed_release, find_slashed_commit}, {one}, stop, Reason::not_the_api);
  }
}

TEST_CASE("a 404 to a write: the release may be gone, the repository may be closed") {
  for (const char* words : {"not found", "The target couldn't be found.", "GetUserByName"}) {
    check({edit_release, publish_release, upload_asset}, {api(404, words)}, look_again,
          Reason::not_found);
    check({create_release, create_tag, probe_access, link_package}, {api(404, words)}, stop,
          Reason::not_found);
  }
  check({link_package}, {text(404, "404 page not found\n")}, stop, Reason::no_such_endpoint);
  check({link_package}, {page(404, "Oops"), nothing(404)}, look_again, Reason::not_the_api);
}

TEST_CASE("an unknown target is told from the usual 404 of older servers") {
  for (const char* words :
       {"target \"nope\" not found: object does not exist [id: nope, rel_path: ]",
        "target not found: object does not exist [id: nope, rel_path: ]", "Target not found"}) {
    check({create_release, create_tag, edit_release}, {api(404, words)}, stop,
          Reason::unknown_target);
  }
  check({create_release, edit_release, publish_release},
        {api(500, "object does not exist [id: nope, rel_path: ]")}, stop, Reason::unknown_target);
  check({create_release},
        {api(500, "createTag::GetCommit[nope]: object does not exist [id: nope, rel_path: ]")},
        stop, Reason::unknown_target);
  // Without an id it is about a draft that was deleted, and the next look sends a target.
  check({create_release}, {api(500, "object does not exist [id: , rel_path: ]")}, look_again,
        Reason::server_error);
}

TEST_CASE("attachments that are switched off, in 404 and 403") {
  for (const char* words : {"Attachment is not enabled", "attachment is not enabled"}) {
    check({upload_asset}, {api(404, words), api(403, words)}, stop, Reason::attachments_off);
  }
}

TEST_CASE("protected tags that cannot be seen are absent, whatever the reason") {
  check({list_tag_protections},
        {api(403, "user should be an owner or a collaborator with admin write of a repository"),
         text(404, "404 page not found\n"), api(404, "not found")},
        absent, Reason::none);
  check({list_tag_protections}, {page(404, "Oops"), nothing(404)}, retry, Reason::not_the_api);
}

TEST_CASE("an asset is read by a web address, whose 404 is a text") {
  check({read_asset}, {text(404, "Not Found\n"), api(404, "not found")}, absent, Reason::not_found);
  check({read_asset}, {text(404, "404 page not found\n"), page(404, "Oops"), nothing(404)}, retry,
        Reason::not_the_api);
  check({read_asset}, {text(403, "Forbidden\n")}, stop, Reason::forbidden);
  check({read_asset}, {text(401, "Failed to authenticate user\n"), text(401, "Verify\n")}, stop,
        Reason::token_not_accepted);
}

TEST_CASE("redirects that are not followed end it") {
  for (const int status : {300, 301, 302, 303, 307, 308}) {
    check(all, {page(status, "Moved"), nothing(status)}, stop, Reason::redirected);
  }
}

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
  check({upload_asset}, {api(400, "One of 'attachment' or 'external_url' is required")}, look_again,
        Reason::broken_form);
  check({upload_asset},
        {api(400,
             "This file cannot be uploaded or modified due to a forbidden file extension or "
             "type."),
         api(400, "This file extension or type is not allowed to be uploaded."),
         api(400, "THIS FILE IS NOT ALLOWED TO BE UPLOADED")},
        stop, Reason::file_type);
  check({link_package}, {api(400, "invalid argument")}, look_again, Reason::already_linked);
  check({create_release, find_tag}, {api(400, "some reason")}, stop, Reason::rejected);
}

TEST_CASE("401: the token, but for an upload perhaps only the transfer") {
  for (const char* words : {"invalid username, password or token", "token is required",
                            "user does not exist [uid: 0, name: ]", ""}) {
    check(finds + other_reads + Operations{create_tag, create_release, edit_release, delete_asset},
          {api(401, words)}, stop, Reason::token_not_accepted);
    check({upload_asset}, {api(401, words)}, look_again, Reason::broken_form);
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

TEST_CASE("403 about rights: of Releases, of Code, of packages") {
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

TEST_CASE("403 of a firewall or a proxy is not about rights") {
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
  check(once, {page(408, "Request Time-out")}, look_again, Reason::request_timeout);
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
        look_again, Reason::already_exists);
  check({create_tag}, {api(409, "tag already exists [name: v1]")}, look_again,
        Reason::already_exists);
  check({edit_release, upload_asset, delete_asset, link_package}, {api(409, "busy")}, look_again,
        Reason::conflict);
  check({list_commits}, {api(409, "Git Repository is empty.")}, stop, Reason::repository_empty);
  check({find_tag}, {api(409, "something")}, stop, Reason::conflict);
}

TEST_CASE("413: only JSON is the server's own") {
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

TEST_CASE("500 without a reason: questions are repeated, of writes the next look tells") {
  check(repeatable, {api(500, ""), page(500, "Internal Server Error"), text(500, "oops")}, retry,
        Reason::server_error);
  check(once, {api(500, ""), page(500, "Internal Server Error"), nothing(500)}, look_again,
        Reason::server_error);
  check(once, {nothing(501), nothing(505), nothing(529), nothing(555)}, look_again,
        Reason::server_error);
}

TEST_CASE("500 with the reason that only administrators see") {
  check({upload_asset, create_release, edit_release, publish_release},
        {api(500, "write /data/attachments/a/b: No space left on device"),
         api(500, "write C:\\\\data: There is not enough space on the disk."),
         api(500, "write /data: disk quota exceeded"),
         api(500, "Storage backend has reached its minimum free drive threshold.")},
        stop, Reason::disk_full);
  check(once, {api(500, "database is locked (5) (SQLITE_BUSY)")}, look_again,
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
        look_again, Reason::already_exists);
  check({edit_release, publish_release, upload_asset},
        {api(500, "Error 1406: Data too long for column 'note' at row 1"),
         api(500, "pq: value too long for type character varying(255)")},
        stop, Reason::value_too_long);
}

TEST_CASE("a form that arrives broken") {
  check({upload_asset},
        {text(500, "failed to parse request multipart form\n"), api(500, "http: no such file")},
        look_again, Reason::broken_form);
  check({upload_asset}, {api(500, "request Content-Type isn't multipart/form-data")}, stop,
        Reason::no_raw_uploads);
  check({upload_asset}, {api(500, "open /data/attachments/a: no such file or directory")},
        look_again, Reason::server_error);
}

TEST_CASE("the other 5xx: of a proxy, of Cloudflare, of a full disk") {
  for (const int status : {502, 503, 504, 598, 599}) {
    check(repeatable, {page(status, "Bad Gateway"), nothing(status), api(status, "")}, retry,
          Reason::gateway);
    check(once, {page(status, "Bad Gateway"), nothing(status)}, look_again, Reason::gateway);
  }
  for (const int status : {520, 521, 522, 523, 524, 525, 526, 527, 530}) {
    check(repeatable, {page(status, "Web server is down"), text(status, "error code: 521")}, retry,
          Reason::cloudflare);
    check(once, {page(status, "Web server is down")}, look_again, Reason::cloudflare);
  }
  check(all, {nothing(507), page(507, "Insufficient Storage")}, stop, Reason::disk_full);
}

TEST_CASE("what nobody has heard of ends it") {
  for (const int status : {402, 406, 410, 411, 414, 415, 418, 426, 431, 451, 460, 600}) {
    check(all, {api(status, "why"), json(status, "why")}, stop, Reason::rejected);
    check(all, {page(status, "Why"), nothing(status)}, stop, Reason::blocked);
  }
}

TEST_CASE("a webhook is never called twice, but where it was told to come later") {
  for (const int status : {301, 400, 401, 403, 404, 408, 421, 425, 500, 502, 503, 504, 521}) {
    check({call_webhook}, {nothing(status), page(status, "x"), api(status, "x")}, stop,
          Reason::rejected);
  }
  for (const Trouble trouble : {Trouble::broke_off, Trouble::no_answer, Trouble::other}) {
    check({call_webhook}, {silence(trouble, Delivery::unknown)}, look_again, Reason::no_answer);
  }
}

TEST_CASE("what never reached the server is sent again, whatever it is") {
  const Operations any = all + Operations{call_webhook};
  for (const Trouble trouble :
       {Trouble::unresolved, Trouble::refused, Trouble::timed_out, Trouble::proxy}) {
    check(any, {silence(trouble, Delivery::unsent)}, retry, Reason::unreachable);
  }
  check(any, {silence(Trouble::tls, Delivery::unsent, "unexpected eof while reading")}, retry,
        Reason::tls_failed);
}

TEST_CASE("what was sent and not answered: questions are repeated, of writes the next look tells") {
  for (const Trouble trouble :
       {Trouble::none, Trouble::broke_off, Trouble::no_answer, Trouble::other}) {
    check(repeatable, {silence(trouble, Delivery::unknown)}, retry, Reason::no_answer);
    check(once, {silence(trouble, Delivery::unknown)}, look_again, Reason::no_answer);
  }
  check(repeatable, {silence(Trouble::stalled, Delivery::unknown)}, retry, Reason::stalled);
  check(once, {silence(Trouble::stalled, Delivery::unknown)}, look_again, Reason::stalled);
  // Even where the trouble looks like one of connecting.
  check(once,
        {silence(Trouble::refused, Delivery::unknown), silence(Trouble::tls, Delivery::unknown)},
        look_again, Reason::no_answer);
}

TEST_CASE(
    "certificates, passwords, a port without TLS and a time that is up do not get better by trying "
    "again") {
  for (const Trouble trouble : {Trouble::tls_bundle, Trouble::tls_untrusted,
                                Trouble::tls_out_of_date, Trouble::tls_other_name}) {
    check(all, {silence(trouble, Delivery::unsent, "words")}, stop, Reason::untrusted);
  }
  for (const Delivery delivery : {Delivery::unsent, Delivery::unknown}) {
    check(all, {silence(Trouble::out_of_time, delivery)}, stop, Reason::out_of_time);
  }
  check(all, {silence(Trouble::proxy_credentials, Delivery::unsent, "407")}, stop,
        Reason::proxy_login);
  check(all,
        {silence(Trouble::tls, Delivery::unsent, "wrong version number"),
         silence(Trouble::tls, Delivery::unsent, "packet length too long")},
        stop, Reason::plain_http);
}

TEST_CASE(
    "of all answers there are: nobody but the API says absent, no write is repeated blindly") {
  for (int status = 100; status < 700; ++status) {
    for (const Answer& one : {api(status, ""), json(status, ""), page(status, "x"),
                              text(status, "x"), nothing(status)}) {
      const bool is_api = one.body.find("swagger") != std::string::npos;
      for (const Operation operation : all) {
        const Verdict verdict = classify(operation, one).verdict;
        INFO(status << " " << one.body << " " << static_cast<int>(operation));
        if (operation != list_tag_protections && !is_api) CHECK(verdict != absent);
        if (verdict == absent) CHECK((status == 404 || operation == list_tag_protections));
      }
      for (const Operation operation : once) {
        const bool was_not_done = status == 421 || status == 425 || status == 429;
        if (!was_not_done) CHECK(classify(operation, one).verdict != retry);
      }
    }
  }
}

TEST_CASE("every failure that is not a success or an absence has a reason") {
  for (int status = 100; status < 700; ++status) {
    for (const Answer& one : {api(status, ""), page(status, "x"), nothing(status)}) {
      for (const Operation operation : all + Operations{call_webhook}) {
        const Classified found = classify(operation, one);
        if (found.verdict == success || found.verdict == absent) continue;
        INFO(status << " " << one.body << " " << static_cast<int>(operation));
        CHECK(found.reason != Reason::none);
      }
    }
  }
}
