// SPDX-License-Identifier: MIT
#include "launcher/fetch/download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>
#include <vector>

#include "core/release/assets_by_name.hpp"
#include "core/text/text.hpp"
#include "disk/file.hpp"
#include "disk/open.hpp"
#include "launcher/fetch/disk_error.hpp"
#include "launcher/fetch/fetch_error.hpp"
#include "launcher/fetch/part_file.hpp"
#include "launcher/fetch/ready_version.hpp"
#include "launcher/fetch/unpack.hpp"

namespace fetch {
namespace {

namespace fs = std::filesystem;

/// What an archive usually unpacks to, in multiples of its size, and the archive itself.
constexpr std::uint64_t usual_expansion = 4;

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw_disk_error(error.value(), path);
}

/// Throws FetchError if the archive, of which `done` bytes are there, and its content do not fit.
void check_room(const fs::path& folder, std::uint64_t size, std::uint64_t done) {
  constexpr std::uint64_t most = std::uint64_t{1} << 60U;
  const std::uint64_t bytes = std::min(size, most) * usual_expansion - done;
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  if (error || space.available >= bytes) return;  // writing will show it
  throw FetchError(Obstacle::no_room,
                   fmt::format("the update needs {} of room on the disk, and there are {}",
                               core::human_size(bytes), core::human_size(space.available)),
                   "Make room on the disk, and try again.");
}

core::Error stopped() { return {core::Fault::failed, "the download was stopped"}; }

/// Fills a part file to its end, from wherever the bytes come.
using Fill = std::function<void(PartFile& file)>;

/// A payload on its way to ready/.
class Arrival {
 public:
  Arrival(const Update& update, const Storage& storage) : update_(update), storage_(storage) {}

  fs::path run(const Fill& fill) {
    ReadyVersion ready(storage_.updater, update_);
    if (ready.exists()) return ready.path();
    const fs::path downloads = storage_.updater / "downloads";
    make_folder(downloads);
    PartFile file(downloads, update_.payload_digest, update_.payload.size);
    check_room(downloads, update_.payload.size, file.size());
    try {
      receive(file, fill);
      ready.fill({file.path(), update_.payload.name, storage_.launcher});
    } catch (const FetchError& error) {
      if (error.obstacle == Obstacle::refused) file.remove();
      throw;
    }
    file.remove();
    return ready.path();
  }

 private:
  /// The part of an earlier run may be damaged, so a wrong digest counts only for a whole download.
  void receive(PartFile& file, const Fill& fill) {
    const bool has_older_part = file.size() > 0;
    fill(file);
    if (file.digest() == update_.payload_digest) return;
    if (has_older_part) {
      file.restart();
      fill(file);
      if (file.digest() == update_.payload_digest) return;
    }
    throw refusal(fmt::format("{} does not match its signed digest", update_.payload.name));
  }

  const Update& update_;
  const Storage& storage_;
};

/// Downloads the rest of the file.
class Transfer {
 public:
  Transfer(const Update& update, Provider& provider, const OnProgress& progress)
      : update_(update), provider_(provider), progress_(progress) {}

  void run(PartFile& file) {
    if (file.size() == update_.payload.size) return;
    gitea::Resume resume;
    resume.offset = file.size();
    resume.validator = file.etag();
    const bool is_whole =
        provider_.read_on(asset(), resume, [&]() -> gitea::Sink { return sink(file, resume); });
    if (failure_) std::rethrow_exception(failure_);
    if (is_whole) return;
    if (!has_content_) {
      throw core::Error(core::Fault::failed,
                        fmt::format("{} could not be downloaded", update_.payload.name),
                        "For a private repository, updater/token has to contain a token.");
    }
    throw wrong_size();
  }

 private:
  core::Asset asset() const {
    const core::Asset* found = core::newest_named(update_.release.assets, update_.payload.name);
    if (found == nullptr) {
      throw refusal(fmt::format("the release {} has no {}", core::one_line(update_.release.tag),
                                update_.payload.name));
    }
    if (found->size != update_.payload.size) throw wrong_size();
    return *found;
  }

  FetchError wrong_size() const {
    return refusal(fmt::format("{} does not have its signed size of {} bytes", update_.payload.name,
                               update_.payload.size));
  }

  gitea::Sink sink(PartFile& file, const gitea::Resume& resume) {
    has_content_ = true;
    if (!resume.continued) file.restart();
    file.keep_etag(resume.validator);
    return [this, &file](std::string_view bytes) {
      try {
        file.append(bytes);
        if (!progress_ || progress_({file.size(), update_.payload.size})) return true;
        throw stopped();
      } catch (...) {
        failure_ = std::current_exception();
        return false;
      }
    };
  }

  const Update& update_;
  Provider& provider_;
  const OnProgress& progress_;
  bool has_content_ = false;  ///< the server has sent content
  std::exception_ptr failure_;
};

/// Copies a local file: it is unpacked from the copy, which nobody else can change.
void copy(const fs::path& from, PartFile& file, std::uint64_t size, const OnProgress& progress) {
  file.restart();
  disk::Descriptor descriptor = disk::open_to_read(from, disk::Links::follow);
  if (!descriptor) throw_disk_error(errno, from);
  const disk::File source(std::move(descriptor), from.string());
  std::vector<char> buffer(disk::block_size);
  while (const std::size_t count = source.read(buffer.data(), buffer.size())) {
    if (count > size - file.size()) break;  // the digest will be wrong
    file.append({buffer.data(), count});
    if (progress && !progress({file.size(), size})) throw stopped();
  }
}

}  // namespace

std::string launcher_name(const core::UpdateConfig& config) {
  return config.app + (config.platform.starts_with("windows-") ? ".exe" : "");
}

fs::path download(const Update& update, Provider& provider, const Storage& storage,
                  const OnProgress& progress) {
  Transfer transfer(update, provider, progress);
  return Arrival(update, storage).run([&](PartFile& file) { transfer.run(file); });
}

fs::path download_from(const fs::path& archive, const Installed& installed, const Storage& storage,
                       const OnProgress& progress) {
  const Update update = local_update(archive, installed);
  return Arrival(update, storage).run([&](PartFile& file) {
    copy(archive, file, update.payload.size, progress);
  });
}

}  // namespace fetch
