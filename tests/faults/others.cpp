// SPDX-License-Identifier: MIT
// What other people and jobs do while a run is between two requests, and what a network does to a
// request that nobody waits for any more.
#include <fmt/format.h>

#include "core/digest.hpp"
#include "faults/exchanges.hpp"
#include "support/onlooker.hpp"
#include "support/rules.hpp"

namespace faults {
namespace {

using std::chrono::milliseconds;
using support::Server;

constexpr const char* held = R"("kind":"hold","ms":20000)";

bool edit(const Exchange& one) { return one.write() && !support::is_upload(one); }

bool has_draft(Scene& scene) {
  return scene.server.has_release(scene.tag) && scene.server.release(scene.tag).draft;
}

std::string tag_ref(const Scene& scene) { return "refs/tags/" + scene.tag; }

// --- the tag ---

/// Before the tag changes. A run takes its uploads back, or starts a draft of another commit over, and a
/// server publishes a draft of somebody else's whose tag is pushed, whatever it holds.
void expect_consequences(Scene& scene) {
  const bool there = scene.server.has_release(scene.tag);
  if (there && !scene.server.release(scene.tag).draft) return;
  scene.names_may_go = true;
  if (there && support::mark_in(scene.server.release(scene.tag).body).empty()) {
    scene.half_may_show = true;
  }
}

/// The head of main is another commit by then: a tag that is made anew without a target would go there.
void delete_tag(Scene& scene, const Exchange& /*one*/) {
  expect_consequences(scene);
  scene.server.new_commit();
  scene.server.push_deletion(tag_ref(scene));
}

void push_tag_again(Scene& scene) { scene.server.push(tag_ref(scene), scene.built()); }

void make_tag_here(Scene& scene, const Exchange& /*one*/) { push_tag_again(scene); }

/// Also moves one that is there.
void make_tag_elsewhere(Scene& scene, const Exchange& /*one*/) {
  expect_consequences(scene);
  const std::string commit = scene.server.new_commit();
  scene.marks.insert(commit);
  scene.server.push(tag_ref(scene), commit);
}

/// All jobs run again, for the commit that the tag is at.
void build_its_commit(Scene& scene) {
  scene.build(scene.server.tag_commit(scene.tag));
  if (scene.run_others) scene.run_others(scene);
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
    return fails_saying_one_of({"was deleted while this run was going on"});
  };
  deleted.may_hide = true;  // a server makes a draft of the release of a tag that is deleted
  deleted.others.meanwhile = delete_tag;
  deleted.others.afterwards = push_tag_again;
  deleted.others.can = has_tag;
  deleted.others.leave_tag_to_run = true;
  deleted.others.warnings = {"whose tag was deleted", "whose run has ended"};
  deleted.longest = milliseconds(60'000);  // without a tag a run watches another's draft for 30 s
  list.push_back(deleted);

  Fault moved = tag_fault("the tag is moved", "only a run whose commit the tag has now");
  moved.expected = [](const Exchange&) {
    return fails_saying_one_of({"was moved", "is published with the files of commit"});
  };
  moved.others.meanwhile = make_tag_elsewhere;
  moved.others.afterwards = build_its_commit;
  moved.others.can = has_tag;
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
        {"was made at", "was moved", "is published with the files of commit"});
  };
  made_elsewhere.others.meanwhile = make_tag_elsewhere;
  made_elsewhere.others.afterwards = build_its_commit;
  made_elsewhere.others.can = has_none;
  made_elsewhere.others.warnings = {
      "but this run is of"};  // started by hand, and it is there already
  list.push_back(made_elsewhere);
}

// --- a person ---

/// As the page of the server does it: the text is another one, and our comments stay.
void edit_texts(Scene& scene, const Exchange& /*one*/) {
  constexpr const char* title = "A person's title";
  constexpr const char* text = "What a person wrote";
  if (!scene.server.has_release(scene.tag)) return;
  const auto release = scene.server.release(scene.tag);
  const auto comments = release.body.find("<!-- gitea-release");
  core::JsonObject json;
  json.add("name", title);
  json.add("body", text + (comments == std::string::npos ? std::string()
                                                         : "\n\n" + release.body.substr(comments)));
  scene.server.edit_release(release.id, json.text());
  if (!scene.wanted.titles.empty()) scene.wanted.titles.insert(title);
  if (!scene.wanted.texts.empty()) scene.wanted.texts.insert(text);
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
  fault.others.warnings = {"somebody else changed the"};
  list.push_back(fault);
}

// --- another job ---

/// The same name and size, and another content. In a set of 'required_files' its job tells what it
/// holds.
void upload_rival(Scene& scene, const Exchange& one) {
  if (!scene.server.has_release(scene.tag)) return;
  const std::string name = name_of_asset(one);
  const std::string content = rival_of(*scene.wanted.assets.at(name).begin());
  const auto release = scene.server.release(scene.tag);
  const auto asset = scene.server.upload(release.id, name, content);
  if (scene.is_fan_in && has_draft(scene)) {
    scene.server.upload(
        release.id, fmt::format(".sha256.{}.{}.{}", asset.id, core::digest_of(content), name), "");
  }
}

Fault rival_fault(const std::string& name, const std::string& order) {
  Fault fault;
  fault.name = name;
  fault.order = order;
  fault.why = "an asset whose record or entry says another digest is not ours";
  fault.expected = [](const Exchange&) { return Expected{}; };
  fault.strikes = sends_a_brought_file;
  fault.until_run_again = true;
  fault.answer_timeout = 1;
  fault.longest = milliseconds(60'000);
  fault.may_send_again = true;
  fault.others.meanwhile = upload_rival;
  fault.others.warnings = {"another run replaced", "is kept"};
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
    fault.strikes = sends_a_brought_file;
    fault.until_run_again = true;
    fault.answer_timeout = 1;
    fault.longest = milliseconds(60'000);
    fault.others.meanwhile = [](Scene& scene, const Exchange& one) {
      scene.rebuild(name_of_asset(one));
    };
    list.push_back(fault);
  }
}

// --- late requests ---

void add_late(std::vector<Fault>& list) {
  for (const int ms : {150, 1200}) {  // while the run goes on, and when it has ended
    Fault fault;
    fault.name = fmt::format("given up, and done {} ms later", ms);
    fault.order = fmt::format(R"("kind":"late","drop":true,"ms":{})", ms);
    fault.why = "Requests: everything else is decided by the next look";
    fault.expected = [](const Exchange&) { return Expected{}; };
    fault.strikes = write;
    fault.until_run_again = true;
    fault.may_hide = true;  // a row that was read before is written as a whole
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
