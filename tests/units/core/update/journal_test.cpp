// SPDX-License-Identifier: MIT
#include "core/update/journal.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/error.hpp"

using namespace core;

namespace {

Journal example() {
  Journal journal;
  journal.phase = Phase::trial;
  journal.old_version = "1.2.4";
  journal.new_version = "1.3.0";
  journal.payload = Digest(64, 'b');
  journal.with_snapshot = true;
  journal.tries = 1;
  journal.given_back = 3;
  journal.outcome = {core::Outcome::Kind::updated, "1.2.4", "1.2.3", "updated from 1.2.3 to 1.2.4"};
  journal.adopt_after = "1.2.2";
  journal.failed = {{"1.2.9", Digest(64, 'c')}};
  journal.skipped = {"1.2.8"};
  journal.withdrawn = {"1.2.7", "1.2.6"};
  return journal;
}

std::string refusal(const std::string& text) {
  try {
    parse_journal(text);
  } catch (const Error& error) {
    return error.message;
  }
  return "";
}

std::string with(const std::string& text, const std::string& replacement) {
  std::string journal = render_journal(example());
  const auto at = journal.find(text);
  REQUIRE(at != std::string::npos);
  return journal.replace(at, text.size(), replacement);
}

}  // namespace

TEST_CASE("a journal is read as it was written") {
  for (const Phase phase : {Phase::idle, Phase::asked, Phase::flip, Phase::trial, Phase::back}) {
    Journal journal = example();
    journal.phase = phase;
    CHECK(parse_journal(render_journal(journal)) == journal);
  }
  CHECK(parse_journal(render_journal({})) == Journal());
}

TEST_CASE("a journal that was cut or written by a later launcher is rejected") {
  const std::string journal = render_journal(example());
  for (std::size_t length = 0; length + 1 < journal.size(); ++length) {
    INFO(length);
    CHECK_FALSE(refusal(journal.substr(0, length)).empty());
  }
  CHECK(refusal(with("\"format\":1", "\"format\":2")).find("this launcher knows 1") !=
        std::string::npos);
  CHECK(refusal(with("trial", "probation")).find("its phase is unknown") != std::string::npos);
  CHECK(refusal(with("1.2.4\",\"new", "\",\"new")).find("both versions") != std::string::npos);
  CHECK(refusal(with("\"new_version\":\"1.3.0", "\"new_version\":\"1.2.4")).find("the same") !=
        std::string::npos);
  CHECK_FALSE(refusal(std::string(max_journal + 1, ' ')).empty());
}
