// SPDX-License-Identifier: MIT
// Finds the newest release for an installation or a download. Servers order releases by the date of the
// tagged commit, so that a recent back-port comes before the highest version. Here the version decides.
// This code has no side effects: the caller fetches and verifies.
//
//   NewestSearch search(candidates(releases, wanted), …);
//   while (const Candidate* one = search.next()) { … search.verified(manifest) or search.refused(why); }
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/release.hpp"
#include "core/update/channel.hpp"
#include "core/update/manifest.hpp"
#include "core/version/version.hpp"

namespace core {

struct Wanted {
  std::string prefix;  ///< the part of the tags before the version and its `v`: "app/"
  Channel channel = Channel::stable;
  bool signed_only = true;
  std::optional<Version> above = {};   ///< the current version
  std::vector<Version> unwanted = {};  ///< failed or skipped here
};

struct Candidate {
  Release release;
  Version version;
};

/// The releases to consider.
struct Candidates {
  std::vector<Candidate> ordered;   ///< the highest version first; of equal ones the latest created
  std::size_t without_version = 0;  ///< number of tags with the prefix but without a version
  std::vector<std::string> without_signature;  ///< tags of the other candidates
};

Candidates candidates(const std::vector<Release>& releases, const Wanted& wanted);

/// The installation that is to be updated.
struct Installation {
  std::string app;
  std::string platform;
  std::uint64_t launcher = 1;  ///< the format that it supports
  std::optional<Version> version;
};

class NewestSearch {
 public:
  /// This many failed verifications end the search: somebody may be manipulating the answers.
  static constexpr std::size_t most_refused = 5;

  /// `installation`: nullopt for a download, which needs no update.json. `withdrawn`: versions that
  /// earlier searches found withdrawn.
  NewestSearch(std::vector<Candidate> ordered, std::optional<Installation> installation,
               std::vector<Version> withdrawn = {});

  /// The candidate to verify next; nullptr once the search has ended.
  const Candidate* next() const;

  /// Call it if the signature and the digest of update.json, if any, were right.
  void verified(const std::optional<Manifest>& manifest);
  /// Call it if verification failed. `why` is one line.
  void refused(const std::string& why);

  const Candidate* found() const { return found_ ? &ordered_[at_] : nullptr; }
  /// The found one, and all candidates below it; empty if none was found.
  std::vector<Candidate> found_and_lower() const;
  /// Releases that failed verification: "v1.3.0: why".
  const std::vector<std::string>& all_refused() const { return refused_; }
  bool gave_up() const { return refused_.size() >= most_refused; }
  /// Verified releases that this installation cannot use: "v1.3.0: why".
  const std::vector<std::string>& passed_over() const { return passed_over_; }
  /// To be stored permanently: a withdrawal is final.
  const std::vector<Version>& withdrawn() const { return withdrawn_; }

 private:
  std::string mismatch(const Manifest& manifest) const;
  std::string obstacle(const std::optional<Manifest>& manifest) const;

  std::vector<Candidate> ordered_;
  std::optional<Installation> installation_;
  std::vector<Version> withdrawn_;
  std::vector<std::string> refused_;
  std::vector<std::string> passed_over_;
  std::size_t at_ = 0;
  bool found_ = false;
};

}  // namespace core
