// SPDX-License-Identifier: MIT
#include "signing/signed_sums.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/release/checksums.hpp"
#include "core/text/text.hpp"
#include "signing/signature.hpp"
#include "signing/subject.hpp"

namespace signing {

std::vector<PublicKey> parse_public_keys(std::string_view text) {
  std::vector<PublicKey> keys;
  for (const std::string& line : core::lines(text)) {
    const std::string_view key = core::trim(line);
    if (!key.empty() && !key.starts_with("untrusted comment:"))
      keys.push_back(PublicKey::parse(key));
  }
  return keys;
}

core::Error not_signed(const std::string& what) {
  return {core::Fault::failed, what, "Do not use this release."};
}

SignedSums verified_sums(std::string sums, std::string signature, const Trust& trust,
                         const std::string& tag) {
  const std::string comment = verified_comment(sums, signature, trust.keys);
  const auto subject = parse_subject(comment);
  if (!subject) {
    throw not_signed(
        fmt::format("the signature is for '{}', not for a release", core::one_line(comment)));
  }
  if (subject->tag != tag) {
    throw not_signed(fmt::format("the files were signed for the tag {}, not for {}",
                                 core::one_line(subject->tag), core::one_line(tag)));
  }
  if (core::lower(subject->repository) != core::lower(trust.repository)) {
    core::Error error =
        not_signed(fmt::format("the files were signed for the repository {}, not for {}",
                               core::one_line(subject->repository), trust.repository));
    error.hint =
        "If this repository is a mirror, set 'signed_repository'. Otherwise do not use this "
        "release.";
    throw error;
  }
  SignedSums result;
  result.digests = core::parse_signed_checksums(sums);
  result.sums = std::move(sums);
  result.signature = std::move(signature);
  return result;
}

}  // namespace signing
