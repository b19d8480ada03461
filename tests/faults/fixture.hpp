// SPDX-License-Identifier: MIT
// The state before a run: a repository with a tag, possibly a release, and a job with files.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "support/expected_release.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace faults {

using Files = std::map<std::string, std::string>;  ///< name and content

class Fixture {
 public:
  Fixture(support::Server& server, const std::string& tag);

  support::Server& server;
  const std::string tag;
  const std::string commit;  ///< the head of main when the fixture was created
  support::Workspace job;

  /// The job has these files, and no others. They are expected, in addition to the existing assets.
  void bring(const Files& files);
  /// Replaces a file in the workspace by another build with the same size.
  void rebuild(const std::string& name);
  /// An existing asset that stays.
  void keep(const std::string& name, const std::string& content);
  /// A run of the job that must succeed.
  void publish();

  support::ExpectedRelease wanted;
  int unrecorded = 0;       ///< assets in the end that nobody has uploaded with a digest
  Files downloadable = {};  ///< before the run: always present, with this content or the new one
  std::set<std::string> marks;            ///< commits that a mark may name
  bool names_may_vanish = false;          ///< of a draft, when it is started over
  bool incomplete_may_be_public = false;  ///< another user's draft, when the server publishes it
  bool is_fan_in = false;                 ///< the job is one of a set of 'required_files'
  std::function<void(Fixture&)> run_others = {};  ///< in that set: runs the other jobs again
  std::string usual_warning;                      ///< a part of the warning that such a run prints

  /// The commit that the job has built.
  const std::string& built() const { return built_; }
  void build(const std::string& commit_sha);

 private:
  std::string built_;
};

/// To add a scenario, add a file: a function that creates the fixture, and a test case.
struct Scenario {
  std::string name;
  std::function<void(Fixture&)> prepare;
  bool has_tag = true;     ///< before the run
  bool is_public = false;  ///< likewise
  bool is_signed = false;
  /// Jobs for another commit are refused until all of them have run again, which is not simulated.
  bool keeps_its_commit = false;
};

/// As many bytes as `content`, all of them different: the file of another job, or of a later build.
std::string rival_of(std::string content);

/// `size` pseudo-random bytes, the same for the same `seed`.
std::string bytes(std::size_t size, unsigned seed);

}  // namespace faults
