// SPDX-License-Identifier: MIT
#include "core/release/record.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Asset;
using core::Digest;
using core::fitting;
using core::is_recorded;
using core::parse_record;
using core::Record;
using core::record_entry;
using core::render_record;

namespace {

const Digest of_empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const Digest of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Asset asset(std::uint64_t id, std::uint64_t size = 1) {
  Asset result;
  result.id = id;
  result.size = size;
  result.uuid = "0123456" + std::string(1, static_cast<char>('a' + id % 6)) + "-89ab-cdef";
  return result;
}

Record two_entries() {
  return {{7, record_entry(asset(7), of_empty)},
          {18446744073709551615U, record_entry(asset(3), of_abc)}};
}

}  // namespace

TEST_CASE("a record is one line: an invisible comment with id distances and base64 digests") {
  const std::string line = render_record({{7, {"01234567", of_empty}}});
  CHECK(line ==
        "<!-- gitea-release record: 7:01234567:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU -->");
  CHECK(render_record({{7, {"01234567", of_empty}}, {1000, {"89abcdef", of_empty}}}) ==
        "<!-- gitea-release record: 7:01234567:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
        " 993:89abcdef:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU -->");
  CHECK(render_record({}).empty());
}

TEST_CASE("a record of version 0.1.0 is read: whole ids and padded digests") {
  const std::string first = " 7:01234567:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  const std::string second = " 9:89abcdef:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  const std::string head = "<!-- gitea-release record:";
  CHECK(parse_record(head + first + second + " -->") ==
        Record{{7, {"01234567", of_empty}}, {9, {"89abcdef", of_empty}}});
  CHECK(parse_record(head + second + first + " -->").empty());
  CHECK(parse_record(head + first + first + " -->").empty());
  CHECK(parse_record(head + first + second.substr(0, second.size() - 1) + " -->").empty());
}

TEST_CASE("a record that was written is read back unchanged") {
  CHECK(parse_record(render_record(two_entries())) == two_entries());
  CHECK(parse_record("").empty());
  CHECK(parse_record("<!-- gitea-release record: -->").empty());
}

TEST_CASE("a record that is damaged at any character is empty or says no more than before") {
  const Record record = two_entries();
  const std::string line = render_record(record);
  const std::string others = std::string("\0 :-+/=0aAzZ~\n", 14);
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (const char other : others) {
      std::string damaged = line;
      damaged[at] = other;
      for (const auto& [id, entry] : parse_record(damaged)) {
        const bool as_before = record.contains(id) && record.at(id) == entry;
        // What is still read is either unchanged, or proves nothing about the asset.
        CHECK((as_before || !is_recorded({{id, entry}}, asset(7), of_empty)));
      }
    }
    std::string shorter = line;
    shorter.erase(at, 1);
    CHECK((parse_record(shorter).empty() || parse_record(shorter) != record));
    CHECK(parse_record(line.substr(0, at)).empty());
    CHECK(parse_record(line.substr(at + 1)).empty());
  }
}

TEST_CASE("only the exact form that rendering writes is read as a record") {
  const std::string digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";
  const std::string head = "<!-- gitea-release record:";
  for (const std::string& padding : {std::string(), std::string("=")}) {
    const std::string entry = ":01234567:" + digest + padding;
    REQUIRE(parse_record(head + " 7" + entry + " -->").size() == 1);
    for (const std::string& line :
         {head + "  7" + entry + " -->", head + " 7" + entry + "  -->", head + " 7" + entry + "-->",
          head + "7" + entry + " -->", " " + head + " 7" + entry + " -->",
          head + " 7" + entry + " --> ", head + " 7" + entry + " 0" + entry + " -->",
          head + " -7" + entry + " -->", head + " +7" + entry + " -->",
          head + " 0x7" + entry + " -->", head + " " + entry + " -->",
          head + " 18446744073709551616" + entry + " -->",
          head + " 7:0123456:" + digest + padding + " -->",
          head + " 7:01234567:" + digest + "A -->", head + " 7:01234567:" + digest + "== -->",
          head + " 7" + entry + " x -->",
          // Spellings that a lenient reader accepts as the same:
          head + " 07" + entry + " -->", head + " 7" + entry + " 02" + entry + " -->",
          head + " 7:01234567:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV" + padding + " -->"}) {
      INFO(line);
      CHECK(parse_record(line).empty());
    }
  }
}

TEST_CASE("a distance beyond the highest possible id is not a record") {
  const std::string entry = ":01234567:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";
  const std::string head = "<!-- gitea-release record: 7" + entry;
  CHECK(parse_record(head + " 18446744073709551608" + entry + " -->").size() == 2);
  CHECK(parse_record(head + " 18446744073709551609" + entry + " -->").empty());
  CHECK(parse_record(head + " 18446744073709551615" + entry + " -->").empty());
}

TEST_CASE("an asset is recorded only with its id, its uuid and its content") {
  const Record record = {{7, record_entry(asset(7), of_abc)}};
  CHECK(is_recorded(record, asset(7), of_abc));
  CHECK_FALSE(is_recorded(record, asset(7), of_empty));
  CHECK_FALSE(is_recorded(record, asset(8), of_abc));
  Asset reused = asset(7);
  reused.uuid[0] = 'f';
  CHECK_FALSE(is_recorded(record, reused, of_abc));
  CHECK(record_entry(asset(7), of_abc).uuid == "0123456b");
}

TEST_CASE("a record of about 1,000 entries fits; of more, those of the largest assets stay") {
  constexpr std::size_t room = 60'000;
  Record record;
  std::vector<Asset> assets;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    assets.push_back(asset(1'000'000 + i, 1000 + (i * 7919) % 2000));  // sizes 1000 to 2999, mixed
    record.emplace(assets.back().id, record_entry(assets.back(), of_abc));
  }
  const Record kept = fitting(record, assets, room);
  CHECK(kept.size() >= 1000);
  CHECK(kept.size() < 2000);
  CHECK(render_record(kept).size() <= room);
  CHECK(render_record(kept).size() + core::max_entry_length > room);
  CHECK(parse_record(render_record(kept)) == kept);
  for (const Asset& one : assets) {
    INFO(one.size);
    CHECK(kept.contains(one.id) == (one.size >= 3000 - kept.size()));
  }
}

TEST_CASE("the file with the SHA-256 digests is recorded first, however small it is") {
  std::vector<Asset> assets = {asset(7, 900), asset(8, 5), asset(9, 800)};
  assets[1].name = "SHA256SUMS";
  assets[2].name = "SHA512SUMS";
  Record record;
  for (const Asset& one : assets) record.emplace(one.id, record_entry(one, of_abc));
  const std::size_t for_one = render_record({{8, record.at(8)}}).size();
  CHECK(fitting(record, assets, for_one, "SHA256SUMS") == Record{{8, record.at(8)}});
  CHECK(fitting(record, assets, for_one) == Record{{7, record.at(7)}});
}

TEST_CASE("the size of an entry is limited, so the room for entries can be calculated") {
  Record record;
  for (std::uint64_t id : {0U, 999'999'999U}) record[id] = record_entry(asset(7), of_abc);
  Record longer = record;
  longer[1'999'999'998] = record_entry(asset(7), of_abc);
  CHECK(render_record(longer).size() - render_record(record).size() <= core::max_entry_length);
}

TEST_CASE("an asset without a complete uuid gets no entry: it would invalidate all others") {
  Asset odd = asset(8);
  odd.uuid = "0123";
  const Record record = {{7, record_entry(asset(7), of_abc)}, {8, record_entry(odd, of_abc)}};
  CHECK(fitting(record, {asset(7), odd}, 60'000) == Record{{7, record.at(7)}});
}

TEST_CASE("of assets with equal size the older ones keep their entries") {
  const std::vector<Asset> assets = {asset(9), asset(8)};
  const Record record = {{8, record_entry(assets[1], of_abc)},
                         {9, record_entry(assets[0], of_abc)}};
  const std::size_t for_one = render_record({*record.begin()}).size();
  CHECK(fitting(record, assets, for_one) == Record{*record.begin()});
  CHECK(fitting(record, assets, for_one - 1).empty());
  CHECK(fitting(record, assets, render_record(record).size()) == record);
}

TEST_CASE("entries of deleted assets are left out") {
  const Record record = two_entries();
  CHECK(fitting(record, {asset(7)}, 60'000).size() == 1);
  CHECK(fitting(record, {}, 60'000).empty());
}
