// SPDX-License-Identifier: MIT
#include "git.hpp"

#include <algorithm>
#include <queue>
#include <set>
#include <utility>

#include "digest.hpp"
#include "text.hpp"

namespace sandbox {

std::string Git::commit(const std::string& branch, std::string message, std::string author,
                        std::string email, std::int64_t date) {
  Commit commit;
  const auto tip = branches_.find(branch);
  if (tip != branches_.end()) commit.parents = {tip->second};
  commit.message = std::move(message);
  commit.author = std::move(author);
  commit.email = std::move(email);
  commit.date = date;
  return branches_[branch] = add(std::move(commit));
}

std::string Git::add(Commit commit) {
  std::string text = commit.message + std::to_string(commit.date) + random_hex(8);
  for (const std::string& parent : commit.parents) text += parent;
  commit.sha = digest_of(text, "sha1");
  commit.number = commits_.size();
  return commits_.emplace(commit.sha, commit).first->first;
}

const Commit* Git::find_commit(const std::string& sha) const {
  const auto found = commits_.find(sha);
  return found == commits_.end() ? nullptr : &found->second;
}

const GitTag* Git::find_tag(const std::string& name) const {
  const auto found = tags_.find(name);
  return found == tags_.end() ? nullptr : &found->second;
}

std::optional<std::string> Git::resolve(std::string_view name) const {
  std::int64_t back = 0;
  const auto tilde = name.find_first_of("~^");
  if (tilde != std::string_view::npos) {
    const auto count = name.substr(tilde + 1);
    const auto number = count.empty() ? std::optional<std::int64_t>(1) : to_number(count);
    if (!number) return std::nullopt;
    back = *number;
    name = name.substr(0, tilde);
  }
  const auto branch = [&](std::string_view key) -> const std::string* {
    const auto found = branches_.find(std::string(key));
    return found == branches_.end() ? nullptr : &found->second;
  };
  const auto tag = [&](std::string_view key) -> const std::string* {
    const auto found = tags_.find(std::string(key));
    return found == tags_.end() ? nullptr : &found->second.commit;
  };
  const std::string* sha = nullptr;
  if (name == "HEAD" || name == "@") sha = branch(head_);
  if (sha == nullptr && name.size() == 40) {
    const Commit* exact = find_commit(std::string(name));
    if (exact != nullptr) sha = &exact->sha;
  }
  if (sha == nullptr) sha = tag(name);
  if (sha == nullptr) sha = branch(name);
  for (const std::string_view prefix : {"refs/tags/", "tags/"}) {
    if (sha == nullptr && name.starts_with(prefix)) sha = tag(name.substr(prefix.size()));
  }
  for (const std::string_view prefix : {"refs/heads/", "heads/"}) {
    if (sha == nullptr && name.starts_with(prefix)) sha = branch(name.substr(prefix.size()));
  }
  if (sha == nullptr && name.size() >= 4 && name.size() < 40) {
    const auto first = commits_.lower_bound(std::string(name));
    if (first != commits_.end() && first->first.starts_with(name)) sha = &first->first;
  }
  while (sha != nullptr && back-- > 0) {
    const auto& parents = find_commit(*sha)->parents;
    sha = parents.empty() ? nullptr : &find_commit(parents.front())->sha;
  }
  return sha == nullptr ? std::nullopt : std::optional(*sha);
}

std::vector<const Commit*> Git::history(const std::string& sha) const {
  const auto older = [](const Commit* a, const Commit* b) {
    return a->date != b->date ? a->date < b->date : a->number < b->number;
  };
  std::priority_queue<const Commit*, std::vector<const Commit*>, decltype(older)> open(older);
  std::set<const Commit*> seen;
  const auto reach = [&](const Commit* commit) {
    if (commit != nullptr && seen.insert(commit).second) open.push(commit);
  };
  std::vector<const Commit*> out;
  for (reach(find_commit(sha)); !open.empty();) {
    out.push_back(open.top());
    open.pop();
    for (const std::string& parent : out.back()->parents) reach(find_commit(parent));
  }
  return out;
}

std::optional<std::string> Git::add_tag(const std::string& name, const std::string& commit,
                                        const std::string& message, std::int64_t now) {
  if (tags_.contains(name)) {
    return "exit status 128 - fatal: tag '" + name + "' already exists";
  }
  for (const auto& [other, tag] : tags_) {
    // A ref is a file in git: "v1/x" needs a directory "v1", which must not be a file, or the
    // reverse.
    if (name.starts_with(other + "/") || other.starts_with(name + "/")) {
      return "exit status 128 - fatal: cannot lock ref 'refs/tags/" + name + "'";
    }
  }
  put_tag(name, commit, !message.empty(), message, now);
  return std::nullopt;
}

void Git::put_tag(const std::string& name, const std::string& commit, bool annotated,
                  const std::string& message, std::int64_t now) {
  GitTag tag{name, commit, commit, message, now};
  if (annotated) {
    tag.object = digest_of(name + commit + message + random_hex(8), "sha1");
  } else {
    tag.date = find_commit(commit)->date;
  }
  tags_[name] = tag;
}

bool is_valid_tag_name(std::string_view name) {
  if (name.empty() || name.starts_with('-') || name.starts_with('/') || name.ends_with('/') ||
      name.ends_with('.') || name.ends_with(".lock")) {
    return false;
  }
  for (const std::string_view wrong : {"..", "@{", "//", "/.", ".lock/"}) {
    if (contains(name, wrong)) return false;
  }
  return std::none_of(name.begin(), name.end(),
                      [](char c) {
                        const auto byte = static_cast<unsigned char>(c);
                        return byte <= 0x20 || byte == 0x7F ||
                               contains("~^:?*[\\", std::string_view(&c, 1));
                      }) &&
         !name.starts_with('.');
}

}  // namespace sandbox
