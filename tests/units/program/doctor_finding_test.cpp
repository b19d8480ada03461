// SPDX-License-Identifier: MIT
#include "commands/doctor_finding.hpp"

#include <catch2/catch_test_macros.hpp>

using commands::check_clock;
using commands::describe;
using commands::failed;
using commands::failure_of;
using commands::Finding;
using commands::fine;
using commands::warned;
using core::Error;
using core::Fault;
using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST_CASE("a finding is one line: its result, its subject, and what to do") {
  CHECK(describe(fine("clock", "it agrees")) == "OK    clock: it agrees");
  CHECK(describe(warned("tag", "none is known", "Give one.")) ==
        "WARN  tag: none is known. Give one.");
  CHECK(describe(failed("rights", Error(Fault::workflow, "it may not.", "Ask."))) ==
        "FAIL  rights: it may not. Ask.");
}

TEST_CASE("failure_of says what failed, and whether a change is needed") {
  CHECK_FALSE(failure_of({}).has_value());
  CHECK_FALSE(failure_of({fine("a", "x"), warned("b", "y", "z")}).has_value());
  const Finding lost = failed("server", Error(Fault::failed, "refused"));
  const Finding wrong = failed("rights", Error(Fault::workflow, "no"));
  CHECK(failure_of({lost})->fault == Fault::failed);
  CHECK(failure_of({lost, wrong})->fault == Fault::workflow);
  CHECK(failure_of({wrong, lost, wrong})->message.ends_with(": rights, server, rights"));
  CHECK(failure_of({wrong, wrong})->message.ends_with(": rights"));
  CHECK(failure_of({failed("rights", Error(Fault::uncertain, "500"))})->fault == Fault::failed);
}

TEST_CASE("clocks up to five minutes apart agree, and a larger difference is reported") {
  const sys_seconds now(seconds(1'000'000));
  const auto found = [&](int ahead) { return check_clock(now, now + seconds(ahead)); };
  for (const int ahead : {0, 300, -300}) CHECK(found(ahead).grade == Finding::Grade::ok);
  CHECK(found(301).text == "the clock of this machine is 5 min ahead of that of the server");
  CHECK(found(-7199).text == "the clock of this machine is 119 min behind that of the server");
  CHECK(found(7200).text == "the clock of this machine is 2 h ahead of that of the server");
  CHECK(found(-200'000).text == "the clock of this machine is 2 days behind that of the server");
  CHECK(found(301).grade == Finding::Grade::warn);
  CHECK_FALSE(found(301).remedy.empty());
  CHECK(check_clock(std::nullopt, now).grade == Finding::Grade::ok);
}
