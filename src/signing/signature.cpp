// SPDX-License-Identifier: MIT
#include "signing/signature.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text/base64.hpp"
#include "core/text/text.hpp"
#include "signing/key_file.hpp"
#include "signing/primitives.hpp"

namespace signing {
namespace {

using core::Error;
using core::Fault;

constexpr std::string_view prehashed_algorithm = "ED";
constexpr std::string_view trusted_opening = "trusted comment: ";
constexpr std::size_t payload_size = 74;

Error bad_signature(const std::string& fault) {
  return {Fault::failed, "this is not a minisign signature: " + fault,
          "Download the signature again. If it stays like this, it was changed after it was made."};
}

Error changed(const std::string& what) {
  return {Fault::failed, what,
          "Do not use the release: the file was changed, or a part of it is missing."};
}

/// Consumes a line, which has to end with LF without CR.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) throw bad_signature("it has fewer than four lines");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

/// Consumes a line with this beginning and returns the rest.
std::string_view take_comment(std::string_view& text, std::string_view opening) {
  const std::string_view line = take_line(text);
  if (!line.starts_with(opening)) {
    throw bad_signature(fmt::format("a line does not begin with '{}'", opening));
  }
  return line.substr(opening.size());
}

std::string take_base64(std::string_view& text, std::size_t size, std::string_view what) {
  const auto bytes = core::from_base64(take_line(text));
  if (!bytes || bytes->size() != size) {
    throw bad_signature(fmt::format("its {} is not Base64 of {} bytes", what, size));
  }
  return *bytes;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

/// Throws Error if none of the keys has the id of the signature.
std::vector<PublicKey> keys_of(const Signature& signature, const std::vector<PublicKey>& keys) {
  std::vector<PublicKey> named;
  std::vector<std::string> ids;
  for (const PublicKey& key : keys) {
    if (key.key_id() == signature.key_id) named.push_back(key);
    ids.push_back(key.id());
  }
  if (!named.empty()) return named;
  throw Error(
      Fault::failed,
      fmt::format("it was signed with the key {}, and trusted is {}",
                  printed_key_id(signature.key_id), ids.empty() ? "none" : core::join(ids, ", ")),
      "If the project has a new key, take it from where the project announced it.");
}

}  // namespace

Signature parse_signature(std::string_view file) {
  if (file.size() > max_signature_file) throw bad_signature("it is larger than 4 KiB");
  Signature signature;
  take_comment(file, comment_opening);
  const std::string payload = take_base64(file, payload_size, "signature");
  signature.trusted_comment = take_comment(file, trusted_opening);
  signature.global = take_base64(file, signature_size, "signature of the trusted comment");
  if (!file.empty()) throw bad_signature("something follows its fourth line");
  if (payload.starts_with(ed25519_algorithm)) {
    throw bad_signature("it is of the old kind that is not prehashed ('Ed')");
  }
  if (!payload.starts_with(prehashed_algorithm))
    throw bad_signature("its algorithm is not Ed25519");
  if (has_control(signature.trusted_comment) || !core::is_utf8(signature.trusted_comment)) {
    throw bad_signature("its trusted comment is not one line of text");
  }
  const std::size_t id_begin = prehashed_algorithm.size();
  signature.key_id = payload.substr(id_begin, key_id_size);
  signature.bytes = payload.substr(id_begin + key_id_size);
  return signature;
}

std::string render_signature(const Signature& signature) {
  return fmt::format(
      "{}signature from key {}\n{}\n{}{}\n{}\n", comment_opening, printed_key_id(signature.key_id),
      core::to_base64(std::string(prehashed_algorithm) + signature.key_id + signature.bytes),
      trusted_opening, signature.trusted_comment, core::to_base64(signature.global));
}

std::string prehashed(std::string_view message) { return blake2b_512(message); }

std::string verified_comment(std::string_view message, std::string_view signature_file,
                             const std::vector<PublicKey>& keys) {
  const Signature signature = parse_signature(signature_file);
  const std::string digest = prehashed(message);
  for (const PublicKey& key : keys_of(signature, keys)) {
    if (!ed25519_verifies(key.key(), digest, signature.bytes)) continue;
    if (ed25519_verifies(key.key(), signature.bytes + signature.trusted_comment,
                         signature.global)) {
      return signature.trusted_comment;
    }
    throw changed("the trusted comment of the signature was changed");
  }
  throw changed(fmt::format("the content is not what was signed with the key {}",
                            printed_key_id(signature.key_id)));
}

}  // namespace signing
