// SPDX-License-Identifier: MIT
#include "launcher/state_file.hpp"

#include "launcher/reads.hpp"

namespace launcher {

core::Journal read_journal(const Folder& folder) {
  const auto text = text_of(folder.state(), core::max_journal);
  if (text) return core::parse_journal(*text);
  if (entry_at(folder.state()) == Entry::absent) return {};
  throw core::Error(core::Fault::failed, folder.state().string() + " is not a file");
}

void write_journal(const Folder& folder, FileSystem& files, const core::Journal& journal) {
  files.write_durably(folder.state(), core::render_journal(journal));
}

}  // namespace launcher
