// SPDX-License-Identifier: MIT
#include "gitea/sentences.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/text/text.hpp"
#include "gitea/classify.hpp"
#include "units/gitea/explained.hpp"

using gitea::Hint;
using gitea::Operation;
using gitea::Sentence;

namespace {

bool is_doubtful(std::string_view hint) {
  const std::string text = core::lower(hint);
  for (const char* word : {"can be", "may", "if ", "check ", "probably"}) {
    if (text.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a hint that nobody has checked says that it is only a possibility") {
  for (const Sentence& row : gitea::sentences()) {
    INFO(row.meaning << " | " << row.hint);
    CHECK_FALSE(row.hint.empty());
    const bool is_generic = row.hint == "{ask_the_log}";  // it says "if"
    if (row.surety == Hint::possible && !is_generic) {
      CHECK((is_doubtful(row.hint) || is_doubtful(row.meaning)));
    }
  }
}

TEST_CASE("every row of the table is reached, and fills all its gaps") {
  for (const Sentence& row : gitea::sentences()) {
    const auto all = gitea::sentences();
    const auto first = std::find_if(all.begin(), all.end(), [&](const Sentence& other) {
      return other.reason == row.reason &&
             (other.operations.bits & row.operations.bits) == row.operations.bits &&
             other.statuses.first <= row.statuses.first && row.statuses.last <= other.statuses.last;
    });
    INFO(row.meaning << " | " << row.hint);
    CHECK(&*first == &row);
  }
  for (int status = 300; status < 600; ++status) {
    for (unsigned i = 0; i <= static_cast<unsigned>(Operation::link_package); ++i) {
      for (const auto& got :
           {explained_responses::said(status, "words"),
            explained_responses::answer(status, "<html><title>words</title>", "text/html"),
            explained_responses::answer(status, "", "")}) {
        const auto error =
            explained_responses::explained(got, gitea::Request(static_cast<Operation>(i)));
        INFO(status << " " << i << ": " << error.message << " | " << error.hint);
        CHECK((error.message + error.hint).find_first_of("{}") == std::string::npos);
        CHECK_FALSE(error.hint.empty());
      }
    }
  }
}
