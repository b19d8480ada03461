// SPDX-License-Identifier: MIT
// What stands before a run: a repository with a tag, perhaps a release, and a job that brings files.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "support/final.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace faults {

using Files = std::map<std::string, std::string>;  ///< name and content

class Scene {
 public:
  Scene(support::Server& server, const std::string& tag);

  support::Server& server;
  const std::string tag;
  const std::string commit;  ///< the head of main when the scene was set
  support::Workspace job;

  /// The job brings these, and no others. They are what is wanted, beside what is there already.
  void bring(const Files& files);
  /// Another build takes the place of a file in the workspace, with as many bytes.
  void rebuild(const std::string& name);
  /// An asset that is there and stays.
  void keep(const std::string& name, const std::string& content);
  /// A run of the job that has to succeed.
  void publish();

  support::Final wanted;
  int unrecorded = 0;  ///< assets in the end that nobody has uploaded with a digest
  Files downloadable =
      {};  ///< before the run: no moment without it, in this content or the new one
  std::set<std::string> marks;  ///< commits that a mark may name
  bool names_may_go = false;    ///< a draft's, when it is started over
  bool half_may_show = false;   ///< somebody else's draft, when the server publishes it
  bool is_fan_in = false;       ///< the job is one of a set of 'required_files'
  std::function<void(Scene&)> run_others = {};  ///< of that set: their jobs, once more
  std::string usual_warning;                    ///< a part of the one that such a run gives

  /// The commit that the job has built.
  const std::string& built() const { return built_; }
  void build(const std::string& commit_sha);

 private:
  std::string built_;
};

/// Adding one is one file: a function that sets the scene, and a test case.
struct Scenario {
  std::string name;
  std::function<void(Scene&)> prepare;
  bool has_tag = true;     ///< before the run
  bool is_public = false;  ///< the same
};

/// As many bytes as `content`, and all of them others: what another job, or a later build, brings.
std::string rival_of(std::string content);

/// `size` bytes that look like nothing, the same for the same `seed`.
std::string bytes(std::size_t size, unsigned seed);

}  // namespace faults
