// SPDX-License-Identifier: MIT
#include "units/core/release/driven.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/text/text.hpp"

namespace driven {
namespace {

using core::Action;
using core::Ok;
using std::chrono::milliseconds;

struct Words {
  std::string operator()(const core::ReadRelease&) const { return "look"; }
  std::string operator()(const core::ConfirmTag&) const { return "tag"; }
  std::string operator()(const core::ResolveTarget&) const { return "resolve"; }
  std::string operator()(const core::GenerateNotes&) const { return "generate"; }
  std::string operator()(const core::HashFile& a) const { return "hash " + a.name; }
  std::string operator()(const core::ReadAsset& a) const {
    return fmt::format("read {}", a.asset.id);
  }
  std::string operator()(const core::ReadChecksums&) const { return "read sums"; }
  std::string operator()(const core::Wait&) const { return "wait"; }
  std::string operator()(const core::CreateTag&) const { return "create tag"; }
  std::string operator()(const core::CreateRelease& a) const {
    return a.draft ? "create draft" : "create";
  }
  std::string operator()(const core::UploadAsset& a) const { return "upload " + a.name; }
  std::string operator()(const core::DeleteAsset& a) const {
    return fmt::format("delete {}", a.asset.id);
  }
  std::string operator()(const core::AnnounceDigest& a) const {
    return fmt::format("note {}", a.asset.id);
  }
  std::string operator()(const core::EditRelease& a) const {
    return "edit: " + core::join(a.changes, ", ");
  }
};

std::map<core::Algorithm, core::Digest> digests_of(const std::string& content) {
  std::map<core::Algorithm, core::Digest> digests;
  for (const core::Algorithm one :
       {core::Algorithm::sha256, core::Algorithm::sha512, core::Algorithm::md5}) {
    digests[one] = core::digest_of(content, one);
  }
  return digests;
}

}  // namespace

std::string words(const Action& action) { return std::visit(Words{}, action); }

void Server::has_release(bool draft, const std::optional<std::string>& mark) {
  release.emplace();
  release->id = 1;
  release->tag = "v1";
  release->name = "v1";
  release->draft = draft;
  release->body = core::render_notes({"Notes", mark, {}}, {});
  release->html_url = "https://git.example.org/releases/tag/v1";
}

core::Asset Server::add(const std::string& name, const std::string& content) {
  const std::uint64_t id = next_id++;
  core::Asset asset{id, name, content.size(), fmt::format("uuid{:04}-tail", id), ""};
  asset.created = clock;
  release->assets.push_back(asset);
  contents[id] = content;
  return asset;
}

void Server::record(const std::vector<std::string>& names) {
  core::Notes notes = core::parse_notes(release->body, !release->draft);
  for (const core::Asset& asset : release->assets) {
    if (std::find(names.begin(), names.end(), asset.name) == names.end()) continue;
    notes.record[asset.id] = core::record_entry(asset, core::digest_of(contents[asset.id]));
  }
  release->body = core::render_notes(notes, release->assets);
}

Ok Server::created(const core::CreateRelease& create) {
  Ok ok;
  has_release(create.draft, {});
  release->name = create.name;
  release->body = create.body;
  release->prerelease = create.prerelease;
  release->target = branch.empty() ? create.target : branch;
  if (!create.draft) publish();
  ok.release = release;
  return ok;
}

void Server::publish() {
  if (!tag) tag_at(release->target.empty() ? head : release->target);
}

Ok Server::edited(const core::EditRelease& edit) {
  if (edit.name) release->name = *edit.name;
  if (edit.body) release->body = *edit.body;
  if (edit.draft) release->draft = *edit.draft;
  if (edit.prerelease) release->prerelease = *edit.prerelease;
  if (edit.target) release->target = *edit.target;
  if (!release->draft) publish();
  Ok ok;
  ok.release = release;
  return ok;
}

Ok Server::answer(const Action& action) {
  Ok ok;
  if (std::holds_alternative<core::ReadRelease>(action)) {
    ok.release = release;
    ok.server_time = clock;
  } else if (std::holds_alternative<core::ConfirmTag>(action)) {
    ok.tag = tag;
  } else if (const auto* resolve = std::get_if<core::ResolveTarget>(&action)) {
    ok.text = resolve->target.empty() ? head : resolve->target;
  } else if (const auto* generate = std::get_if<core::GenerateNotes>(&action)) {
    ok.text = "Made from " + generate->commit;
  } else if (const auto* hash = std::get_if<core::HashFile>(&action)) {
    const auto all = digests_of(files.at(hash->name));
    for (const core::Algorithm one : hash->algorithms) ok.digests[one] = all.at(one);
  } else if (const auto* read = std::get_if<core::ReadAsset>(&action)) {
    ok.digests = digests_of(contents.at(read->asset.id));
  } else if (const auto* sums = std::get_if<core::ReadChecksums>(&action)) {
    ok.text = contents.at(sums->asset.id);
  } else if (const auto* make = std::get_if<core::CreateTag>(&action)) {
    tag_at(make->target);
  } else if (const auto* create = std::get_if<core::CreateRelease>(&action)) {
    return created(*create);
  } else if (const auto* upload = std::get_if<core::UploadAsset>(&action)) {
    const std::string content = upload->content ? *upload->content : files.at(upload->name);
    ok.asset = add(upload->name, content);
    ok.digests = digests_of(content);
  } else if (const auto* gone = std::get_if<core::DeleteAsset>(&action)) {
    std::erase_if(release->assets, [&](const auto& one) { return one.id == gone->asset.id; });
  } else if (const auto* note = std::get_if<core::AnnounceDigest>(&action)) {
    ok.asset = add(core::announcement_name(note->asset, note->sha256, note->code), "");
  } else if (const auto* edit = std::get_if<core::EditRelease>(&action)) {
    return edited(*edit);
  }
  return ok;
}

Server server_with(const std::map<std::string, std::string>& files) {
  Server server;
  server.head = commit;
  server.files = files;
  return server;
}

Server tagged_server_with(const std::map<std::string, std::string>& files) {
  Server server = server_with(files);
  server.tag_at(commit);
  return server;
}

core::Desired desired_for(const Server& server, const std::vector<std::string>& names) {
  core::Desired desired;
  desired.tag = "v1";
  for (const std::string& name : names) {
    desired.files.push_back({name, "/ws/" + name, server.files.at(name).size(), {}});
  }
  return desired;
}

core::Unknown unanswered() {
  return {core::Error(core::Fault::uncertain, "no answer", "Look at the network."), {}};
}

core::Refused refused(int) { return {core::Error(core::Fault::workflow, "refused", "Change it.")}; }

Drive::Drive(Server& server, core::Desired desired, core::SessionOptions options)
    : server_(server), session_(std::move(desired), std::move(options)) {}

bool Drive::step() {
  last = session_.next(now_);
  warnings.insert(warnings.end(), last.warnings.begin(), last.warnings.end());
  for (const Action& action : last.now) {
    if (!carry_out(action)) break;
  }
  return !session_.ended();
}

void Drive::run() {
  constexpr int most_steps = 500;
  for (int i = 0; i < most_steps; ++i) {
    if (!step()) return;
  }
  FAIL("the session does not end");
}

Lines Drive::dry_run() {
  Lines result;
  while (!session_.ended()) {
    last = session_.next(now_);
    warnings.insert(warnings.end(), last.warnings.begin(), last.warnings.end());
    if (!last.only_asks()) {
      for (const Action& action : last.forecast) result.push_back(words(action));
      return result;
    }
    for (const Action& action : last.now) {
      if (!carry_out(action)) break;
    }
  }
  return result;
}

bool Drive::carry_out(const Action& action) {
  const auto* wait = std::get_if<core::Wait>(&action);
  const milliseconds time = wait != nullptr ? wait->time : request_time;
  now_ += time;
  server_.clock =
      Server::begin + std::chrono::duration_cast<std::chrono::seconds>(now_.time_since_epoch());
  if (wait != nullptr) waited += time;
  const std::string word = words(action);
  const bool short_pause = wait != nullptr && wait->reason.empty();
  if (!short_pause && (wait == nullptr || log.empty() || log.back() != word)) log.push_back(word);
  auto answer = meets ? meets(action) : std::nullopt;
  return session_.done(action, answer ? *answer : server_.answer(action), now_);
}

std::string Drive::error() const {
  return session_.error() ? session_.error()->message : std::string();
}

bool Drive::has_warned(const std::string& part) const {
  return std::any_of(warnings.begin(), warnings.end(),
                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

Lines Drive::writes() const {
  Lines result;
  for (const std::string& word : log) {
    for (const char* verb : {"create", "upload", "delete", "note", "edit"}) {
      if (word.starts_with(verb)) result.push_back(word);
    }
  }
  return result;
}

std::size_t Drive::count(const std::string& word) const {
  return static_cast<std::size_t>(std::count(log.begin(), log.end(), word));
}

}  // namespace driven
