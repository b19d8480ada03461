// SPDX-License-Identifier: MIT
// The plan against a small server in memory: whatever it begins with, and
// wherever each step breaks off, looking and planning again leads to the wished
// end, and nothing is lost on the way.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>
#include <set>

#include "core/checksums.hpp"
#include "core/release/assets.hpp"
#include "core/release/plan.hpp"
#include "core/sections.hpp"

namespace {

using core::Asset;
using core::Desired;
using core::digest_of;
using core::Memory;
using core::Observed;
using core::Overwrite;
using core::Release;

const std::string commit(40, '1');
const std::string other_commit(40, '2');
constexpr int most_rounds = 12;

using Random = std::mt19937;
bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

bool is_sums(const std::string& name) { return core::is_sums_name(name); }

struct World {
  std::optional<Release> release;
  std::map<std::uint64_t, std::string> contents;  ///< by asset id
  std::uint64_t next_id = 100;

  Asset add(const std::string& name, const std::string& content) {
    const std::uint64_t id = next_id++;
    Asset asset{id, name, content.size(), "uuid" + std::to_string(1000 + id) + "-tail", ""};
    release->assets.push_back(asset);
    contents[id] = content;
    return asset;
  }
  bool has(const std::string& name) const {
    return !core::AssetsByName(*release).named(name).empty();
  }
};

struct Case {
  World world;
  Desired desired;
  std::map<std::string, std::string> contents;  ///< of the wished files
  bool server_flips = false;  ///< the server turns the marked draft public once, soon
};

void add_assets(Random& random, Case& one, core::Record& record) {
  for (const char* name : {"f0", "f1", "f2", "foreign", "foreign2"}) {
    for (auto copies = random() % 3; copies > 0; --copies) {
      const bool same = one.contents.contains(name) && chance(random, 50);
      const Asset asset = one.world.add(name, same ? one.contents[name] : "dead");
      if (!chance(random, 60)) continue;
      record[asset.id] = core::record_entry(asset, digest_of(one.world.contents[asset.id]));
      if (chance(random, 10)) record[asset.id].uuid = "reused00";  // of an earlier database
    }
  }
}

Case make_case(Random& random) {
  Case one;
  Desired& desired = one.desired;
  desired.tag = "v1";
  desired.target = commit;
  for (const char* name : {"f0", "f1", "f2"}) {
    if (!chance(random, 65)) continue;
    one.contents[name] = chance(random, 50) ? "beef" : "cafe";
    desired.files.push_back({name, name, 4, std::nullopt});
  }
  if (chance(random, 30)) desired.name = chance(random, 50) ? "Title" : "Old title";
  if (chance(random, 40)) {
    desired.text = core::WishedText{"Text", chance(random, 40), chance(random, 20)};
  }
  if (chance(random, 40)) desired.draft = chance(random, 50);
  if (chance(random, 30)) desired.prerelease = chance(random, 50);
  desired.upload_before_publish = !chance(random, 15);
  if (chance(random, 15)) desired.overwrite = Overwrite::keep;
  desired.remove_others = chance(random, 10);
  desired.edit_for_record_alone = !chance(random, 15);
  if (chance(random, 40)) desired.checksums.push_back(core::Algorithm::sha256);
  if (chance(random, 30)) desired.downloads.emplace();
  if (chance(random, 30)) desired.generated = "Made from commits.";
  if (chance(random, 40) && desired.upload_before_publish) {
    for (const char* pattern : {"f0", "f?", "foreign*", "never"}) {
      if (chance(random, 25)) desired.required.emplace_back(pattern);
    }
  }
  if (chance(random, 15)) return one;

  Release release;
  release.id = 1;
  release.tag = "v1";
  release.name = "Old title";
  release.draft = chance(random, 50);
  release.prerelease = chance(random, 30);
  one.world.release = release;
  core::Notes notes;
  notes.text = chance(random, 30) ? "" : chance(random, 30) ? "Old\n\nText" : "Old";
  if (chance(random, 60)) notes.mark = chance(random, 80) ? commit : other_commit;
  add_assets(random, one, notes.record);
  one.world.release->body = render_notes(notes, one.world.release->assets);
  one.server_flips = release.draft && notes.mark == commit && chance(random, 25);
  return one;
}

/// The patterns of `required_files` that no asset matches.
std::vector<std::string> lacking(const Desired& desired, const Release& release) {
  std::vector<std::string> names;
  for (const Asset& asset : release.assets) names.push_back(asset.name);
  return core::unmatched(desired.required, names);
}

/// Whether SHA256SUMS has a true line for every asset that the record knows.
bool sums_are_right(const Release& release, const std::map<std::uint64_t, std::string>& contents) {
  const auto record = core::parse_notes(release.body).record;
  const auto have = core::AssetsByName(release).named("SHA256SUMS");
  std::string wanted;
  std::map<std::string, std::uint64_t> highest;
  for (const Asset& asset : release.assets) {
    if (!core::parse_entry(asset)) highest[asset.name] = std::max(highest[asset.name], asset.id);
  }
  for (const auto& [name, id] : highest) {
    if (!is_sums(name) && record.contains(id)) {
      wanted += digest_of(contents.at(id)) + "  " + name + "\n";
    }
  }
  return wanted.empty() || (!have.empty() && contents.at(have.back().id) == wanted);
}

/// One run, as `publish` does it, with every action checked against the
/// promises.
class Run {
 public:
  Run(Case& one, Random& random) : one_(one), world_(one.world), random_(random) { begin(); }

  std::string fault;  ///< the first promise that was broken; empty for none
  bool wrote = false;

  /// Plans until nothing is left. With `breaks_off` the first rounds end
  /// anywhere, and some of them are killed: the next one begins with an empty
  /// memory.
  void go(bool breaks_off) {
    for (int round = 1; round <= most_rounds; ++round) {
      if (one_.server_flips && round == 2 && memory_.watching) flip();
      const Observed look = this->look();
      const core::Plan plan = core::plan(one_.desired, look, memory_);
      if (plan.actions.empty()) {
        if (!memory_.watching) return;
        memory_.watching = false;  // its time is over
        continue;
      }
      std::size_t count = core::first_step(plan.actions);
      if (count == 0 || count > plan.actions.size()) return fail("first_step is out of range");
      if (breaks_off && round <= 4) count = random_() % (count + 1);
      for (std::size_t i = 0; i < count; ++i) apply(plan.actions[i], plan, look);
      if (plan.starts_over) memory_.sent.clear();
      if (breaks_off && round <= 4 && chance(random_, 25)) begin();
    }
    fail("it does not come to an end");
  }

 private:
  void begin() {
    memory_ = {};
    memory_.commit = commit;
    memory_.tag_exists = true;
    memory_.watching = one_.server_flips;
    for (core::LocalFile& file : one_.desired.files) file.sha256.reset();
  }

  void fail(const std::string& what) {
    if (fault.empty()) fault = what;
  }

  void flip() {
    if (world_.release && world_.release->draft) world_.release->draft = false;
  }

  Observed look() {
    const Observed look = core::observed(world_.release);
    for (core::LocalFile* file : without_needed_digest(one_.desired.files, look, memory_)) {
      file->sha256 = digest_of(one_.contents[file->name]);
    }
    core::remember(memory_, one_.desired, look);
    return look;
  }

  bool all_files_there() const {
    for (const core::LocalFile& file : one_.desired.files) {
      const auto have = core::AssetsByName(*world_.release).named(file.name);
      if (have.empty()) return false;
      const bool right = world_.contents.at(have.back().id) == one_.contents.at(file.name);
      if (!right && one_.desired.overwrite != Overwrite::keep) return false;
    }
    return true;
  }

  void apply(const core::Action& action, const core::Plan& plan, const Observed& look) {
    wrote = true;
    if (const auto* create = std::get_if<core::CreateRelease>(&action)) {
      if (world_.release) return fail("a second release");
      world_.release =
          Release{1,  "v1", "", create->name, create->body, create->draft, create->prerelease, "",
                  "", "",   {}};
      memory_.name_settled = memory_.text_settled = memory_.prerelease_settled = true;
      core::remember(memory_, one_.desired, core::observed(world_.release));
    } else if (const auto* upload = std::get_if<core::UploadAsset>(&action)) {
      const std::string content = upload->content.value_or(one_.contents[upload->name]);
      if (upload->content) ++memory_.made[upload->name];
      memory_.sent[upload->name] = {world_.add(upload->name, content), digest_of(content)};
    } else if (const auto* note = std::get_if<core::NoteDigest>(&action)) {
      if (one_.desired.required.empty()) return fail("noted a digest for nobody");
      world_.add(core::entry_name(note->asset, note->sha256), "");
    } else if (const auto* gone = std::get_if<core::DeleteAsset>(&action)) {
      remove(*gone, plan, look);
    } else if (const auto* change = std::get_if<core::EditRelease>(&action)) {
      edit(*change, plan, look);
    } else {
      fail("a tag is made that is there");
    }
  }

  void remove(const core::DeleteAsset& gone, const core::Plan& plan, const Observed& look) {
    const std::string& name = gone.asset.name;
    std::erase_if(world_.release->assets, [&](const Asset& a) { return a.id == gone.asset.id; });
    if (plan.starts_over || gone.asset.id <= look.notes.outdated_up_to) return;
    if (const auto entry = core::parse_entry(gone.asset)) {
      const auto record = core::parse_notes(world_.release->body).record;
      const bool useless = assets_with(entry->of) == 0;
      if (!useless && !record.contains(entry->of)) fail("an entry was deleted before it was used");
      return;
    }
    if (!one_.contents.contains(name) && !is_sums(name)) {
      if (!one_.desired.remove_others) fail("a foreign asset was deleted");
      return;
    }
    const auto left = core::AssetsByName(*world_.release).named(name);
    if (left.empty() || left.back().id < gone.asset.id) {
      return fail("deleted before its replacement was there");
    }
    if (!is_sums(name) && world_.contents.at(left.back().id) != one_.contents.at(name)) {
      fail("deleted for something that is not ours");
    }
  }

  void edit(const core::EditRelease& change, const core::Plan& plan, const Observed& look) {
    Release& release = *world_.release;
    const bool was_draft = release.draft;
    const auto old_mark = core::parse_notes(release.body).mark;
    if (!change.name && !change.body && !change.draft && !change.prerelease) {
      return fail("an edit that changes nothing");
    }
    for (const std::string& name : change.entries) ++memory_.sent.at(name).entry_writes;
    if (change.name) release.name = *change.name;
    if (change.body) release.body = *change.body;
    if (change.draft) release.draft = *change.draft;
    if (change.prerelease) release.prerelease = *change.prerelease;
    const auto mark = core::parse_notes(release.body).mark;

    const bool touches = release.draft != was_draft || mark != old_mark;
    if (touches && !(change.draft && change.body)) fail("flag and mark in two edits");
    if (change.body && !was_draft && !change.draft)
      fail("notes of a public release without its flag");
    if (release.draft && !was_draft) {
      if (!old_mark) fail("a published release was hidden");
      memory_.watching = false;
    }
    const bool finishes = !release.draft && (was_draft || old_mark);
    if (finishes && one_.desired.upload_before_publish && !all_files_there()) {
      fail("published before all files were there");
    }
    if (finishes && !lacking(one_.desired, release).empty()) {
      fail("published before the set was complete");
    }
    if (finishes && one_.desired.upload_before_publish && one_.desired.checksums.size() == 1 &&
        !sums_are_right(release, world_.contents)) {
      fail("published before the sums were right");
    }
    if (finishes && was_draft && !old_mark && one_.desired.draft != false) {
      fail("the user's own draft was published");
    }
    if (plan.starts_over && look.notes.mark == commit) fail("started over for its own commit");
  }

  std::size_t assets_with(std::uint64_t id) const {
    const auto& assets = world_.release->assets;
    return static_cast<std::size_t>(std::count_if(
        assets.begin(), assets.end(), [id](const Asset& asset) { return asset.id == id; }));
  }

  Case& one_;
  World& world_;
  Random& random_;
  Memory memory_;
};

/// What is wrong with the end of a run; "" for nothing.
std::string fault_of_end(const Case& before, const Case& after) {
  const Desired& desired = after.desired;
  const Release& release = *after.world.release;
  const core::Notes notes = core::parse_notes(release.body);
  const bool waits = !lacking(desired, release).empty();
  const auto& start = before.world.release;
  const auto old_mark = start ? core::parse_notes(start->body).mark : std::nullopt;
  const bool own_draft = start && start->draft && !old_mark;
  const bool published = start && !start->draft && !old_mark;
  const bool held = waits && (notes.mark || (own_draft && release.draft));
  if (notes.mark && !waits) return "the mark is still there";
  for (const core::LocalFile& file : desired.files) {
    const auto have = core::AssetsByName(release).named(file.name);
    if (have.empty()) return file.name + " is not there";
    if (desired.overwrite == Overwrite::keep) continue;
    if (have.size() != 1) return file.name + " is there more than once";
    if (after.world.contents.at(have[0].id) != after.contents.at(file.name)) return "other content";
    if (held) continue;
    if (desired.edit_for_record_alone && !notes.record.contains(have[0].id)) return "not recorded";
  }
  if (waits && (notes.mark || own_draft)) return "";
  const bool stays_draft =
      !published && (desired.draft == true || (own_draft && desired.draft != false));
  if (!before.server_flips && release.draft != stays_draft) {
    return stays_draft ? "published, but not wished" : "not published";
  }
  if (desired.name && release.name != *desired.name) return "another title";
  if (desired.prerelease && release.prerelease != *desired.prerelease) return "another prerelease";
  if (!start) return "";
  if (!desired.name && release.name != start->name) return "the title was touched";
  if (desired.checksums.size() == 1 && desired.edit_for_record_alone &&
      !sums_are_right(release, after.world.contents)) {
    return "the sums are wrong";
  }
  if (!desired.text &&
      core::user_text(notes.text) != core::user_text(core::parse_notes(start->body).text)) {
    return "notes were touched";
  }
  if (desired.generated && core::section(notes.text, core::Section::generated) != desired.generated)
    return "no generated notes";
  std::set<std::uint64_t> ids;
  for (const Asset& left : release.assets) ids.insert(left.id);
  for (const Asset& asset : start->assets) {
    if (old_mark == other_commit) {
      if (ids.contains(asset.id)) return "an asset of another commit is still there";
      continue;
    }
    if (before.contents.contains(asset.name)) continue;
    const bool goes = desired.remove_others && !core::is_required(desired.required, asset.name);
    if (ids.contains(asset.id) == goes) return "foreign assets are not as wished";
  }
  return "";
}

}  // namespace

TEST_CASE(
    "from any state, by any prefix of any plan, a run ends in the wished "
    "state") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    Case one = make_case(random);
    const Case before = one;
    Run run(one, random);
    run.go(seed % 2 == 1);
    INFO("seed " << seed);
    REQUIRE(run.fault == "");
    REQUIRE(fault_of_end(before, one) == "");
  }
}

TEST_CASE("an unchanged second run plans nothing") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    Random random(seed);
    Case one = make_case(random);
    one.desired.edit_for_record_alone = true;
    Run(one, random).go(false);
    one.server_flips = false;
    Run again(one, random);
    again.go(false);
    INFO("seed " << seed);
    REQUIRE(again.fault == "");
    REQUIRE_FALSE(again.wrote);
  }
}
