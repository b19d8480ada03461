// SPDX-License-Identifier: MIT
#include "commands/signed_release.hpp"

#include <fmt/format.h>

#include <utility>

#include "commands/obstacles.hpp"
#include "core/release/assets_by_name.hpp"
#include "core/release/checksums.hpp"
#include "core/text/text.hpp"
#include "gitea/http.hpp"
#include "signing/signature.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using signing::not_signed;

/// The pause before the release is read again, in multiples of the backoff: ten seconds with the
/// default.
constexpr int pauses = 20;

std::string content_of(gitea::Api& api, const core::Release& release, const char* name,
                       std::uint64_t limit) {
  const core::Asset* asset = core::newest_named(release.assets, name);
  if (asset == nullptr) {
    throw not_signed(fmt::format("the release {} is not signed: it has no {}", release.tag, name));
  }
  if (asset->size > limit) {
    throw not_signed(fmt::format("{} is too large ({}; at most {} are read)", name,
                                 core::human_size(asset->size), core::human_size(limit)));
  }
  auto content = api.content_of_asset(*asset, limit);
  if (!content) throw unreadable_asset(name);
  return std::move(*content);
}

SignedSums read_once(gitea::Api& api, const core::Release& release, const Trust& trust) {
  std::string signature =
      content_of(api, release, core::signature_name, signing::max_signature_file);
  std::string sums = content_of(api, release, sums_name, core::max_signed_checksums);
  return verified_sums(std::move(sums), std::move(signature), trust, release.tag);
}

}  // namespace

Trust find_trust(const inputs::Trust& inputs, const std::string& repository,
                 core::Problems& problems) {
  Trust trust;
  trust.repository = core::trim(inputs.signed_repository);
  if (trust.repository.empty()) trust.repository = repository;
  problems.collect([&] {
    core::within("public_key", [&] { trust.keys = signing::parse_public_keys(inputs.public_key); });
  });
  return trust;
}

SignedSums read_signed_sums(gitea::Api& api, const gitea::Server& server, core::Release& release,
                            const Trust& trust) {
  try {
    return read_once(api, release, trust);
  } catch (const Error& error) {
    // An asset that is not as long as the list said may just have been replaced, too.
    if (!is_about_content(error) && error.operation != core::Operation::read_asset) throw;
  }
  gitea::wait(server.backoff * pauses, server);
  if (auto again = api.find_release(release.tag)) release = std::move(*again);
  return read_once(api, release, trust);
}

Error no_release(gitea::Api& api, const Destination& destination, const std::string& tag) {
  if (!api.find_repository()) return unknown_repository(destination);
  Error error(Fault::workflow,
              fmt::format("the release {} does not exist in {}", core::one_line(tag),
                          destination.repository.full()),
              "Set 'tag_name' to the tag of a published release.");
  error.reason = core::Reason::not_found;
  return error;
}

Error unreadable_asset(const std::string& name) {
  Error error(
      Fault::failed, fmt::format("{} could not be downloaded", core::one_line(name)),
      "The job's own token may not download from a private repository: pass your own 'token' "
      "that may read the repository.");
  error.operation = core::Operation::read_asset;
  return error;
}

bool is_about_content(const Error& error) {
  return error.fault == Fault::failed && error.reason == core::Reason::none && !error.operation;
}

}  // namespace commands
