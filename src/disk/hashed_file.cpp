// SPDX-License-Identifier: MIT
#include "disk/hashed_file.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "disk/digest.hpp"
#include "disk/file.hpp"
#include "disk/hashing.hpp"

namespace disk {
namespace {

/// Files above this size (bytes) are hashed in a thread. Starting one costs as much as hashing 50
/// KB, so a smaller file would gain nothing; it is read into memory before its first byte is sent,
/// so that a change to it breaks no request.
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
        hashing_(state_->algorithms, true) {
    state_->digests.clear();
  }

  std::string_view next() {
    if (!state_->digests.empty()) return {};
    std::vector<char>& block = blocks_.at(turn_++ % blocks_.size());
    hashing_.wait_if_behind_by(blocks_.size());
    block.resize(std::min<std::uint64_t>(left_, block_size));
    const std::size_t count = file_.read(block.data(), block.size());
    if (count == 0 && left_ > 0) changed(state_->path, while_sent);
    const std::string_view bytes(block.data(), count);
    hashing_.add(bytes);
    left_ -= count;
    if (left_ == 0) finish();
    return bytes;
  }

 private:
  void finish() {
    if (!is_unchanged(state_->identity, file_.identity())) changed(state_->path, while_sent);
    state_->digests = hashing_.digests();
  }

  std::shared_ptr<State> state_;
  File file_;
  std::uint64_t left_;  ///< bytes
  std::array<std::vector<char>, 16>
      blocks_;  ///< used in turn: one is sent while the others are hashed
  std::size_t turn_ = 0;
  Hashing hashing_;  ///< its thread reads the blocks
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
