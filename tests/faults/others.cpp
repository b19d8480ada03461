// SPDX-License-Identifier: MIT
// What other people and jobs do between two requests of a run, and what a network does to a request
// whose client is gone.
#include <fmt/format.h>

#include "core/digest.hpp"
#include "faults/exchanges.hpp"
#include "support/observer.hpp"
#include "support/rules.hpp"

namespace faults {
namespace {

/// A signed release is not completed with a file that nobody vouches for, and its files are not replaced
/// once it is published: the scenarios of signing test that.
bool is_unsigned(const Scenario& scenario) { return !scenario.is_signed; }

using std::chrono::milliseconds;
using support::Server;

constexpr const char* held = R"("kind":"hold","ms":20000)";

bool edit(const Exchange& one) { return one.write() && !support::is_upload(one); }

bool has_draft(Fixture& fixture) {
  return fixture.server.has_release(fixture.tag) && fixture.server.release(fixture.tag).draft;
}

std::string tag_ref(const Fixture& fixture) { return "refs/tags/" + fixture.tag; }

// --- the tag ---

/// Before the tag changes. A run deletes its uploads, or starts a draft of another commit over. A
/// server publishes another user's draft whose tag is pushed, whatever it contains.
void expect_consequences(Fixture& fixture) {
  const bool there = fixture.server.has_release(fixture.tag);
  if (there && !fixture.server.release(fixture.tag).draft) return;
  fixture.names_may_vanish = true;
  if (there && support::mark_in(fixture.server.release(fixture.tag).body).empty()) {
    fixture.incomplete_may_be_public = true;
  }
}

/// The head of main is another commit by then: a tag that is created again without a target would
/// point to it.
void delete_tag(Fixture& fixture, const Exchange& /*one*/) {
  expect_consequences(fixture);
  fixture.server.new_commit();
  fixture.server.push_deletion(tag_ref(fixture));
}

void push_tag_again(Fixture& fixture) { fixture.server.push(tag_ref(fixture), fixture.built()); }

void make_tag_here(Fixture& fixture, const Exchange& /*one*/) { push_tag_again(fixture); }

/// Also moves an existing one.
void make_tag_elsewhere(Fixture& fixture, const Exchange& /*one*/) {
  expect_consequences(fixture);
  const std::string commit = fixture.server.new_commit();
  fixture.marks.insert(commit);
  fixture.server.push(tag_ref(fixture), commit);
}

/// All jobs run again, for the commit of the tag.
void build_its_commit(Fixture& fixture) {
  fixture.build(fixture.server.tag_commit(fixture.tag));
  if (fixture.run_others) fixture.run_others(fixture);
}

Expected fails_saying_one_of(const std::vector<std::string>& says) { return {1, says, true}; }

Fault tag_fault(const std::string& name, const std::string& why) {
  Fault fault;
  fault.name = name;
  fault.order = held;
  fault.why = why;
  fault.strikes = any;
  fault.until_run_again = true;
  fault.others.change_tag = true;
  return fault;
}

void add_tag_faults(std::vector<Fault>& list) {
  const auto has_tag = [](const Scenario& scenario) { return scenario.has_tag; };
  const auto has_none = [](const Scenario& scenario) { return !scenario.has_tag; };

  Fault deleted = tag_fault("the tag is deleted", "a tag that was there and is gone stops the run");
  deleted.expected = [](const Exchange&) {
    return fails_saying_one_of({"was deleted during this run"});
  };
  deleted.may_hide = true;  // if a tag is deleted, the server turns its release into a draft
  deleted.others.meanwhile = delete_tag;
  deleted.others.afterwards = push_tag_again;
  deleted.others.can = has_tag;
  deleted.others.leave_tag_to_run = true;
  deleted.others.warnings = {"its tag was deleted", "its run has ended"};
  deleted.longest = milliseconds(60'000);  // without a tag a run watches a foreign draft for 30 s
  list.push_back(deleted);

  Fault moved = tag_fault("the tag is moved", "only a run whose commit the tag has now");
  moved.expected = [](const Exchange&) {
    return fails_saying_one_of({"was moved", "was published with the files of commit"});
  };
  moved.others.meanwhile = make_tag_elsewhere;
  moved.others.afterwards = build_its_commit;
  moved.others.can = [has_tag](const Scenario& one) {
    return has_tag(one) && !one.keeps_its_commit;
  };
  list.push_back(moved);

  Fault made_here = tag_fault("another run makes the tag", "a competing run of the same commit");
  made_here.expected = [](const Exchange&) { return Expected{}; };
  made_here.others.meanwhile = make_tag_here;
  made_here.others.can = has_none;
  made_here.others.change_tag = false;
  made_here.others.leave_tag_to_run = true;
  list.push_back(made_here);

  Fault made_elsewhere =
      tag_fault("another run makes the tag elsewhere", "only a run whose commit the tag has now");
  made_elsewhere.expected = [](const Exchange&) {
    return fails_saying_one_of(
        {"was created at", "was moved", "was published with the files of commit"});
  };
  made_elsewhere.others.meanwhile = make_tag_elsewhere;
  made_elsewhere.others.afterwards = build_its_commit;
  made_elsewhere.others.can = has_none;
  made_elsewhere.others.warnings = {
      "but this run was started for commit"};  // started by hand, and the tag exists already
  list.push_back(made_elsewhere);
}

// --- a user ---

/// As the server's web page does it: the text changes, and our comments stay.
void edit_texts(Fixture& fixture, const Exchange& /*one*/) {
  constexpr const char* title = "A person's title";
  constexpr const char* text = "What a person wrote";
  if (!fixture.server.has_release(fixture.tag)) return;
  const auto release = fixture.server.release(fixture.tag);
  const auto comments = release.body.find("<!-- gitea-release");
  core::JsonObject json;
  json.add("name", title);
  json.add("body", text + (comments == std::string::npos ? std::string()
                                                         : "\n\n" + release.body.substr(comments)));
  fixture.server.edit_release(release.id, json.text());
  if (!fixture.wanted.titles.empty()) fixture.wanted.titles.insert(title);
  if (!fixture.wanted.texts.empty()) fixture.wanted.texts.insert(text);
}

void add_person(std::vector<Fault>& list) {
  Fault fault;
  fault.name = "a person edits title and notes";
  fault.order = held;
  fault.why = "a person's edit between a look and a write is lost, or stays; it breaks nothing";
  fault.expected = [](const Exchange&) { return Expected{}; };
  fault.strikes = edit;
  fault.until_run_again = true;
  fault.others.meanwhile = edit_texts;
  fault.others.warnings = {"another run or a user changed the"};
  list.push_back(fault);
}

// --- another job ---

/// The same name and size, but other content. In a set of 'required_files' its job announces the
/// digest.
void upload_rival(Fixture& fixture, const Exchange& one) {
  if (!fixture.server.has_release(fixture.tag)) return;
  const std::string name = name_of_asset(one);
  const std::string content = rival_of(*fixture.wanted.assets.at(name).begin());
  const auto release = fixture.server.release(fixture.tag);
  const auto asset = fixture.server.upload(release.id, name, content);
  if (fixture.is_fan_in && has_draft(fixture)) {
    fixture.server.upload(
        release.id, fmt::format(".sha256.{}.{}.{}", asset.id, core::digest_of(content), name), "");
  }
}

Fault rival_fault(const std::string& name, const std::string& order) {
  Fault fault;
  fault.name = name;
  fault.order = order;
  fault.why = "an asset whose record or entry says another digest is not ours";
  fault.expected = [](const Exchange&) { return Expected{}; };
  fault.strikes = uploads_a_file_of_the_job;
  fault.until_run_again = true;
  fault.answer_timeout = 1;
  fault.longest = milliseconds(60'000);
  fault.may_send_again = true;
  fault.others.meanwhile = upload_rival;
  fault.others.can = is_unsigned;
  fault.others.warnings = {"another run replaced", "stays"};
  return fault;
}

void add_rivals(std::vector<Fault>& list) {
  list.push_back(rival_fault("upload lost, another's is there", R"("kind":"stall","ms":60000)"));
  list.push_back(rival_fault("upload done, answer lost, another's follows",
                             R"("kind":"stall","ms":60000,"execute":true)"));
  Fault before = rival_fault("upload done after another's, answer lost",
                             std::string(held) + R"(,"drop":true)");
  before.answer_timeout = 10;
  list.push_back(before);
}

// --- another build in the same workspace ---

void add_rebuilds(std::vector<Fault>& list) {
  for (const bool done : {true, false}) {
    Fault fault;
    fault.name = done ? "upload done, answer lost, file changed" : "upload lost, file changed";
    fault.order = std::string(R"("kind":"stall","ms":60000)") + (done ? R"(,"execute":true)" : "");
    fault.why = "digests are those of the bytes that were sent";
    fault.expected = [](const Exchange&) { return fails_saying_one_of({" changed "}); };
    fault.strikes = uploads_a_file_of_the_job;
    fault.until_run_again = true;
    fault.answer_timeout = 1;
    fault.longest = milliseconds(60'000);
    fault.others.meanwhile = [](Fixture& fixture, const Exchange& one) {
      fixture.rebuild(name_of_asset(one));
    };
    fault.others.can = is_unsigned;
    list.push_back(fault);
  }
}

// --- late requests ---

void add_late(std::vector<Fault>& list) {
  for (const int ms : {150, 1200}) {  // while the run continues, and after it has ended
    Fault fault;
    fault.name = fmt::format("given up, and done {} ms later", ms);
    fault.order = fmt::format(R"("kind":"late","drop":true,"ms":{})", ms);
    fault.why = "Requests: everything else is decided by the next look";
    fault.expected = [](const Exchange&) { return Expected{}; };
    fault.strikes = write;
    fault.until_run_again = true;
    fault.may_hide = true;  // a row that was read earlier is written completely
    fault.may_send_again = true;
    fault.longest = milliseconds(60'000);
    list.push_back(fault);
  }
}

}  // namespace

std::vector<Fault> faults_of_others() {
  std::vector<Fault> list;
  add_tag_faults(list);
  add_person(list);
  add_rivals(list);
  add_rebuilds(list);
  add_late(list);
  return list;
}

}  // namespace faults
