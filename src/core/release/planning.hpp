// SPDX-License-Identifier: MIT
// The computation of one plan: the assessment of a snapshot, and the rules, each of which creates a
// step if it applies. Used only by the files plan*.cpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/release/assets.hpp"
#include "core/release/checksum_files.hpp"
#include "core/release/edit.hpp"
#include "core/release/plan.hpp"

namespace core {

class Planning {
 public:
  Planning(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
           const Waits& waits, Time now)
      : desired_(desired), snapshot_(snapshot), memory_(memory), waits_(waits), now_(now) {}

  Step run();

 private:
  // plan.cpp: the parts of a step
  void warn(const std::vector<std::string>& texts);
  void add_uploads(std::vector<Action>& actions, const std::vector<const LocalFile*>& files) const;
  static void add_deletes(std::vector<Action>& actions, const std::vector<Asset>& assets,
                          const char* reason);
  bool take(Rule rule, std::vector<Action> actions);
  bool wait(Rule rule, std::chrono::milliseconds time, std::string reason);
  void create();
  void add_last_actions(std::vector<Action>& actions, bool publishes) const;

  // plan_assess.cpp: the assessment of a snapshot
  void assess_release();
  void assess_difference();
  void choose_assets(const std::vector<Asset>& assets);
  std::vector<std::string> made_names(const std::vector<std::string>& assets) const;
  std::vector<std::string> with_made(std::vector<std::string> assets) const;
  std::optional<Digest> known(const Asset& asset) const;
  bool is_told(const Asset& asset) const;
  bool is_draft() const;
  bool was_read(const Asset& asset) const;
  bool is_held() const;
  bool is_passing() const;
  bool is_old(const Asset& asset) const;
  bool is_needed(const Asset& asset) const;
  bool checksums_tell_more() const;
  bool others_at_work() const;
  std::vector<Asset> announcements() const;

  // plan_filling.cpp: the rules from the draft to the last upload
  bool start_over();
  bool put_back();
  bool hash_files();
  bool read_back();
  void read_checksums(Algorithm algorithm, std::vector<Action>& actions) const;
  bool publish_first();
  bool upload();

  // plan_set.cpp: the rules of 'required_files'
  std::vector<Memory::Sent> unannounced() const;
  int announcements_of(const Asset& asset) const;
  bool announce_digests();
  std::optional<EditRelease> announced_in_notes(const std::vector<Memory::Sent>& own) const;
  bool wait_for_files();
  bool yield();
  bool read_others();
  bool wait_for_digest();
  bool wait_for_unknown();

  // plan_signing.cpp: the rules for signed releases
  bool refuse(Error error);
  bool refuse_draft(Error error);
  bool is_for_key() const;
  bool lacks_signature() const;
  bool keeps_sums() const;
  bool is_absent();
  bool is_of_other_commit();
  bool compare_files();
  bool keep_signed();
  bool keep_sums();
  bool check_kept();
  bool check_payloads();
  std::vector<std::string> unvouched() const;
  bool read_signed_sums();
  bool check_signing();
  bool wait_for_key();

  // plan_publishing.cpp: the last rules
  bool write_checksums();
  bool tidy();
  std::vector<Asset> replaced_in_set() const;
  bool confirm_tag();
  bool edit();
  bool tidy_public();
  bool watch();
  void close();
  void warn_of_other_checksum_files();

  // plan_forecast.cpp: the output of a dry run
  std::vector<Action> forecast() const;
  void add_made_later(std::vector<Action>& actions) const;
  std::vector<std::string> own_names() const;
  std::vector<std::string> sections_made_later() const;

  static constexpr std::chrono::milliseconds watch_interval{1000};

  const Desired& desired_;
  const Snapshot& snapshot_;
  const Memory& memory_;
  const Waits& waits_;
  const Time now_;

  bool marked_ = false;
  bool being_filled_ = false;  ///< a draft, or one that the server has published too early
  bool fan_in_ = false;
  AssetState assets_;
  std::vector<Asset> counting_;  ///< for each name, the asset that stays
  std::vector<Asset>
      /// With a higher id than one of `counting_`, but never announced: to delete
      untold_by_anybody_;
  std::vector<Asset> unknown_;    ///< those of `counting_` whose content is unknown
  ChecksumFiles checksum_files_;  ///< empty if a file that could not be read lists more digests
  AssetState made_;               ///< the assessment of the checksum files
  Edit difference_;               ///< everything that differs from the desired state
  Step step_;
};

}  // namespace core
