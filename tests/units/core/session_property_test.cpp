// SPDX-License-Identifier: MIT
// Sessions against a simulated server, interleaved at random: answers are lost, requests arrive late
// or twice, edits overwrite each other, runs are killed, people and the server write in between, and
// the clock jumps. Whatever happens, the promises hold, each session ends, and running the jobs once
// more leads to the wished state.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "core/checksums.hpp"
#include "core/release/session.hpp"
#include "core/text.hpp"
#include "simulated_server.hpp"

namespace simulation {
namespace {

using core::Action;
using core::Ok;
using core::Result;
using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string commit_a(40, 'a');
const std::string commit_b(40, 'b');
constexpr int max_actions = 600;  // of one run

using Random = std::mt19937;
unsigned below(Random& random, unsigned limit) { return static_cast<unsigned>(random() % limit); }
bool chance(Random& random, unsigned percent) { return below(random, 100) < percent; }

/// A job of a workflow: what it brings, and what for.
struct Job {
  std::map<std::string, std::string> files;
  std::vector<std::string> required;
  bool checksums = false;
  bool long_notes = false;  ///< they leave no room for a record
  std::string commit = commit_a;
  std::optional<std::string> title;
};

core::Desired desired_of(const Job& job) {
  core::Desired desired;
  desired.tag = "v1";
  desired.target = job.commit;
  desired.name = job.title;
  desired.required = job.required;
  if (job.checksums) desired.checksums = {core::Algorithm::sha256};
  if (job.long_notes) desired.text = core::WishedText{std::string(core::notes_limit - 100, 'x')};
  for (const auto& [name, content] : job.files) {
    desired.files.push_back({name, name, content.size(), std::nullopt});
  }
  return desired;
}

/// What goes wrong, in percent of the requests.
struct Weather {
  unsigned lost_before = 0;  ///< it never arrives
  unsigned lost_after = 0;   ///< it is carried out, and the answer is lost
  unsigned late = 0;         ///< it is carried out after its sender has given up
  unsigned twice = 0;        ///< it is carried out twice
  unsigned overlap = 0;      ///< an edit reads the row long before it writes it
  unsigned killed = 0;       ///< of ten thousand actions: the run ends in the middle
};

class World;

/// One process that runs a job.
class Run {
 public:
  Run(World& world, const Job& job, unsigned seed);

  void advance();  ///< by one action, or half of one
  bool is_over() const { return killed || session.ended(); }
  bool is_right() const { return session.ended() && !session.error(); }

  const Job& job;
  core::Session session;
  bool killed = false;

 private:
  void take(const Action& action, const Result& result);
  Result carry_out(const Action& action);
  Result write(const Action& action);
  Result perform(const Action& action, bool late) const;
  std::string content_of(const core::UploadAsset& upload) const;

  World& world_;
  core::Step step_;
  std::size_t next_ = 0;
  int actions_ = 0;
  int idle_turns_ = 0;                ///< in which only the others go on
  std::optional<core::Release> row_;  ///< that an edit in progress has read
};

class World {
 public:
  World(Demands demands, Weather how, unsigned seed)
      : server(std::move(demands)), weather(how), random(seed) {}

  Server server;
  Weather weather;
  Random random;
  core::Time now = core::Time(std::chrono::hours(1));
  std::vector<std::function<void()>> late;  ///< requests that are still under way

  void pass(milliseconds time) {
    now += time;
    server.clock = std::chrono::sys_seconds(
        std::chrono::duration_cast<seconds>(now.time_since_epoch()) + std::chrono::hours(480'000));
  }
  void let_one_arrive() {
    if (late.empty()) return;
    const std::size_t which = random() % late.size();
    const auto request = late[which];
    late.erase(late.begin() + static_cast<std::ptrdiff_t>(which));
    request();
  }
};

Run::Run(World& world, const Job& one, unsigned seed)
    : job(one),
      session(desired_of(one),
              [&] {
                core::SessionOptions options;
                options.built = {one.commit, false};
                options.retries = 4;
                options.seed = seed;
                return options;
              }()),
      world_(world) {}

void Run::advance() {
  if (is_over()) return;
  if (idle_turns_ > 0 && --idle_turns_ > 0) return;
  if (++actions_ > max_actions) {
    if (world_.server.fault.empty()) world_.server.fault = "a run does not end";
    killed = true;
    return;
  }
  if (below(world_.random, 10'000) < world_.weather.killed) {
    killed = true;
    world_.server.account.emplace_back("a run is killed");
    return;
  }
  if (next_ >= step_.now.size()) {
    step_ = session.next(world_.now);
    next_ = 0;
    return;
  }
  const Action action = step_.now[next_];
  const auto* edit = std::get_if<core::EditRelease>(&action);
  if (edit != nullptr && !row_ && chance(world_.random, world_.weather.overlap)) {
    row_ = world_.server.begin_edit();
    return;
  }
  take(action, carry_out(action));
}

void Run::take(const Action& action, const Result& result) {
  row_.reset();
  ++next_;
  if (!session.done(action, result, world_.now)) next_ = step_.now.size();
}

std::string Run::content_of(const core::UploadAsset& upload) const {
  return upload.content ? *upload.content : job.files.at(upload.name);
}

Result Run::carry_out(const Action& action) {
  Server& server = world_.server;
  Ok ok;
  ok.server_time = server.clock;
  if (const auto* wait = std::get_if<core::Wait>(&action)) {
    world_.pass(wait->time);
    if (wait->time >= seconds(2)) idle_turns_ = 40;  // what others have begun comes to its end
    return ok;
  }
  if (core::is_write(action)) return write(action);
  if (std::holds_alternative<core::Look>(action)) {
    ok.release = server.release;
  } else if (std::holds_alternative<core::ConfirmTag>(action)) {
    if (server.tag_commit) ok.tag = core::Tag{"v1", *server.tag_commit};
  } else if (const auto* target = std::get_if<core::ResolveTarget>(&action)) {
    ok.text = target->target;
  } else if (const auto* hash = std::get_if<core::HashFile>(&action)) {
    ok.digests[core::Algorithm::sha256] = core::digest_of(job.files.at(hash->name));
  } else if (const auto* read = std::get_if<core::ReadAsset>(&action)) {
    const auto there = server.contents.find(read->asset.id);
    if (server.is_readable && there != server.contents.end()) {
      ok.digests[core::Algorithm::sha256] = core::digest_of(there->second);
    }
  } else if (const auto* file = std::get_if<core::ReadChecksums>(&action)) {
    if (server.is_readable) ok.text = server.contents.at(file->asset.id);
  }
  return ok;
}

Result Run::write(const Action& action) {
  const Weather& weather = world_.weather;
  core::Unknown unknown{core::Error(core::Fault::uncertain, "no answer came")};
  if (const auto* upload = std::get_if<core::UploadAsset>(&action)) {
    unknown.digests[core::Algorithm::sha256] = core::digest_of(content_of(*upload));
  }
  const unsigned dice = below(world_.random, 100);
  if (dice < weather.lost_before) return unknown;
  if (dice < weather.lost_before + weather.lost_after) {
    perform(action, false);
    return unknown;
  }
  if (dice < weather.lost_before + weather.lost_after + weather.late) {
    world_.late.emplace_back([run = *this, action] { run.perform(action, true); });
    return unknown;
  }
  const Result result = perform(action, false);
  if (chance(world_.random, weather.twice)) {
    const Result second = perform(action, true);
    if (chance(world_.random, 50)) return second;
  }
  return result;
}

Result Run::perform(const Action& action, bool late) const {
  Server& server = world_.server;
  const auto lost = [](const char* why) {
    return core::Unknown{core::Error(core::Fault::uncertain, why)};
  };
  Ok ok;
  if (const auto* create = std::get_if<core::CreateRelease>(&action)) {
    ok.release = server.create(*create);
    if (!ok.release) return lost("409");
    return ok;
  }
  if (std::holds_alternative<core::CreateTag>(action)) return ok;
  if (!server.release) return lost("404");
  if (const auto* upload = std::get_if<core::UploadAsset>(&action)) {
    ok.asset = server.upload(upload->name, content_of(*upload), late);
    ok.digests[core::Algorithm::sha256] = core::digest_of(content_of(*upload));
  } else if (const auto* note = std::get_if<core::NoteDigest>(&action)) {
    if (!server.takes_entries) return core::Refused{core::Error(core::Fault::workflow, "400")};
    ok.asset = server.upload(core::entry_name(note->asset, note->sha256), "", late);
  } else if (const auto* gone = std::get_if<core::DeleteAsset>(&action)) {
    server.remove(gone->asset.id);
  } else if (const auto* edit = std::get_if<core::EditRelease>(&action)) {
    const core::Release row = row_ && !late ? *row_ : server.begin_edit();
    ok.release = server.finish_edit(row, *edit, late);
  }
  return ok;
}

// --- what else happens ---

struct Scene {
  std::vector<Job> jobs;
  Weather weather;
  bool people = false;     ///< somebody writes as well
  bool moves_tag = false;  ///< to the other commit
};

void somebody_writes(World& world, Random& random) {
  Server& server = world.server;
  if (!server.release) return;
  core::EditRelease edit;
  edit.changes = {"by a person"};
  if (below(random, 2) == 0) {
    edit.name = "A person's title";
  } else {
    edit.prerelease = !server.release->prerelease;
  }
  server.finish_edit(server.begin_edit(), edit, true);
}

Scene make_scene(Random& random) {
  Scene scene;
  const std::size_t count = 1 + below(random, 4);
  const bool fan_in = chance(random, 60);
  const bool checksums = chance(random, 60);
  const bool two_commits = chance(random, 15);
  for (std::size_t i = 0; i < count; ++i) {
    Job job;
    job.files["f" + std::to_string(i)] = chance(random, 50) ? "beef" : "cafe";
    if (chance(random, 30)) job.files["shared"] = chance(random, 60) ? "same" : "othr";
    if (chance(random, 20)) job.title = "Title " + std::to_string(chance(random, 80) ? 0 : i);
    job.checksums = checksums;
    if (two_commits && i % 2 == 1) job.commit = commit_b;
    scene.jobs.push_back(job);
  }
  if (fan_in) {
    for (Job& job : scene.jobs) {
      for (std::size_t i = 0; i < count; ++i) job.required.push_back("f" + std::to_string(i));
    }
  }
  if (chance(random, 70)) {
    scene.weather.lost_before = below(random, 8);
    scene.weather.lost_after = below(random, 12);
    scene.weather.late = below(random, 8);
    scene.weather.twice = below(random, 6);
    scene.weather.overlap = below(random, 50);
    scene.weather.killed = below(random, 200);
  }
  scene.people = chance(random, 20);
  const bool long_notes = chance(random, 10);
  for (Job& job : scene.jobs) job.long_notes = long_notes;
  return scene;
}

/// Runs the jobs one after the other, with nothing going wrong.
void run_again(World& world, const std::vector<Job>& jobs,
               std::vector<std::unique_ptr<Run>>& runs) {
  world.weather = {};
  runs.clear();
  for (const Job& job : jobs) {
    runs.push_back(std::make_unique<Run>(world, job, 7));
    while (!runs.back()->is_over()) runs.back()->advance();
  }
}

/// What is wrong with the end, after the jobs of the tag's commit were run again.
std::string fault_of_end(const World& world, const std::vector<Job>& jobs) {
  const Server& server = world.server;
  if (!server.release) return "there is no release";
  if (server.release->draft) return "it is a draft";
  const std::string wrong = server.fault_in_public();
  if (!wrong.empty()) return wrong;
  std::map<std::string, std::set<std::string>> brought;
  bool checksums = false;
  for (const Job& job : jobs) {
    checksums = checksums || job.checksums;
    for (const auto& [name, content] : job.files) brought[name].insert(content);
  }
  const core::Notes notes = core::parse_notes(server.release->body, true);
  for (const auto& [name, contents] : brought) {
    const auto have = server.named(name);
    if (have.size() != 1) return fmt::format("{} is there {} times", name, have.size());
    if (!contents.contains(server.contents.at(have[0].id))) return name + " has another content";
    const bool is_recorded = notes.record.contains(have[0].id);
    if (!is_recorded && !jobs[0].long_notes) return name + " is not recorded";
  }
  for (const core::Asset& asset : server.release->assets) {
    if (!brought.contains(asset.name) && asset.name != "SHA256SUMS") return "left: " + asset.name;
  }
  return checksums ? server.fault_in_checksums(server.all_can_be_told) : "";
}

struct Outcome {
  std::string fault;
  std::string account;
};

/// Jobs that wish different things each have their way in turn.
bool has_contest(const std::vector<Job>& jobs) {
  std::map<std::string, std::set<std::string>> brought;
  for (const Job& job : jobs) {
    for (const auto& [name, content] : job.files) brought[name].insert(content);
  }
  const bool titles = std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) {
    return job.title && job.title != jobs[0].title;
  });
  return titles || std::any_of(brought.begin(), brought.end(),
                               [](const auto& entry) { return entry.second.size() > 1; });
}

std::string words_of(const Scene& scene, const Server& server) {
  const Job& first = scene.jobs[0];
  return fmt::format("{} jobs{}{}{}{}{}{}", scene.jobs.size(),
                     first.required.empty() ? "" : ", one set", first.checksums ? ", sums" : "",
                     first.long_notes ? ", long notes" : "", server.tag_commit ? ", a tag" : "",
                     server.is_readable ? "" : ", nothing can be read",
                     server.takes_entries ? "" : ", no entries");
}

Outcome play(unsigned seed) {
  Random random(seed);
  const Scene scene = make_scene(random);
  World world({scene.jobs[0].required, scene.jobs[0].checksums}, scene.weather, seed + 1);
  Server& server = world.server;
  world.pass(milliseconds(1));
  const bool tag_is_there = chance(random, 60);
  if (tag_is_there) server.tag_commit = commit_a;
  server.table_is_behind = tag_is_there && chance(random, 30);
  server.is_readable = chance(random, 70);
  // Without entries and a record nobody could tell the others anything.
  server.takes_entries = chance(random, 90) || scene.jobs[0].long_notes;

  server.all_can_be_told = server.is_readable || !scene.jobs[0].long_notes;
  server.account.push_back(words_of(scene, server));

  std::vector<std::unique_ptr<Run>> runs;
  for (const Job& job : scene.jobs) {
    if (server.tag_commit && job.commit != commit_a) continue;
    runs.push_back(std::make_unique<Run>(world, job, static_cast<unsigned>(random())));
  }
  const auto is_over = [](const std::unique_ptr<Run>& run) { return run->is_over(); };
  while (!std::all_of(runs.begin(), runs.end(), is_over)) {
    runs[random() % runs.size()]->advance();
    world.pass(milliseconds(below(random, 40)));
    if (chance(random, 1)) {  // a machine was suspended: others may take its run for dead
      world.pass(seconds(below(random, 90)));
      server.has_silent_runs = true;
      server.account.emplace_back("a machine was suspended");
    }
    if (chance(random, 4)) world.let_one_arrive();
    if (server.table_is_behind && server.release && chance(random, 4)) server.flip();
    if (scene.people && chance(random, 1)) somebody_writes(world, random);
  }
  // All that is still under way arrives now, before or after some of the jobs are run again.
  server.table_is_behind = false;
  while (!world.late.empty()) world.let_one_arrive();
  const std::string winner = server.tag_commit.value_or(scene.jobs[0].commit);
  std::vector<Job> jobs;
  for (const Job& job : scene.jobs) {
    if (job.commit == winner) jobs.push_back(job);
  }
  world.pass(seconds(120));
  const bool set_is_whole = jobs.size() == scene.jobs.size() || scene.jobs[0].required.empty();
  server.account.emplace_back("--- again");
  if (server.fault.empty() && set_is_whole) {
    run_again(world, jobs, runs);
    run_again(world, jobs, runs);
    const auto right = [](const std::unique_ptr<Run>& run) { return run->is_right(); };
    if (!std::all_of(runs.begin(), runs.end(), right)) server.fault = "a second run failed";
    if (server.fault.empty()) server.fault = fault_of_end(world, jobs);
    server.account.emplace_back("--- and again");
    if (server.fault.empty() && !has_contest(jobs)) {
      run_again(world, jobs, runs);
      for (const auto& run : runs) {
        if (run->session.wrote()) server.fault = "a run that finds all in place writes";
      }
    }
  }
  return {server.fault, core::join(server.account, "\n")};
}

unsigned number_from(const char* variable, unsigned usual) {
  const char* text = std::getenv(variable);
  return text == nullptr ? usual : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace

TEST_CASE("whatever happens to its requests, a run keeps the promises and ends as wished") {
  const unsigned first = number_from("SESSION_SEED", 0);
  const unsigned count = number_from("SESSION_HISTORIES", 2'000);
  std::map<std::string, std::vector<unsigned>> seeds;  // by fault
  std::map<std::string, std::string> accounts;         // of the first of each
  for (unsigned seed = first; seed < first + count; ++seed) {
    const Outcome outcome = play(seed);
    if (outcome.fault.empty()) continue;
    seeds[outcome.fault].push_back(seed);
    accounts.try_emplace(outcome.fault, outcome.account);
  }
  for (const auto& [fault, of_fault] : seeds) {
    UNSCOPED_INFO(of_fault.size() << " times: " << fault
                                  << ", first with SESSION_SEED=" << of_fault.front() << "\n"
                                  << accounts[fault]);
  }
  CHECK(seeds.empty());
}

}  // namespace simulation
