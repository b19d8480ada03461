// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct Commit {
  std::string sha;
  std::vector<std::string> parents;  ///< none for the first, more than one for a merge
  std::string message;
  std::string author;
  std::string email;
  std::int64_t date = 0;
  std::size_t number = 0;  ///< in the order of creation
};

struct GitTag {
  std::string name;
  std::string object;  ///< the tag object of an annotated tag, else the commit
  std::string commit;
  std::string message;    ///< of an annotated tag
  std::int64_t date = 0;  ///< of the tagger, else of the commit's author
  bool annotated() const { return object != commit; }
};

/// A git repository, as far as releases need it: histories, branches, tags.
class Git {
 public:
  bool empty() const { return commits_.empty(); }

  /// A new commit; returns its sha.
  std::string add(Commit commit);
  /// A new commit on a branch, after its tip; returns its sha.
  std::string commit(const std::string& branch, std::string message, std::string author,
                     std::string email, std::int64_t date);
  void set_branch(const std::string& name, const std::string& sha) { branches_[name] = sha; }
  void remove_branch(const std::string& name) { branches_.erase(name); }
  void rename_head(const std::string& branch) { head_ = branch; }

  const std::map<std::string, std::string>& branches() const { return branches_; }
  const std::map<std::string, GitTag>& tags() const { return tags_; }
  const Commit* find_commit(const std::string& sha) const;
  const GitTag* find_tag(const std::string& name) const;
  /// A branch, tag, full or short sha, `refs/...`, HEAD, each with `~N`; tags win over branches.
  std::optional<std::string> resolve(std::string_view name) const;
  /// From `sha` back to all first commits, in the order of `git log`: the newest commit whose
  /// children have all been listed comes next.
  std::vector<const Commit*> history(const std::string& sha) const;

  /// The error of `git tag`, or nothing if the tag was created.
  std::optional<std::string> add_tag(const std::string& name, const std::string& commit,
                                     const std::string& message, std::int64_t now);
  /// Sets a tag like `git push --force`.
  void put_tag(const std::string& name, const std::string& commit, bool annotated,
               const std::string& message, std::int64_t now);
  void remove_tag(const std::string& name) { tags_.erase(name); }

 private:
  std::map<std::string, Commit> commits_;
  std::map<std::string, std::string> branches_;
  std::map<std::string, GitTag> tags_;
  std::string head_ = "main";
};

/// The rules of `git check-ref-format` as far as Gitea applies them.
bool is_valid_tag_name(std::string_view name);

}  // namespace sandbox
