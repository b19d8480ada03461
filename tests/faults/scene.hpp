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
  std::string usual_warning;    ///< a part of the one that such a run gives
};

/// Adding one is one file: a function that sets the scene, and a test case.
struct Scenario {
  std::string name;
  std::function<void(Scene&)> prepare;
};

/// `size` bytes that look like nothing, the same for the same `seed`.
std::string bytes(std::size_t size, unsigned seed);

}  // namespace faults
