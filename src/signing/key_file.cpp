// SPDX-License-Identifier: MIT
#include "signing/key_file.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "core/error.hpp"
#include "core/text/base64.hpp"
#include "core/text/text.hpp"

namespace signing {
namespace {

using core::Error;
using core::Fault;

constexpr std::size_t max_key_file = 4096;

std::string_view word_of(KeyKind kind) {
  return kind == KeyKind::public_key ? "a public key" : "a secret key";
}

std::size_t size_of(KeyKind kind) {
  return kind == KeyKind::public_key ? public_key_size : secret_key_size;
}

Error bad_key(KeyKind kind, const std::string& fault) {
  return {
      Fault::workflow, fmt::format("this is not {} for minisign: {}", word_of(kind), fault),
      kind == KeyKind::public_key
          ? "Give the whole file NAME.pub, or its second line, which begins with RW."
          : "Give the whole text of the file that 'gitea-release keygen' or 'minisign -G' wrote."};
}

/// The only line that is neither a comment nor empty.
std::string payload_line(std::string_view text, KeyKind kind) {
  std::string payload;
  for (const std::string& line : core::lines(text)) {
    const std::string_view content = core::trim(line);
    if (content.empty()) continue;
    if (payload.empty() && content.starts_with(core::trim(comment_opening))) continue;
    if (!payload.empty()) throw bad_key(kind, "it has more lines than a comment and a key");
    payload = content;
  }
  if (payload.empty()) throw bad_key(kind, "the line with the key is missing");
  return payload;
}

}  // namespace

std::string printed_key_id(std::string_view id) {
  std::uint64_t number = 0;
  for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
    number = number << 8 | static_cast<unsigned char>(*byte);
  }
  return fmt::format("{:X}", number);
}

std::string key_bytes(std::string_view text, KeyKind kind) {
  if (core::trim(text).empty()) throw bad_key(kind, "it is empty");
  if (text.size() > max_key_file) throw bad_key(kind, "it is larger than 4 KiB");
  const auto bytes = core::from_base64(payload_line(text, kind));
  if (!bytes) throw bad_key(kind, "its key is not Base64, or a part of it is missing");
  const KeyKind other = kind == KeyKind::public_key ? KeyKind::secret_key : KeyKind::public_key;
  if (bytes->size() == size_of(other)) {
    throw bad_key(kind, fmt::format("it is {}", word_of(other)));
  }
  if (bytes->size() != size_of(kind)) {
    throw bad_key(kind, fmt::format("its key has {} bytes, not {}", bytes->size(), size_of(kind)));
  }
  if (!bytes->starts_with(ed25519_algorithm)) throw bad_key(kind, "its algorithm is not Ed25519");
  return *bytes;
}

std::string key_file(std::string_view comment, std::string_view bytes) {
  return fmt::format("{}{}\n{}\n", comment_opening, comment, core::to_base64(bytes));
}

}  // namespace signing
