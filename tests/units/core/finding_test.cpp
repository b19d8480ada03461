// SPDX-License-Identifier: MIT
#include "core/finding.hpp"

#include <catch2/catch_test_macros.hpp>

using core::check_clock;
using core::describe;
using core::Error;
using core::failed;
using core::Fault;
using core::Finding;
using core::fine;
using core::verdict;
using core::warned;
using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST_CASE("a finding is one line: how it stands, what it is about, and what to do") {
  CHECK(describe(fine("clock", "it agrees")) == "OK    clock: it agrees");
  CHECK(describe(warned("tag", "none is known", "Give one.")) ==
        "WARN  tag: none is known. Give one.");
  CHECK(describe(failed("rights", Error(Fault::workflow, "it may not.", "Ask."))) ==
        "FAIL  rights: it may not. Ask.");
}

TEST_CASE("the verdict names what failed, and whether a change is needed") {
  CHECK_FALSE(verdict({}).has_value());
  CHECK_FALSE(verdict({fine("a", "x"), warned("b", "y", "z")}).has_value());
  const Finding lost = failed("server", Error(Fault::failed, "refused"));
  const Finding wrong = failed("rights", Error(Fault::workflow, "no"));
  CHECK(verdict({lost})->fault == Fault::failed);
  CHECK(verdict({lost, wrong})->fault == Fault::workflow);
  CHECK(verdict({wrong, lost, wrong})->message.ends_with(": rights, server, rights"));
  CHECK(verdict({wrong, wrong})->message.ends_with(": rights"));
  CHECK(verdict({failed("rights", Error(Fault::uncertain, "500"))})->fault == Fault::failed);
}

TEST_CASE("clocks that are five minutes apart agree, and others are told how far they are apart") {
  const sys_seconds now(seconds(1'000'000));
  const auto found = [&](int ahead) { return check_clock(now, now + seconds(ahead)); };
  for (const int ahead : {0, 300, -300}) CHECK(found(ahead).grade == Finding::Grade::ok);
  CHECK(found(301).text == "this machine's is 5 min ahead of the server's");
  CHECK(found(-7199).text == "this machine's is 119 min behind the server's");
  CHECK(found(7200).text == "this machine's is 2 h ahead of the server's");
  CHECK(found(-200'000).text == "this machine's is 2 days behind the server's");
  CHECK(found(301).grade == Finding::Grade::warn);
  CHECK_FALSE(found(301).remedy.empty());
  CHECK(check_clock(std::nullopt, now).grade == Finding::Grade::ok);
}
