// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace core {

/// Collects the errors in the inputs, so that all are reported together, each once.
class Problems {
 public:
  void add(const std::string& message, const std::string& hint = {}) {
    const std::string whole = hint.empty() ? message : message + ". " + hint;
    if (known_.insert(whole).second) list_.push_back(whole);
  }
  bool empty() const { return list_.empty(); }
  const std::vector<std::string>& list() const { return list_; }

  /// Throws one Error (workflow) with a line for each problem, if there are any.
  void throw_if_any() const {
    if (list_.empty()) return;
    std::string all;
    for (const std::string& problem : list_) all += (all.empty() ? "" : "\n") + problem;
    throw Error(Fault::workflow, all);
  }

  /// Runs `work`, and adds an Error that it throws to the problems.
  template <typename Work>
  void collect(Work&& work) {
    try {
      std::forward<Work>(work)();
    } catch (const Error& error) {
      add(error.message, error.hint);
    }
  }

 private:
  std::vector<std::string> list_;
  std::set<std::string>
      /// The same as a set, for speed: a file from a pull request can contain thousands of errors
      known_;
};

}  // namespace core
