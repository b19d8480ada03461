// SPDX-License-Identifier: MIT
#include "core/text/regular_expression.hpp"

#include <pthread.h>

#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <exception>
#include <functional>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "sanitized.hpp"

using core::RegularExpression;
using core::Span;
using core::Steps;

namespace {

std::vector<std::string> groups(const std::string& pattern, const std::string& text) {
  Steps steps;
  std::vector<std::string> found;
  for (const Span& span : RegularExpression(pattern).first_groups(text, steps)) {
    found.emplace_back(span.in(text));
  }
  return found;
}

/// The error message of searching for `pattern` in `text`; "" if there is none.
std::string refusal(const std::string& pattern, const std::string& text = "",
                    Steps steps = Steps()) {
  try {
    RegularExpression(pattern).is_in(text, steps);
    return {};
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    CHECK_FALSE(error.hint.empty());
    return error.message;
  }
}

double seconds_for(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// Runs `work` with 2 MiB of stack.
void with_small_stack(std::function<void()> work) {
  std::exception_ptr failure;
  std::function<void()> guarded = [&] {
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
  };
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, std::size_t{2} << 20);
  pthread_t thread{};
  REQUIRE(pthread_create(
              &thread, &attributes,
              [](void* guarded_work) -> void* {
                (*static_cast<std::function<void()>*>(guarded_work))();
                return nullptr;
              },
              &guarded) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  if (failure) std::rethrow_exception(failure);
}

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("the first group of each match is found, with its position") {
  CHECK(groups("v=\"(.*?)\"", "v=\"1\" v=\"2\"") == std::vector<std::string>{"1", "2"});
  CHECK(groups("^v(\\d+)$", "v12") == std::vector<std::string>{"12"});
  CHECK(groups("a|(b)", "ab") == std::vector<std::string>{"b"});
  CHECK(groups("(x)", "").empty());
  CHECK(groups("()", "ab") == std::vector<std::string>{"", "", ""});
  CHECK(groups("v(?=1)(\\d)(?!3)", "v1 v13 v14") == std::vector<std::string>{"1", "1"});
}

TEST_CASE("an invalid pattern, a back reference, and a pattern that is too large are rejected") {
  CHECK(refusal("(").starts_with("'(' is not a valid regular expression"));
  CHECK(refusal("\\").starts_with("'\\' is not a valid regular expression"));
  CHECK(refusal("(a)\\1").ends_with("contains a back reference"));
  CHECK(refusal("\\\\1").empty());
  CHECK(refusal("a\\0").empty());
  for (const std::string& small : std::vector<std::string>{"[0-9a-f]{40}", "\\d{4}-\\d{2}-\\d{2}",
                                                           "(?:\\d{1,3}\\.){3}\\d{1,3}", "a{,3}|b",
                                                           "x{", std::string(500, 'a')}) {
    INFO(small);
    CHECK_FALSE(refusal(small).ends_with("is too large"));
  }
  for (const std::string& large : std::vector<std::string>{
           "a{1000}", "a{0,1000}", "(a{30}){30}", "(?:(?:a{9}){9}){9}", "a{30}{30}", "a{30}?{30}",
           "a{99999999999999999999}", "(|){500}", std::string(501, 'a')}) {
    INFO(large);
    CHECK(refusal(large).ends_with("is too large"));
  }
}

TEST_CASE("a pattern with excessive backtracking is stopped, and the message offers alternatives") {
  if (support::records_calls) SKIP("deep recursions need more memory than there is");
  const std::string text = std::string(1000, 'a') + "c";
  for (const char* slow : {"(a*)*b", "(a|a)*b", "(a|aa)+b", "a*a*a*a*b", "(?:(?=a)a|a)*b",
                           "(x+x+)+y|(a+a+)+b", "(?:|a)*b", "(?!a*a*a*b)c"}) {
    INFO(slow);
    const double seconds =
        seconds_for([&] { CHECK(refusal(slow, text).ends_with("takes too long")); });
    CHECK(seconds < 20);  // 2, except with sanitizers and on busy machines
  }
}

TEST_CASE("all searches with a shared limit of steps end when it is used up") {
  const RegularExpression pattern("v=(.)");
  Steps steps;
  std::size_t searches = 0;
  try {
    for (;; ++searches) pattern.first_groups("", steps);
  } catch (const core::Error&) {
  }
  CHECK(searches > 100'000);
  CHECK(searches < 2'000'000);
}

TEST_CASE("a pattern that begins with .* takes linear time") {
  // With sanitizers each character needs more stack, which is limited.
  const std::string line(support::sanitized ? 1000 : 4000, 'x');
  CHECK(groups(".*v=(\\d)", line + "v=1") == std::vector<std::string>{"1"});
  Steps steps;
  const RegularExpression pattern(".*v=(\\d)");
  for (int i = 0; i < 100; ++i) CHECK_FALSE(pattern.is_in(line, steps));
  CHECK(groups(".*v=(\\d)", "a\rv=1") == std::vector<std::string>{"1"});
  CHECK(groups(".*x|v=(\\d)", "v=1") == std::vector<std::string>{"1"});
}

TEST_CASE("no pattern and no text overflows a stack of 2 MiB") {
  if (support::records_calls) SKIP("deep recursions need more stack than that");
  std::vector<std::string> patterns = {
      std::string(500, '('),
      repeated("(", 250) + repeated(")", 250),
      repeated("(?:", 125) + repeated(")", 125),
      repeated("(?=", 125) + repeated(")", 125),
      "^" + repeated("(?:|)", 99) + "b",
      "^" + repeated("()", 249) + "b",
      "^(?:" + std::string(490, '|') + ")b",
      std::string(499, '|'),
      std::string(500, 'a'),
      repeated("a?", 250),
      repeated("a*", 250),
      "^(?:(a)|(b)|(c))*d",
      "^" + repeated("(", 60) + "a" + repeated(")*", 60) + "d",
      "^(?:" + repeated("(?:|)", 90) + "a)*d",
      "^(?:" + repeated("(?=a)", 90) + "a)*d",
      "^(?:" + repeated("\\b|", 90) + "a)*d",
      "^(a)*d",
      "(.)*d",
      "[" + std::string(498, '[') + "]",
  };
  with_small_stack([&] {
    for (const std::string& pattern : patterns) {
      for (const char* part : {"a", "b", "ab"}) {
        INFO(pattern << " in " << part);
        const std::string message = refusal(pattern, repeated(part, 1'000'000), Steps(1'000'000));
        CHECK((message.empty() || message.ends_with("is not a valid regular expression") ||
               message.ends_with("takes too long")));
      }
    }
  });
}

TEST_CASE("a line of 3,000 characters does not need too much stack") {
  const std::string text = "version = \"" + std::string(3000, 'x') + "\"";
  CHECK(groups("version = \"(.*)\"", text) == std::vector<std::string>{std::string(3000, 'x')});
}

TEST_CASE("the limited search finds the same as std::regex") {
  const std::vector<std::string> parts = {
      "a",  "b",    "(",    ")",   "(?:", "(?=", "(?!", "*",   "+",     "?",   "*?",  "|",  ".",
      ".*", "[ab]", "[^a]", "\\w", "\\b", "^",   "$",   "{2}", "{1,2}", "(a)", "\\.", "\\r"};
  const std::vector<std::string> words = {"a", "b", "ab", "ba", ".", "c", "\r", " "};
  std::minstd_rand random(20260101);
  int matches = 0;
  for (int i = 0; i < 30'000; ++i) {
    std::string pattern = random() % 4 == 0 ? ".*" : "";
    for (auto count = 1 + random() % 6; count > 0; --count)
      pattern += parts[random() % parts.size()];
    std::string text;
    for (auto count = random() % 8; count > 0; --count) text += words[random() % words.size()];
    std::vector<std::string> found;
    try {
      Steps steps(10'000);
      for (const Span& span : RegularExpression(pattern).first_groups(text, steps)) {
        found.emplace_back(span.in(text));
      }
    } catch (const core::Error& error) {
      if (!error.message.ends_with("is not a valid regular expression")) continue;
      CHECK_THROWS_AS(std::regex(pattern), std::regex_error);
      continue;
    }
    std::vector<std::string> expected;
    const std::regex regex(pattern);
    for (std::sregex_iterator match(text.begin(), text.end(), regex), none; match != none;
         ++match) {
      if ((*match)[1].matched) expected.push_back((*match)[1]);
    }
    INFO(pattern << " in " << text);
    REQUIRE(found == expected);
    matches += expected.empty() ? 0 : 1;
  }
  CHECK(matches > 300);
}
