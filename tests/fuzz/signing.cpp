// SPDX-License-Identifier: MIT
// The readers of signed data: keys, signatures and checksums, each from one part of the input.
#include "core/error.hpp"
#include "core/release/checksums.hpp"
#include "core/token.hpp"
#include "signing/secret_key.hpp"
#include "signing/signature.hpp"
#include "signing/subject.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

template <typename Read>
void read(Read work) {
  try {
    work();
  } catch (const core::Error& error) {
    require(!fuzz::has_control_characters(error.message), "a refusal is one line");
    require(!error.message.empty(), "and a sentence");
  }
}

/// The lines of a file except for its first, which is not authenticated.
std::string_view without_first_line(std::string_view text) {
  return text.substr(std::min(text.find('\n'), text.size()));
}

const signing::PublicKey trusted =
    signing::PublicKey::parse("RWRQoL1J9KPJN1toxaZL5kTLbg7p4IQRtnMyOFYFLv7jzp61f6oV5H1j");
constexpr std::string_view message = "hello\n";
constexpr std::string_view signed_comment = "tag=v1 repository=a/b";

}  // namespace

void fuzz::target(std::string_view input) {
  const std::vector<std::string> texts = parts(input, 4);
  read([&] {
    const auto key = signing::PublicKey::parse(texts[0]);
    require(signing::PublicKey::parse(key.file()) == key, "a public key is read as it is written");
    require(texts[0].find(key.text()) != std::string::npos, "and has one spelling");
  });
  read([&] {
    const auto key = signing::SecretKey::parse(core::Token(texts[1]), {});
    const auto again = signing::SecretKey::parse(core::Token(key.file({})), {});
    require(again.public_key() == key.public_key(), "a secret key is read as it is written");
  });
  read([&] {
    const auto signature = signing::parse_signature(texts[2]);
    const std::string written = signing::render_signature(signature);
    require(without_first_line(written) == without_first_line(texts[2]),
            "a signature has one spelling");
    const auto subject = signing::parse_subject(signature.trusted_comment);
    require(!subject || signing::render_subject(*subject) == signature.trusted_comment,
            "and so has what it is about");
    const std::string comment = signing::verified_comment(message, texts[2], {trusted});
    require(comment == signed_comment, "what verifies was signed");
  });
  read([&] {
    const auto sums = core::parse_signed_checksums(texts[3]);
    for (const auto& [name, digest] : sums) {
      require(texts[3].find(digest + "  " + name + "\n") != std::string::npos,
              "each line was there");
    }
    const std::string written = core::render_checksums(sums);
    require(written.size() == texts[3].size(), "and no other");
    require(core::parse_signed_checksums(written) == sums, "sums are read as they are written");
  });
}
