// SPDX-License-Identifier: MIT
// One plan in the making: what a look says, and the rules, each of which makes a step where it
// applies. Known to the files plan*.cpp only.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/release/assets.hpp"
#include "core/release/edit.hpp"
#include "core/release/plan.hpp"
#include "core/release/sums.hpp"

namespace core {

class Planning {
 public:
  Planning(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
           const Waits& waits, Time now)
      : desired_(desired), snapshot_(snapshot), memory_(memory), waits_(waits), now_(now) {}

  Step run();

 private:
  // plan.cpp: what a step is made of
  void warn(const std::vector<std::string>& texts);
  void add_uploads(std::vector<Action>& actions, const std::vector<const LocalFile*>& files) const;
  static void add_deletes(std::vector<Action>& actions, const std::vector<Asset>& assets,
                          const char* reason);
  bool take(Rule rule, std::vector<Action> actions);
  bool wait(Rule rule, std::chrono::milliseconds time, std::string reason);
  void create();

  // plan_look.cpp: what one look says
  void assess_release();
  void assess_wishes();
  void choose_assets(const std::vector<Asset>& assets);
  std::optional<Digest> known(const Asset& asset) const;
  bool is_told(const Asset& asset) const;
  bool is_draft() const;
  bool was_read(const Asset& asset) const;
  bool is_held() const;
  bool is_passing() const;
  bool is_old(const Asset& asset) const;
  bool is_needed(const Asset& asset) const;
  bool sums_tell_more() const;
  bool others_at_work() const;
  std::vector<Asset> entries() const;

  // plan_filling.cpp: the rules from the draft to the last upload
  bool start_over();
  bool put_back();
  bool hash_files();
  bool read_back();
  void read_sums(Algorithm algorithm, std::vector<Action>& actions) const;
  bool publish_first();
  bool upload();

  // plan_set.cpp: the rules of 'required_files'
  std::vector<const Memory::Sent*> untold() const;
  int tellings_of(const Asset& asset) const;
  bool tell_digests();
  std::optional<EditRelease> told_in_notes(const std::vector<const Memory::Sent*>& own) const;
  bool wait_for_files();
  bool yield();
  bool read_others();
  bool wait_for_digest();
  bool wait_for_unknown();

  // plan_publishing.cpp: the rules of what comes last
  bool write_checksums();
  bool tidy();
  std::vector<Asset> replaced_in_set() const;
  bool confirm_tag();
  bool edit();
  bool tidy_public();
  bool watch();
  void close();
  void warn_of_other_sums();

  // plan_forecast.cpp: what a dry run prints
  std::vector<Action> forecast() const;

  static constexpr std::chrono::milliseconds watch_interval{1000};

  const Desired& desired_;
  const Snapshot& snapshot_;
  const Memory& memory_;
  const Waits& waits_;
  const Time now_;

  bool marked_ = false;
  bool being_filled_ = false;  ///< a draft, or what the server has turned public
  bool fan_in_ = false;
  AssetState assets_;
  std::vector<Asset> counting_;           ///< of each name the asset that stays
  std::vector<Asset> untold_by_anybody_;  ///< above one of those, to delete
  std::vector<Asset> unknown_;            ///< of those, what nobody has told the content of
  SumsFiles sums_;                        ///< empty where a file that could not be read tells more
  AssetState made_;                       ///< of those
  Edit wish_;                             ///< all that differs
  Step step_;
};

}  // namespace core
