// SPDX-License-Identifier: MIT
// What a response means: success, absence, redirects, and no response at all.
#include "gitea/classify.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/text/json.hpp"
#include "units/gitea/responses.hpp"

using namespace responses;
using enum gitea::Verdict;

TEST_CASE("the expected status is a success, and only for its operation") {
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
  check(deletes, {nothing(204)}, success, Reason::none);
  check({probe_access}, {api(422, "[TagName]: Required")}, success, Reason::none);
  check({call_webhook}, {nothing(200), text(204, "")}, success, Reason::none);
}

TEST_CASE("another 2xx is not from the API: a read has no result, a write is uncertain") {
  check(finds, {page(200, "Sign in"), text(200, "ok"), nothing(204)}, stop, Reason::not_the_api);
  check(writes, {page(200, "Sign in"), nothing(202)}, check_again, Reason::not_the_api);
  check({create_release, upload_asset}, {page(201, "Made")}, check_again, Reason::not_the_api);
}

TEST_CASE("'absent' needs a 404 from the API itself, in the words of any version") {
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
  check(finds + deletes, of_servers, absent, Reason::not_found);
}

TEST_CASE("a 404 from anything else never means absent") {
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
          check_again, Reason::not_the_api);
    // These have another way to ask.
    check({find_slashed_release, find_slashed_commit}, {one}, stop, Reason::not_the_api);
  }
}

TEST_CASE("404 for a write: the release may be gone, or the repository inaccessible") {
  for (const char* words : {"not found", "The target couldn't be found.", "GetUserByName"}) {
    check({edit_release, publish_release, upload_asset}, {api(404, words)}, check_again,
          Reason::not_found);
    check({create_release, create_tag, probe_access, link_package}, {api(404, words)}, stop,
          Reason::not_found);
  }
  check({link_package}, {text(404, "404 page not found\n")}, stop, Reason::no_such_endpoint);
  check({link_package}, {page(404, "Oops"), nothing(404)}, check_again, Reason::not_the_api);
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
  // Without an id it concerns a draft that was deleted, and the next attempt sends a target.
  check({create_release}, {api(500, "object does not exist [id: , rel_path: ]")}, check_again,
        Reason::server_error);
}

TEST_CASE("disabled attachments, with 404 and 403") {
  for (const char* words : {"Attachment is not enabled", "attachment is not enabled"}) {
    check({upload_asset}, {api(404, words), api(403, words)}, stop, Reason::attachments_off);
  }
}

TEST_CASE("invisible rules for protected tags count as absent, whatever the reason") {
  check({list_tag_protections},
        {api(403, "user should be an owner or a collaborator with admin write of a repository"),
         text(404, "404 page not found\n"), api(404, "not found")},
        absent, Reason::none);
  check({list_tag_protections}, {page(404, "Oops"), nothing(404)}, retry, Reason::not_the_api);
}

TEST_CASE("an asset is read through a web address, whose 404 is a text") {
  check({read_asset}, {text(404, "Not Found\n"), api(404, "not found")}, absent, Reason::not_found);
  check({read_asset}, {text(404, "404 page not found\n"), page(404, "Oops"), nothing(404)}, retry,
        Reason::not_the_api);
  check({read_asset}, {text(403, "Forbidden\n")}, stop, Reason::forbidden);
  check({read_asset}, {text(401, "Failed to authenticate user\n"), text(401, "Verify\n")}, stop,
        Reason::token_not_accepted);
}

TEST_CASE("redirects that are not followed end the run") {
  for (const int status : {300, 301, 302, 303, 307, 308}) {
    check(all, {page(status, "Moved"), nothing(status)}, stop, Reason::redirected);
  }
}

TEST_CASE("a webhook is never called twice, except if it asks to be called later") {
  for (const int status : {301, 400, 401, 403, 404, 408, 421, 425, 500, 502, 503, 504, 521}) {
    check({call_webhook}, {nothing(status), page(status, "x"), api(status, "x")}, stop,
          Reason::rejected);
  }
  for (const TransportError transport_error :
       {TransportError::broke_off, TransportError::no_answer, TransportError::other}) {
    check({call_webhook}, {silence(transport_error, Delivery::unknown)}, check_again,
          Reason::no_answer);
  }
}

TEST_CASE("a request that never reached the server is sent again, whatever it is") {
  const Operations any = all + Operations{call_webhook};
  for (const TransportError transport_error : {TransportError::unresolved, TransportError::refused,
                                               TransportError::timed_out, TransportError::proxy}) {
    check(any, {silence(transport_error, Delivery::unsent)}, retry, Reason::unreachable);
  }
  check(any, {silence(TransportError::tls, Delivery::unsent, "unexpected eof while reading")},
        retry, Reason::tls_failed);
}

TEST_CASE(
    "a request without a response: reads are retried, after a write the next snapshot decides") {
  for (const TransportError transport_error : {TransportError::none, TransportError::broke_off,
                                               TransportError::no_answer, TransportError::other}) {
    check(repeatable, {silence(transport_error, Delivery::unknown)}, retry, Reason::no_answer);
    check(once, {silence(transport_error, Delivery::unknown)}, check_again, Reason::no_answer);
  }
  check(repeatable, {silence(TransportError::stalled, Delivery::unknown)}, retry, Reason::stalled);
  check(once, {silence(TransportError::stalled, Delivery::unknown)}, check_again, Reason::stalled);
  // Even if the error looks like a failed connection.
  check(once,
        {silence(TransportError::refused, Delivery::unknown),
         silence(TransportError::tls, Delivery::unknown)},
        check_again, Reason::no_answer);
}

TEST_CASE(
    "certificate errors, passwords, a port without TLS and an expired time limit are not retried") {
  for (const TransportError transport_error :
       {TransportError::tls_bundle, TransportError::tls_untrusted, TransportError::tls_out_of_date,
        TransportError::tls_other_name}) {
    check(all, {silence(transport_error, Delivery::unsent, "words")}, stop, Reason::untrusted);
  }
  for (const Delivery delivery : {Delivery::unsent, Delivery::unknown}) {
    check(all, {silence(TransportError::out_of_time, delivery)}, stop, Reason::out_of_time);
  }
  check(all, {silence(TransportError::proxy_credentials, Delivery::unsent, "407")}, stop,
        Reason::proxy_login);
  check(all,
        {silence(TransportError::tls, Delivery::unsent, "wrong version number"),
         silence(TransportError::tls, Delivery::unsent, "packet length too long")},
        stop, Reason::plain_http);
}

TEST_CASE("for every status: only the API can say absent, and no write is repeated blindly") {
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

TEST_CASE("every response that is neither a success nor absent has a reason") {
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
