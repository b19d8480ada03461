// SPDX-License-Identifier: MIT
// Others who write while jobs run: a tool that edits title and notes, and a user who deletes the
// release.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "concurrency/rounds.hpp"
#include "support/rules.hpp"

namespace concurrency {
namespace {

using std::chrono::milliseconds;

/// Reads title and notes, and replaces the text by another one, like a tool or a user does.
void edit_text(Round& round) {
  const auto now = round.release_now();
  if (!now) return;
  const std::string& body = now->release->body;
  const auto comments = body.find("<!-- gitea-release");
  core::JsonObject json;
  json.add("name", "Their title");
  json.add("body",
           "Their notes" +
               (comments == std::string::npos ? std::string() : "\n\n" + body.substr(comments)));
  round.server().edit_release(now->release->id, json.text());
}

const Logged* edit_of_theirs(const Round& round) {
  const auto& all = round.requests();
  const auto edit = std::find_if(all.begin(), all.end(),
                                 [](const Logged& one) { return !is_job(one) && is_edit(one); });
  return edit == all.end() ? nullptr : &*edit;
}

/// Whether all jobs had read the release before the edit, and none had a read or an edit in
/// progress at that time. Otherwise the edit may be lost, or be taken for the initial state, which
/// cannot be avoided.
bool is_alone(const Logged& edit, const Round& round) {
  const std::int64_t read = edit.started_ms - 30;  // its own preceding read
  for (std::size_t i = 0; i < round.job_count; ++i) {
    const Logged* look = nullptr;
    for (const Logged& one : round.requests()) {
      if (one.account != RoundServer::account(i)) continue;
      const bool sees = one.status == 200 || one.status == 201;
      if (sees && (is_read(one) || is_creation(one))) {
        if (look == nullptr && one.ended_ms >= read) return false;
        look = &one;
      }
      const bool over =
          one.ended_ms < read || (look != nullptr && look->started_ms > edit.ended_ms);
      if ((is_edit(one) || is_creation(one)) && !over) return false;
    }
  }
  return true;
}

bool is_observed(const Logged& edit, const Round& round) {
  return std::ranges::any_of(round.requests(), [&](const Logged& one) {
    return is_job(one) && is_read(one) && one.started_ms > edit.ended_ms;
  });
}

void edited_round(Round& round) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  if (round.chance(50)) {  // all of them write the earlier value
    core::JsonObject json;
    json.add("tag_name", round.tag).add("name", "Old title").add("body", "Old notes");
    round.server().create_release(json.text());
  }
  auto jobs = round.jobs_with_own_files();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].starts_after_ms = round.between(0, 40);
    jobs[i].inputs["name"] = "Title of the run";
    jobs[i].inputs["body"] = "Notes of the run";
    const int slow = i == 0 ? 500 : round.between(0, 500);
    round.fault("delay", "POST", "name=" + jobs[i].files.begin()->first, 0, 1, slow);
  }
  const int when = round.between(150, 350);
  const auto ends = round.run_together(jobs, [&round, when] {
    std::this_thread::sleep_for(milliseconds(when));
    edit_text(round);
  });
  round.expect_success(ends);
  ExpectedRelease final{.assets = brought_by(jobs)};
  const Logged* edit = edit_of_theirs(round);
  if (edit == nullptr || !is_observed(*edit, round)) {
    round.count("edited when all was over");
    return;
  }
  if (is_alone(*edit, round)) {
    round.count("edits alone");
    final.titles = {"Their title"};
    final.texts = {"Their notes"};
  } else {
    round.count("edits that met a write");
    final.titles = {"Their title", "Title of the run"};
    final.texts = {"Their notes", "Notes of the run"};
  }
  round.expect_final(final);
}

void delete_once_there(Round& round, std::size_t assets) {
  for (int i = 0; i < 1000; ++i) {
    const auto now = round.observer().latest();
    if (now && now->release && now->release->assets.size() >= assets) {
      round.count(now->published() ? "deleted when published" : "deleted as a draft");
      round.server().delete_release(now->release->id);
      return;
    }
    std::this_thread::sleep_for(milliseconds(2));
  }
}

/// Whether the job's last read was before the release was deleted.
bool was_over(const JobEnd& end, const Round& round) {
  const auto& all = round.requests();
  const auto gone = std::ranges::find_if(all, [](const Logged& one) {
    return !is_job(one) && one.method == "DELETE" &&
           one.path.find("/releases/") != std::string::npos;
  });
  return gone != all.end() && std::none_of(gone, all.end(), [&](const Logged& one) {
           return one.account == end.account && one.started_ms > gone->ended_ms;
         });
}

void deleted_round(Round& round) {
  round.is_deleted_by_somebody();
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  auto jobs = round.jobs_with_own_files();
  for (Job& job : jobs) {
    job.starts_after_ms = round.chance(50) ? 0 : round.between(0, 250);
    round.fault("delay", "POST", "name=" + job.files.begin()->first, 0, 1, round.between(0, 200));
  }
  const auto assets = static_cast<std::size_t>(round.between(0, 2));
  const auto ends =
      round.run_together(jobs, [&round, assets] { delete_once_there(round, assets); });
  std::map<std::string, std::set<std::string>> there;
  const auto now = round.release_now();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::string& name = jobs[i].files.begin()->first;
    const bool is_there =
        now && now->release && std::ranges::count(now->release->names(), name) > 0;
    const support::Run& run = ends[i].run;
    round.expect(run.status == 0 || run.status == 1, ends[i].account + " ended otherwise");
    const bool over = was_over(ends[i], round);
    round.expect(run.status != 0 || is_there || over,
                 ends[i].account + " SUCCEEDED, AND ITS FILE IS GONE");
    round.expect(run.status != 1 || run.log.find("was deleted") != std::string::npos,
                 ends[i].account + " DOES NOT SAY WHY IT FAILED");
    if (run.status == 1) round.count("said so");
    if (is_there) there[name] = {jobs[i].files.begin()->second};
  }
  if (now) round.expect_final({.assets = there});
}

}  // namespace

TEST_CASE("another tool edits title and notes") {
  run_rounds({"another tool edits"}, edited_round);
}

TEST_CASE("somebody deletes the release") {
  run_rounds({"somebody deletes the release"}, deleted_round);
}

}  // namespace concurrency
