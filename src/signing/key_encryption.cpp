// SPDX-License-Identifier: MIT
#include "signing/key_encryption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace signing {
namespace {

using core::Error;
using core::Fault;

constexpr std::uint64_t block_size = 8;  // the parameter r of scrypt
constexpr std::uint64_t scrypt_block = 128 * block_size;
constexpr std::uint64_t max_scrypt_memory = 1ULL << 30;
constexpr std::uint64_t max_parallel = 64;

/// The largest power of two up to `most`, but at least 2.
std::uint64_t highest_power(std::uint64_t most) {
  std::uint64_t power = 2;
  while (power <= most / 2 && power < 1ULL << 62) power *= 2;
  return power;
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

std::uint64_t number_of(std::string_view bytes) {
  std::uint64_t number = 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    number = number << 8 | static_cast<unsigned char>(*byte);
  }
  return number;
}

}  // namespace

ScryptCost cost_of(ScryptLimits limits) {
  constexpr std::uint64_t least = 32768;
  constexpr std::uint64_t most_rp = 0x3fffffff;
  const std::uint64_t operations = std::max(limits.operations, least);
  if (operations < limits.memory / 32) {
    return {highest_power(operations / (block_size * 4)), block_size, 1};
  }
  const std::uint64_t n = highest_power(limits.memory / scrypt_block);
  return {n, block_size, std::min(operations / 4 / n, most_rp) / block_size};
}

std::string render_limits(ScryptLimits limits) {
  std::string bytes;
  append_number(bytes, limits.operations);
  append_number(bytes, limits.memory);
  return bytes;
}

ScryptLimits parse_limits(std::string_view bytes) {
  return {number_of(bytes.substr(0, 8)), number_of(bytes.substr(8, 8))};
}

std::string laid_over(std::string_view bytes, std::string_view password, std::string_view salt,
                      ScryptLimits limits) {
  const ScryptCost cost = cost_of(limits);
  const bool are_usual =  // the range that minisign writes
      std::has_single_bit(limits.operations) && std::has_single_bit(limits.memory);
  if (!are_usual || cost.n > max_scrypt_memory / scrypt_block || cost.p > max_parallel ||
      cost.p == 0) {
    throw Error(
        Fault::workflow,
        "the key file asks for more work than minisign ever does to try its password: it is "
        "damaged",
        "Take the file as it was when it was made.");
  }
  auto stream = scrypt(password, salt, cost, bytes.size());
  if (!stream) {
    throw Error(
        Fault::failed,
        fmt::format("there is not enough memory to try the password of the signing key: it "
                    "takes {}",
                    core::human_size(cost.n * scrypt_block)),
        "Give the job more memory, or make a key with 'gitea-release keygen', whose password "
        "takes 128 MiB.");
  }
  std::string result(bytes);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = static_cast<char>(result[i] ^ (*stream)[i]);
  }
  wipe(*stream);
  return result;
}

}  // namespace signing
