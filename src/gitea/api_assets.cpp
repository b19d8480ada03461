// SPDX-License-Identifier: MIT
// The requests of Api for the assets of a release.
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/api.hpp"
#include "gitea/download.hpp"
#include "gitea/explain.hpp"
#include "gitea/multipart.hpp"
#include "gitea/wire.hpp"

namespace gitea {

core::Asset Api::upload_asset(std::uint64_t release, const std::string& name,
                              const core::Source& file, core::Encoding encoding) {
  const std::string asked = fmt::format("uploading {}", core::one_line(name));
  Request request(Operation::upload_asset);
  request.file_name = name;
  request.file_size = file.size;
  // The library does not encode a semicolon in a query, and servers written in Go ignore such a
  // query.
  const bool named_by_form = name.find(';') != std::string::npos;
  if (encoding == core::Encoding::raw && !named_by_form) {
    request.upload = file;
    request.content_type = "application/octet-stream";
  } else {
    const Form form = multipart(file, named_by_form ? name : "");
    request.upload = form.body;
    request.content_type = form.content_type;
  }
  const std::string query = named_by_form ? "" : "?name=" + encoded(name);
  const Answer answer =
      expect(asked, request, fmt::format("/releases/{}/assets{}", release, query));
  return parsed(asked, request, answer, parse_asset);
}

void Api::delete_asset(std::uint64_t release, std::uint64_t asset) {
  ask(fmt::format("deleting the asset {}", asset), Request(Operation::delete_asset),
      fmt::format("/releases/{}/assets/{}", release, asset));
}

/// Whether the whole asset was written into the sink.
bool Api::read_asset(const core::Asset& asset, const std::function<Sink()>& sink) {
  if (!is_uuid(asset.uuid) || asset.size > max_file) return false;
  std::uint64_t size = 0;
  const auto counted = [&]() -> Sink {
    size = 0;
    return [&size, &asset, take = sink()](std::string_view bytes) {
      size += bytes.size();
      return size <= asset.size && take(bytes);
    };
  };
  const std::string path = "/attachments/" + asset.uuid;
  const Answer answer = download(http_, server_, path, counted);
  if (answer.status == 200) return size == asset.size;
  if (answer.status >= 300 && answer.status < 500 && answer.status != 429) return false;
  throw explain(fmt::format("downloading {}", core::one_line(asset.name)),
                Request(Operation::read_asset, path), answer, server_);
}

bool Api::read_on(const core::Asset& asset, Resume& resume, const std::function<Sink()>& sink) {
  if (!is_uuid(asset.uuid)) return false;
  return download_on(http_, server_, "/attachments/" + asset.uuid, asset, resume, sink);
}

std::optional<core::Digest> Api::digest_of_asset(const core::Asset& asset) {
  std::optional<core::Hash> hash;
  const auto open = [&hash]() -> Sink {
    hash.emplace();
    return [&hash](std::string_view bytes) {
      hash->update(bytes);
      return true;
    };
  };
  if (!read_asset(asset, open)) return std::nullopt;
  if (!hash) hash.emplace();  // if the response had no body
  return hash->digest();
}

std::optional<std::string> Api::content_of_asset(const core::Asset& asset, std::uint64_t limit) {
  if (asset.size > limit) return std::nullopt;
  std::string content;
  const auto open = [&content]() -> Sink {
    content.clear();
    return [&content](std::string_view bytes) {
      content += bytes;
      return true;
    };
  };
  if (!read_asset(asset, open)) return std::nullopt;
  return content;
}

}  // namespace gitea
