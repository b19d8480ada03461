// SPDX-License-Identifier: MIT
#include "support/settings.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace support {

unsigned number_from(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

void print_table(const std::vector<std::string>& lines, const char* variable) {
  const char* table = std::getenv(variable);
  std::ofstream file;
  if (table != nullptr) file.open(table, std::ios::app);
  for (const std::string& line : lines) {
    std::puts(line.c_str());
    if (file.is_open()) file << line << "\n";
  }
}

}  // namespace support
