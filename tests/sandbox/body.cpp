// SPDX-License-Identifier: MIT
#include "body.hpp"

#include <algorithm>
#include <charconv>

#include "text.hpp"

namespace sandbox {

Body::Body(Connection& connection, const Request& request) : connection_(connection) {
  chunked_ = lower(request.headers.value("Transfer-Encoding")) == "chunked";
  const std::string_view length = request.headers.value("Content-Length");
  if (!chunked_ && !length.empty()) {
    const auto number = to_number(trim(length));
    if (!number || *number < 0) throw BodyBroken("Content-Length is no number");
    left_ = static_cast<std::uint64_t>(*number);
  }
  finished_ = !chunked_ && left_ == 0;
  awaits_continue_ = lower(request.headers.value("Expect")) == "100-continue";
}

std::size_t Body::read(char* out, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size && !finished_) filled += read_some(out + filled, size - filled);
  return filled;
}

std::string Body::read_all(std::size_t limit) {
  std::string text;
  char block[16384];
  while (!finished_) {
    text.append(block, read(block, sizeof block));
    if (text.size() > limit) throw BodyBroken("body too large");
  }
  return text;
}

bool Body::drain(std::uint64_t limit) {
  char block[16384];
  while (!finished_ && limit > 0) {
    limit -= read(block, static_cast<std::size_t>(std::min<std::uint64_t>(limit, sizeof block)));
  }
  return finished_;
}

void Body::take_in() {
  constexpr std::size_t most = std::size_t{64} << 20U;
  std::string whole = read_all(most);
  finished_ = whole.empty();
  kept_ = std::move(whole);
}

void Body::stall_after(std::uint64_t bytes) {
  connection_.stop_reading();
  drain(bytes);
}

std::optional<std::uint64_t> Body::remaining() const {
  if (chunked_) return std::nullopt;
  return left_;
}

std::size_t Body::read_some(char* out, std::size_t size) {
  if (finished_) return 0;
  if (kept_) return read_kept(out, size);
  if (awaits_continue_) {
    awaits_continue_ = false;
    connection_.write("HTTP/1.1 100 Continue\r\n\r\n");
  }
  if (reset_after_) {
    if (received_ >= *reset_after_) throw ResetNow{};
    size = static_cast<std::size_t>(std::min<std::uint64_t>(size, *reset_after_ - received_));
  }
  const std::size_t got = read_framed(out, size);
  received_ += got;
  if (reader_) reader_->see({out, got});
  return got;
}

std::size_t Body::read_kept(char* out, std::size_t size) {
  const std::size_t got = kept_->copy(out, size, kept_used_);
  kept_used_ += got;
  finished_ = kept_used_ == kept_->size();
  return got;
}

std::size_t Body::read_framed(char* out, std::size_t size) {
  if (chunked_ && left_ == 0) begin_chunk();
  if (finished_) return 0;
  const std::size_t got =
      connection_.read(out, static_cast<std::size_t>(std::min<std::uint64_t>(size, left_)));
  if (got == 0) throw BodyBroken("unexpected EOF");
  left_ -= got;
  if (!chunked_ && left_ == 0) finished_ = true;
  return got;
}

std::string Body::chunk_line() {
  std::string line;
  if (!connection_.read_line(line, 4096)) throw BodyBroken("unexpected EOF");
  return line;
}

void Body::begin_chunk() {
  if (inside_chunks_ && !chunk_line().empty()) throw BodyBroken("malformed chunked encoding");
  inside_chunks_ = true;
  const std::string line = chunk_line();
  const char* end = line.data() + std::min(line.find(';'), line.size());
  const auto [stopped, error] = std::from_chars(line.data(), end, left_, 16);
  if (error != std::errc{} || stopped == line.data()) {
    throw BodyBroken("invalid byte in chunk length");
  }
  if (left_ > 0) return;
  while (!chunk_line().empty()) {
  }
  finished_ = true;
}

}  // namespace sandbox
