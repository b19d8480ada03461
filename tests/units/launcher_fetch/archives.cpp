// SPDX-License-Identifier: MIT
#include "units/launcher_fetch/archives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace archives {
namespace {

constexpr std::size_t tar_block = 512;

std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = ~0U;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int i = 0; i < 8; ++i) crc = crc >> 1U ^ (crc & 1U ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

/// A member of gzip in stored blocks.
std::string gzip(const std::string& bytes) {
  constexpr std::size_t most = 65535;
  std::string out("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  for (std::size_t at = 0;; at += most) {
    const std::string block = bytes.substr(at, most);
    const bool is_last = at + most >= bytes.size();
    out += static_cast<char>(is_last ? 1 : 0);
    out += little_endian(block.size(), 2) + little_endian(~block.size(), 2) + block;
    if (is_last) break;
  }
  return out + little_endian(crc32(bytes), 4) + little_endian(bytes.size(), 4);
}

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + tar_block - 1) / tar_block * tar_block);
  return bytes;
}

std::string tar_header(const std::string& name, char type, const std::string& target, unsigned mode,
                       std::uint64_t size) {
  std::string header(tar_block, '\0');
  const auto put = [&header](std::size_t at, const std::string& text) {
    std::copy(text.begin(), text.end(), header.begin() + static_cast<std::ptrdiff_t>(at));
  };
  put(0, name.substr(0, 100));
  put(100, fmt::format("{:07o}", mode));
  put(108, "0000000");
  put(116, "0000000");
  put(124, fmt::format("{:011o}", size));
  put(136, "00000000000");
  put(148, "        ");
  header[156] = type;
  put(157, target.substr(0, 100));
  put(257, "ustar  ");
  unsigned sum = 0;
  for (const char byte : header) sum += static_cast<unsigned char>(byte);
  put(148, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return header;
}

std::string tar_item(const Item& item) {
  std::string out;
  if (item.name.size() > 100) {
    const std::string name = item.name + '\0';
    out = tar_header("././@LongLink", 'L', "", 0644, name.size()) + padded(name);
  }
  const std::string content = item.type == '0' ? item.content : "";
  const std::uint64_t size = item.size == UINT64_MAX ? content.size() : item.size;
  return out + tar_header(item.name, item.type, item.target, item.mode, size) + padded(content);
}

/// The fields that both headers of an entry have.
std::string zip_fields(const Item& item, const std::string& content) {
  constexpr unsigned utf8 = 0x800;
  const unsigned flags = utf8 | (item.encrypted ? 1U : 0U);
  const std::uint64_t size = item.size == UINT64_MAX ? content.size() : item.size;
  return little_endian(20, 2) + little_endian(flags, 2) + little_endian(0, 2) +
         little_endian(0, 2) + little_endian(0x21, 2) + little_endian(crc32(content), 4) +
         little_endian(content.size(), 4) + little_endian(size, 4) +
         little_endian(item.name.size(), 2) + little_endian(0, 2);
}

unsigned unix_mode(const Item& item) {
  const unsigned kind = item.type == '2' ? 0120000 : item.type == '5' ? 0040000 : 0100000;
  return kind | item.mode;
}

}  // namespace

Item file(const std::string& name, const std::string& content) { return {name, content}; }

Item folder(const std::string& name) { return {name + "/", "", '5', "", 0755}; }

Item link_to(const std::string& name, const std::string& target) {
  return {name, "", '2', target, 0777};
}

std::string tar_gz(const std::vector<Item>& items) {
  std::string bytes;
  for (const Item& item : items) bytes += tar_item(item);
  return gzip(bytes + std::string(2 * tar_block, '\0'));
}

std::string zip(const std::vector<Item>& items) {
  std::string out;
  std::string directory;
  for (const Item& item : items) {
    const std::string content = item.type == '2' ? item.target : item.content;
    const std::string fields = zip_fields(item, content);
    directory += "PK\1\2" + little_endian(0x314, 2) + fields + little_endian(0, 6) +
                 little_endian(std::uint64_t{unix_mode(item)} << 16U, 4) +
                 little_endian(out.size(), 4) + item.name;
    out += "PK\3\4" + fields + item.name + content;
  }
  return out + directory + "PK\5\6" + little_endian(0, 4) + little_endian(items.size(), 2) +
         little_endian(items.size(), 2) + little_endian(directory.size(), 4) +
         little_endian(out.size(), 4) + little_endian(0, 2);
}

}  // namespace archives
