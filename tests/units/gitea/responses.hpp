// SPDX-License-Identifier: MIT
// Groups of operations, and responses as servers and proxies send them.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/text/json.hpp"
#include "gitea/classify.hpp"

namespace responses {

using core::Reason;
using gitea::Answer;
using gitea::Classified;
using gitea::Delivery;
using gitea::Operation;
using gitea::TransportError;
using gitea::Verdict;
using enum gitea::Operation;

using Operations = std::vector<Operation>;

inline const Operations finds = {
    find_release,        find_slashed_release, find_tag,      find_commit,
    find_slashed_commit, find_repository,      list_releases, list_tags,
    list_commits,        list_packages,        find_user};
inline const Operations other_reads = {list_tag_protections, read_version, read_settings,
                                       probe_access};
inline const Operations writes = {create_tag,      create_release, edit_release,
                                  publish_release, upload_asset,   delete_asset,
                                  delete_release,  delete_tag,     link_package};
inline const Operations deletes = {delete_asset, delete_release, delete_tag};

inline Operations operator+(Operations one, const Operations& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

inline const Operations repeatable = finds + other_reads + deletes + Operations{read_asset};
inline const Operations once = {create_tag,      create_release, edit_release,
                                publish_release, upload_asset,   link_package};
inline const Operations all = finds + other_reads + Operations{read_asset} + writes;

inline Answer answer(int status, const std::string& type, const std::string& body) {
  Answer result;
  result.delivery = Delivery::answered;
  result.status = status;
  result.content_type = type;
  result.body = body;
  return result;
}

/// As the API says it.
inline Answer api(int status, const std::string& message) {
  core::JsonObject json;
  json.add("message", message).add("url", "https://git.example.org/sub/api/swagger");
  return answer(status, "application/json;charset=utf-8", json.text() + "\n");
}

/// Without the address of the API's documentation, like some refusals.
inline Answer json(int status, const std::string& message) {
  return answer(status, "application/json", core::JsonObject().add("message", message).text());
}

inline Answer page(int status, const std::string& title) {
  return answer(status, "text/html; charset=utf-8",
                "<!DOCTYPE html><html><head><title>" + title + "</title></head></html>");
}

inline Answer text(int status, const std::string& words) {
  return answer(status, "text/plain", words);
}

inline Answer nothing(int status) { return answer(status, "", ""); }

inline Answer silence(TransportError transport_error, Delivery delivery,
                      const std::string& detail = {}) {
  Answer result;
  result.delivery = delivery;
  result.transport_error = transport_error;
  result.detail = detail;
  return result;
}

inline void check(const Operations& operations, const std::vector<Answer>& answers, Verdict verdict,
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

inline std::vector<Answer> not_json(int status) {
  return {page(status, "Oops"), text(status, "404 page not found\n"), nothing(status)};
}

}  // namespace responses
