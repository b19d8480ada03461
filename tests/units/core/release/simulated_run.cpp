// SPDX-License-Identifier: MIT
#include "units/core/release/simulated_run.hpp"

namespace simulation {
namespace {

using core::Action;
using core::Ok;
using core::Result;
using std::chrono::seconds;

constexpr int max_actions = 600;  // of one run

core::Desired desired_of(const Job& job) {
  core::Desired desired;
  desired.tag = "v1";
  desired.target = job.commit;
  desired.name = job.title;
  desired.required = job.required;
  if (job.checksums) desired.checksums = {core::Algorithm::sha256};
  if (job.long_notes) desired.text = core::DesiredText{std::string(core::notes_limit - 100, 'x')};
  for (const auto& [name, content] : job.files) {
    desired.files.push_back({name, name, content.size(), std::nullopt});
  }
  return desired;
}

}  // namespace

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
  if (below(world_.random, 10'000) < world_.disturbances.killed) {
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
  if (edit != nullptr && !row_ && chance(world_.random, world_.disturbances.overlap)) {
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
    if (wait->time >= seconds(2)) idle_turns_ = 40;  // requests of others complete
    return ok;
  }
  if (core::is_write(action)) return write(action);
  if (std::holds_alternative<core::ReadRelease>(action)) {
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
  const Disturbances& disturbances = world_.disturbances;
  core::Unknown unknown{core::Error(core::Fault::uncertain, "no answer came")};
  if (const auto* upload = std::get_if<core::UploadAsset>(&action)) {
    unknown.digests[core::Algorithm::sha256] = core::digest_of(content_of(*upload));
  }
  const unsigned dice = below(world_.random, 100);
  if (dice < disturbances.lost_before) return unknown;
  if (dice < disturbances.lost_before + disturbances.lost_after) {
    perform(action, false);
    return unknown;
  }
  if (dice < disturbances.lost_before + disturbances.lost_after + disturbances.late) {
    world_.late.emplace_back([run = *this, action] { run.perform(action, true); });
    return unknown;
  }
  const Result result = perform(action, false);
  if (chance(world_.random, disturbances.twice)) {
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
  } else if (const auto* note = std::get_if<core::AnnounceDigest>(&action)) {
    if (!server.takes_entries) return core::Refused{core::Error(core::Fault::workflow, "400")};
    ok.asset = server.upload(core::announcement_name(note->asset, note->sha256), "", late);
  } else if (const auto* gone = std::get_if<core::DeleteAsset>(&action)) {
    server.remove(gone->asset.id);
  } else if (const auto* edit = std::get_if<core::EditRelease>(&action)) {
    const core::Release row = row_ && !late ? *row_ : server.begin_edit();
    ok.release = server.finish_edit(row, *edit, late);
  }
  return ok;
}

}  // namespace simulation
