// SPDX-License-Identifier: MIT
// Two runs for one tag, interleaved anywhere, each acting on what it saw before the other acted:
// they end in one public release with every asset once.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

#include "core/release/assets.hpp"
#include "core/release/plan.hpp"

namespace {

using core::Observed;

const std::string commit(40, '1');
constexpr int most_steps = 60;

struct World {
  std::optional<core::Release> release;
  std::map<std::uint64_t, core::Digest> contents;  ///< by asset id
  std::uint64_t next_id = 1;
  bool lost_a_name = false;
};

/// A run, one look or one carried-out step at a time.
class Run {
 public:
  Run(World& world, const std::vector<std::string>& names, char content) : world_(world) {
    desired.tag = "v1";
    desired.target = commit;
    for (const std::string& name : names) {
      desired.files.push_back({name, name, 4, core::Digest(64, content)});
    }
    memory_.commit = commit;
    memory_.tag_exists = true;
  }

  core::Desired desired;
  bool done = false;

  void next() {
    if (done) return;
    if (!planned_) {
      const Observed look = core::observed(world_.release);
      core::remember(memory_, desired, look);
      plan_ = core::plan(desired, look, memory_);
      done = plan_.actions.empty();
      planned_ = true;
      return;
    }
    planned_ = false;
    const std::size_t count = core::first_step(plan_.actions);
    for (std::size_t i = 0; i < count; ++i) {
      if (!apply(plan_.actions[i])) return;  // refused: the next look decides
    }
  }

 private:
  bool apply(const core::Action& action) {
    auto& release = world_.release;
    if (const auto* create = std::get_if<core::CreateRelease>(&action)) {
      if (release) return false;
      release.emplace();
      release->id = 1;
      release->tag = "v1";
      release->name = create->name;
      release->body = create->body;
      release->draft = create->draft;
      memory_.name_settled = memory_.text_settled = memory_.prerelease_settled = true;
    } else if (const auto* upload = std::get_if<core::UploadAsset>(&action)) {
      const std::uint64_t id = world_.next_id++;
      const core::Asset asset{id, upload->name, 4, "uuid" + std::to_string(1000 + id), ""};
      release->assets.push_back(asset);
      for (const core::LocalFile& file : desired.files) {
        if (file.name == upload->name) memory_.sent[file.name] = {asset, *file.sha256};
      }
      world_.contents[id] = memory_.sent[upload->name].sha256;
    } else if (const auto* gone = std::get_if<core::DeleteAsset>(&action)) {
      std::erase_if(release->assets, [&](const auto& a) { return a.id == gone->asset.id; });
      if (core::AssetsByName(*release).named(gone->asset.name).empty()) world_.lost_a_name = true;
    } else if (const auto* edit = std::get_if<core::EditRelease>(&action)) {
      for (const std::string& name : edit->entries) ++memory_.sent[name].entry_writes;
      if (edit->name) release->name = *edit->name;
      if (edit->body) release->body = *edit->body;
      if (edit->draft) release->draft = *edit->draft;
    }
    return true;
  }

  World& world_;
  core::Memory memory_;
  core::Plan plan_;
  bool planned_ = false;
};

void check_end(const World& world, const Run& one, const Run& two) {
  REQUIRE(one.done);
  REQUIRE(two.done);
  REQUIRE_FALSE(world.lost_a_name);
  const core::Notes notes = core::parse_notes(world.release->body);
  REQUIRE_FALSE(world.release->draft);
  REQUIRE_FALSE(notes.mark);
  for (const Run* run : {&one, &two}) {
    for (const core::LocalFile& file : run->desired.files) {
      const auto have = core::AssetsByName(*world.release).named(file.name);
      REQUIRE(have.size() == 1);
      const auto entry = notes.record.find(have[0].id);
      if (entry == notes.record.end()) continue;  // lost twice, let go: it is only sent again
      REQUIRE(entry->second.sha256 == world.contents.at(have[0].id));
    }
  }
}

}  // namespace

TEST_CASE("two runs with different or equal files end with every asset once, and none is lost") {
  const std::vector<std::vector<std::string>> lists = {
      {"a", "b"}, {"c"}, {"a"}, {}, {"b", "a", "c"}};
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random(seed);
    World world;
    Run one(world, lists[random() % lists.size()], 'a');
    Run two(world, lists[random() % lists.size()], random() % 2 == 0 ? 'a' : 'b');
    if (random() % 3 == 0) {
      one.desired.name = "One";
      two.desired.name = "Two";
      two.desired.text = core::WishedText{"Notes of two", random() % 2 == 0};
    }
    for (int i = 0; i < most_steps; ++i) (random() % 2 == 0 ? one : two).next();
    for (int i = 0; i < most_steps; ++i) one.next();
    for (int i = 0; i < most_steps; ++i) two.next();
    INFO("seed " << seed);
    check_end(world, one, two);
  }
}
