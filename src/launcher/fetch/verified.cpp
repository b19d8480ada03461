// SPDX-License-Identifier: MIT
#include "launcher/fetch/verified.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/release.hpp"
#include "core/release/checksums.hpp"
#include "launcher/fetch/fetch_error.hpp"
#include "signing/signature.hpp"
#include "signing/subject.hpp"

namespace fetch {
namespace {

/// Runs `work`, which reads what is signed: each of its errors is a refusal.
template <typename Work>
auto refusing(Work&& work) {
  try {
    return work();
  } catch (const FetchError&) {
    throw;
  } catch (const core::Error& error) {
    throw refusal(error.message);
  }
}

std::optional<core::Manifest> verified_manifest(const std::map<std::string, core::Digest>& digests,
                                                const ReadFile& read) {
  const auto digest = digests.find(core::manifest_name);
  if (digest == digests.end()) return std::nullopt;
  const std::string text = read(core::manifest_name, core::max_manifest);
  if (core::digest_of(text) != digest->second) {
    throw refusal(
        fmt::format("{} does not match its digest in {}", core::manifest_name, signing::sums_name));
  }
  core::Manifest manifest = refusing([&] { return core::parse_manifest(text); });
  for (const auto& [platform, payload] : manifest.payloads) {
    if (digests.contains(payload.name)) continue;
    throw refusal(fmt::format("{} is not covered by the signature", payload.name));
  }
  return manifest;
}

struct SumsFiles {
  std::string sums;
  std::string signature;
};

SumsFiles read_sums(const ReadFile& read) {
  std::string signature = read(core::signature_name, signing::max_signature_file);
  return {read(signing::sums_name, core::max_signed_checksums), std::move(signature)};
}

Verified verify(SumsFiles files, const signing::Trust& trust, const std::string& tag,
                const ReadFile& read) {
  Verified result;
  result.digests = refusing([&] {
    return signing::verified_sums(std::move(files.sums), std::move(files.signature), trust, tag)
        .digests;
  });
  result.manifest = verified_manifest(result.digests, read);
  return result;
}

}  // namespace

Verified verify_release(const signing::Trust& trust, const std::string& tag, const ReadFile& read) {
  return verify(read_sums(read), trust, tag, read);
}

Verified verify_files(const signing::Trust& trust, std::string& tag, const ReadFile& read) {
  SumsFiles files = read_sums(read);
  tag = refusing([&] {
    const std::string comment = signing::verified_comment(files.sums, files.signature, trust.keys);
    const auto subject = signing::parse_subject(comment);
    return subject ? subject->tag : "";  // verify() refuses such a signature
  });
  return verify(std::move(files), trust, tag, read);
}

}  // namespace fetch
