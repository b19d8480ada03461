// SPDX-License-Identifier: MIT
#include "runner/log.hpp"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/text/text.hpp"

using core::Error;
using core::Fault;

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// The output of the log while `work` uses it.
template <typename Work>
std::string logged(Work work) {
  const std::unique_ptr<std::FILE, Close> file(std::tmpfile());
  REQUIRE(file);
  runner::Log log(file.get());
  work(log);
  CHECK(log.good());
  std::rewind(file.get());
  std::string result;
  for (int c = std::fgetc(file.get()); c != EOF; c = std::fgetc(file.get())) {
    result += static_cast<char>(c);
  }
  return result;
}

std::string line(const std::string& text) {
  return logged([&](runner::Log& log) { log.line(text); });
}

std::string error(const std::string& message, const std::string& hint = {}) {
  return logged([&](runner::Log& log) { log.error(Error(Fault::failed, message, hint)); });
}

}  // namespace

TEST_CASE("every line ends with a newline, whatever is logged") {
  CHECK(line("text") == "text\n");
  CHECK(line("") == "\n");
  CHECK(line("text\n\n") == "text\n");
  const std::string all = logged([](runner::Log& log) {
    log.group("details");
    log.line("a");
    log.end_group();
    log.notice("n");
    log.warning("w");
  });
  CHECK(all == "::group::details\na\n::endgroup::\n::notice::n\n::warning::w\n");
}

TEST_CASE("control characters become blanks, so that a text stays one line") {
  CHECK(line("a\nb\rc\x1b[31m\td") == "a b c [31m d\n");
  CHECK(logged([](runner::Log& log) { log.warning("a\n::error::b"); }) ==
        "::warning::a ::error::b\n");
  CHECK(logged([](runner::Log& log) { log.group("t\r\n::set-env name=A::b"); }) ==
        "::group::t  ::set-env name=A::b\n");
}

TEST_CASE("a line that a runner would take for a command is made harmless") {
  for (const char* text : {"::set-env name=PATH::/evil", "::error::x", "##[set-env name=A]b",
                           " ::add-path::x", "\n::stop-commands::x", "\t##[group]x", "::"}) {
    const std::string written = line(text);
    INFO(written);
    CHECK_FALSE(written.starts_with("::"));
    CHECK_FALSE(written.starts_with("##["));
    CHECK(core::trim(written) == core::trim(text));
  }
  CHECK(line("a::b") == "a::b\n");
  CHECK(line("# title") == "# title\n");
}

TEST_CASE("external text never begins a line, whatever the reader takes for a line end") {
  const std::vector<std::string> ends = {"\n",
                                         "\r",
                                         "\r\n",
                                         "\v",
                                         "\f",
                                         "\u0085",
                                         "\u2028",
                                         "\u2029",
                                         "\x85",
                                         "\x1b[1E",
                                         "\u009b1E",
                                         "\x9b"
                                         "1E",
                                         "\x1b"
                                         "E",
                                         "\b\b",
                                         std::string(1, '\0'),
                                         "\u202e",
                                         "\u2066",
                                         "\x1c",
                                         "\x1e"};
  for (const std::string& end : ends) {
    const std::string text = "x" + end + "::set-env name=PATH::/evil";
    const std::string all = logged([&](runner::Log& log) {
      log.line(text);
      log.group(text);
      log.end_group();
      log.notice(text);
      log.warning(text);
      log.error(Error(Fault::failed, text, text));
    });
    INFO(all);
    for (const std::string& other : ends) {
      if (other == "\n") continue;
      CHECK(all.find(other) == std::string::npos);
    }
    for (const std::string& one : core::lines(all)) {
      CHECK_FALSE(one.starts_with("::set-env"));
      CHECK(core::is_utf8(one));
    }
  }
}

TEST_CASE("letters of all scripts are kept, and invalid UTF-8 becomes question marks") {
  const std::string text = "Größe 文字 שלום 🎉 é a\u200d\u00a0b";
  CHECK(line(text) == text + "\n");
  CHECK(line("a\xff\xc3;b\xe2\x82") == "a??;b??\n");
}

TEST_CASE("a text of several lines is printed unchanged, with its commands made harmless") {
  const std::string text =
      "### Features\n\n- a: b\n    code\n::set-env name=A::b\r\n##[x]\nc\r::d\n";
  CHECK(logged([&](runner::Log& log) { log.text(text); }) ==
        "### Features\n\n- a: b\n    code\n\\::set-env name=A::b\n\\##[x]\nc ::d\n");
  CHECK(logged([](runner::Log& log) { log.text(""); }).empty());
}

TEST_CASE("an error is printed outside of the open group") {
  CHECK(logged([](runner::Log& log) {
          log.group("g");
          log.error(Error(Fault::failed, "e"));
          log.end_group();
        }) == "::group::g\n::endgroup::\n::error::e\n");
}

TEST_CASE("an indented line stays indented") { CHECK(line("  upload a") == "  upload a\n"); }

TEST_CASE("a long line is cut before a runner cuts it, never inside a character") {
  std::string text;
  while (text.size() < 100'000) text += "€";
  const std::string written = line(text);
  CHECK(written.size() < 64 * 1024);
  CHECK(written.size() > 1000);
  CHECK(core::is_utf8(written));
  CHECK(written.ends_with(" …\n"));
  CHECK(line(std::string(100'000, ' ') + "x").size() < 64 * 1024);
}

TEST_CASE("an error is one command followed by its hint") {
  CHECK(error("It failed", "Do this.") == "::error::It failed. Do this.\n");
  CHECK(error("It failed.", "Do this.") == "::error::It failed. Do this.\n");
  CHECK(error("It failed") == "::error::It failed\n");
  CHECK(error("", "Do this.") == "::error::failed. Do this.\n");
}

TEST_CASE("an error of several lines is a command for each, with the hint after the last") {
  CHECK(error("first\r\nsecond\n", "Do\nthis.") == "::error::first\n::error::second. Do this.\n");
}

TEST_CASE("lines of several threads do not mix") {
  const std::string text = logged([](runner::Log& log) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&log, i] {
        for (int n = 0; n < 50; ++n) log.line(std::string(100, static_cast<char>('a' + i)));
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  const auto all = core::lines(text);
  CHECK(all.size() == 200);
  for (const std::string& one : all) CHECK(one == std::string(100, one.at(0)));
}

TEST_CASE("a log that cannot be written says so when asked") {
  const std::unique_ptr<std::FILE, Close> full(std::fopen("/dev/full", "w"));
  if (!full) SKIP("no /dev/full here");
  runner::Log log(full.get());
  CHECK(log.good());
  log.line("lost");
  CHECK_FALSE(log.good());
}

TEST_CASE("by hand, messages have words instead of commands, and go where results do not") {
  const std::unique_ptr<std::FILE, Close> out(std::tmpfile());
  const std::unique_ptr<std::FILE, Close> err(std::tmpfile());
  runner::Log log(out.get(), err.get());
  const auto text_of = [](std::FILE* file) {
    std::rewind(file);
    std::string text;
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
    return text;
  };
  SECTION("plain") {
    log.set_style({.by_hand = true});
    log.group("g");
    log.line("Uploaded a");
    log.notice("n");
    log.warning("w");
    log.result("https://h/r");
    log.json("{}");
    log.end_group();
    log.error(Error(Fault::failed, "a\nb", "Do c."));
    CHECK(text_of(out.get()) == "https://h/r\n");
    CHECK(text_of(err.get()) == "Uploaded a\nnote: n\nwarning: w\nerror: a\nerror: b. Do c.\n");
  }
  SECTION("quiet, in colour") {
    log.set_style({.by_hand = true, .colour = true, .quiet = true});
    log.line("Uploaded a");
    log.notice("n");
    log.warning("w");
    log.text("notes");
    CHECK(text_of(out.get()) == "notes\n");
    CHECK(text_of(err.get()) == "\x1b[1;33mwarning:\x1b[0m w\n");
  }
  SECTION("quiet, as JSON") {
    log.set_style({.by_hand = true, .quiet = true, .json = true});
    log.result("https://h/r");
    log.text("notes");
    log.json("{}");
    CHECK(text_of(out.get()) == "{}\n");
    CHECK(text_of(err.get()).empty());
  }
  SECTION("as JSON") {
    log.set_style({.by_hand = true, .json = true});
    log.result("https://h/r");
    log.json("{}");
    CHECK(text_of(out.get()) == "{}\n");
    CHECK(text_of(err.get()) == "https://h/r\n");
  }
  SECTION("lines of progress make room for a message, and are drawn again below it") {
    log.set_style({.by_hand = true, .redraws = true});
    log.show_progress({"a: 1 %", "b: 2 %"});
    log.line("done");
    log.show_progress({});
    CHECK(text_of(err.get()) ==
          "a: 1 %\nb: 2 %\n\x1b[2A\r\x1b[Jdone\na: 1 %\nb: 2 %\n\x1b[2A\r\x1b[J");
  }
}
