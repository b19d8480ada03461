// SPDX-License-Identifier: MIT
#include "signing/checksum.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace signing {
namespace {

using Word = std::uint64_t;
using State = std::array<Word, 8>;

constexpr std::size_t block_bytes = 128;
constexpr std::size_t word_bytes = 8;
constexpr std::size_t block_words = block_bytes / word_bytes;
constexpr std::size_t rounds = 12;

constexpr State start = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                         0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                         0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

/// The order in which each round uses the words of a block.
constexpr std::array<std::array<std::uint8_t, block_words>, 10> order = {{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}};

/// The words that each step mixes: the columns, then the diagonals, of a 4 by 4 matrix.
constexpr std::array<std::array<std::uint8_t, 4>, 8> lines_of_four = {{{0, 4, 8, 12},
                                                                       {1, 5, 9, 13},
                                                                       {2, 6, 10, 14},
                                                                       {3, 7, 11, 15},
                                                                       {0, 5, 10, 15},
                                                                       {1, 6, 11, 12},
                                                                       {2, 7, 8, 13},
                                                                       {3, 4, 9, 14}}};

using Square = std::array<Word, block_words>;

void mix(Square& square, const std::array<std::uint8_t, 4>& line, Word x, Word y) {
  Word& a = square.at(line[0]);
  Word& b = square.at(line[1]);
  Word& c = square.at(line[2]);
  Word& d = square.at(line[3]);
  a += b + x;
  d = std::rotr(d ^ a, 32);
  c += d;
  b = std::rotr(b ^ c, 24);
  a += b + y;
  d = std::rotr(d ^ a, 16);
  c += d;
  b = std::rotr(b ^ c, 63);
}

/// The words of a block, padded with zeros.
Square words_of(std::string_view block) {
  Square words{};
  for (std::size_t i = 0; i < block.size(); ++i) {
    const Word byte = static_cast<unsigned char>(block[i]);
    words.at(i / word_bytes) |= byte << (8 * (i % word_bytes));
  }
  return words;
}

/// `length`: number of bytes up to the end of this block.
void compress(State& state, std::string_view block, std::size_t length, bool is_last) {
  const Square words = words_of(block);
  Square square{};
  std::copy(state.begin(), state.end(), square.begin());
  std::copy(start.begin(), start.end(), square.begin() + state.size());
  square[12] ^= length;
  if (is_last) square[14] = ~square[14];
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto& taken = order.at(round % order.size());
    for (std::size_t i = 0; i < lines_of_four.size(); ++i) {
      mix(square, lines_of_four.at(i), words.at(taken.at(2 * i)), words.at(taken.at(2 * i + 1)));
    }
  }
  for (std::size_t i = 0; i < state.size(); ++i) {
    state.at(i) ^= square.at(i) ^ square.at(i + state.size());
  }
}

}  // namespace

std::string checksum(std::string_view bytes, std::size_t size) {
  State state = start;
  state[0] ^= 0x01010000 ^ size;
  std::size_t length = 0;
  do {
    const std::string_view block = bytes.substr(length, block_bytes);
    length += block.size();
    compress(state, block, length, length == bytes.size());
  } while (length < bytes.size());
  std::string result;
  for (std::size_t i = 0; i < size; ++i) {
    result += static_cast<char>((state.at(i / word_bytes) >> (8 * (i % word_bytes))) & 0xFF);
  }
  return result;
}

}  // namespace signing
