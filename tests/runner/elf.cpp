// SPDX-License-Identifier: MIT
#include "runner/elf.hpp"

#include <elf.h>

#include <cstring>
#include <stdexcept>
#include <string>

#include "support/workspace.hpp"

namespace runner_tests {
namespace {

/// The structure at `offset`.
template <typename T>
T at(const std::string& bytes, std::size_t offset) {
  T value{};
  if (bytes.size() < offset + sizeof(T)) throw std::runtime_error("no ELF file: too short");
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

}  // namespace

std::set<std::uint32_t> segments(const std::filesystem::path& program) {
  const std::string bytes = support::read_file(program);
  const auto header = at<Elf64_Ehdr>(bytes, 0);
  if (!bytes.starts_with(ELFMAG) || header.e_ident[EI_CLASS] != ELFCLASS64) {
    throw std::runtime_error(program.string() + " is no 64-bit ELF file");
  }
  std::set<std::uint32_t> types;
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    types.insert(at<Elf64_Phdr>(bytes, header.e_phoff + i * header.e_phentsize).p_type);
  }
  return types;
}

}  // namespace runner_tests
