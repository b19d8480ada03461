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

template <typename FileHeader, typename ProgramHeader>
std::set<std::uint32_t> segments_of(const std::string& bytes) {
  const auto header = at<FileHeader>(bytes, 0);
  std::set<std::uint32_t> types;
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    types.insert(at<ProgramHeader>(bytes, header.e_phoff + i * header.e_phentsize).p_type);
  }
  return types;
}

}  // namespace

std::set<std::uint32_t> segments(const std::filesystem::path& program) {
  const std::string bytes = support::read_file(program);
  if (!bytes.starts_with(ELFMAG) || bytes.size() <= EI_CLASS) {
    throw std::runtime_error(program.string() + " is no ELF file");
  }
  return bytes[EI_CLASS] == ELFCLASS64 ? segments_of<Elf64_Ehdr, Elf64_Phdr>(bytes)
                                       : segments_of<Elf32_Ehdr, Elf32_Phdr>(bytes);
}

}  // namespace runner_tests
