// SPDX-License-Identifier: MIT
#include "disk/hashed_file.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "disk/digest.hpp"
#include "disk/file.hpp"

namespace disk {
namespace {

/// Bytes. A smaller file is read into memory before its first byte is sent, so that a change to it
/// breaks no request.
constexpr std::uint64_t large = std::uint64_t{1} << 20;

constexpr const char* while_sent = "while it was being uploaded";

}  // namespace

struct HashedFile::State {
  std::string path;
  core::FileIdentity identity;
  std::vector<core::Algorithm> algorithms;
  std::map<core::Algorithm, core::Digest> digests;  ///< empty until a reader reaches the end
};

/// Reads a file that is not large.
class HashedFile::Whole {
 public:
  explicit Whole(std::shared_ptr<State> state) : state_(std::move(state)) {
    state_->digests.clear();
    const File file = reopen(state_->path, state_->identity);
    auto text = file.read_all(state_->identity.size);
    if (!text || text->size() != state_->identity.size ||
        !is_unchanged(state_->identity, file.identity())) {
      changed(state_->path, while_sent);
    }
    text_ = std::move(*text);
  }

  std::string_view next() {
    const std::string_view bytes = std::string_view(text_).substr(returned_, block_size);
    returned_ += bytes.size();
    if (returned_ == text_.size() && state_->digests.empty()) {
      for (const core::Algorithm algorithm : state_->algorithms) {
        state_->digests[algorithm] = core::digest_of(text_, algorithm);
      }
    }
    return bytes;
  }

 private:
  std::shared_ptr<State> state_;
  std::string text_;
  std::size_t returned_ = 0;  ///< bytes
};

/// Reads a large file once, in order, and hashes it at the same time. The bytes in memory that are
/// sent are the ones that are hashed.
class HashedFile::Reading {
 public:
  explicit Reading(std::shared_ptr<State> state)
      : state_(std::move(state)),
        file_(reopen(state_->path, state_->identity)),
        left_(state_->identity.size),
        block_(block_size) {
    state_->digests.clear();
    for (const core::Algorithm one : state_->algorithms) hashes_.try_emplace(one, one);
  }

  std::string_view next() {
    if (!state_->digests.empty()) return {};
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left_, block_.size()));
    const std::size_t count = file_.read(block_.data(), wanted);
    if (count == 0 && left_ > 0) changed(state_->path, while_sent);
    const std::string_view bytes(block_.data(), count);
    for (auto& [algorithm, hash] : hashes_) hash.update(bytes);
    left_ -= count;
    if (left_ == 0) finish();
    return bytes;
  }

 private:
  void finish() {
    if (!is_unchanged(state_->identity, file_.identity())) changed(state_->path, while_sent);
    for (auto& [algorithm, hash] : hashes_) state_->digests[algorithm] = hash.digest();
  }

  std::shared_ptr<State> state_;
  File file_;
  std::uint64_t left_;  ///< bytes
  std::vector<char> block_;
  std::map<core::Algorithm, core::Hash> hashes_;
};

HashedFile::HashedFile(std::string path, const core::FileIdentity& identity,
                       const std::vector<core::Algorithm>& others)
    : state_(std::make_shared<State>()) {
  state_->path = std::move(path);
  state_->identity = identity;
  state_->algorithms = others;
  state_->algorithms.push_back(core::Algorithm::sha256);
}

core::Source HashedFile::source() const {
  core::Source source;
  source.size = state_->identity.size;
  source.open = [state = state_]() -> core::Reader {
    if (state->identity.size > large) {
      return [reading = std::make_shared<Reading>(state)] { return reading->next(); };
    }
    return [whole = std::make_shared<Whole>(state)] { return whole->next(); };
  };
  return source;
}

core::Digest HashedFile::sent(core::Algorithm algorithm) const {
  const auto digest = state_->digests.find(algorithm);
  return digest == state_->digests.end() ? "" : digest->second;
}

core::Digest HashedFile::digest(core::Algorithm algorithm) const {
  const core::Digest known = sent(algorithm);
  return known.empty() ? digest_of_file(state_->path, state_->identity, algorithm) : known;
}

}  // namespace disk
