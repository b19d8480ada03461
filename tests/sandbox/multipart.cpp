// SPDX-License-Identifier: MIT
#include "multipart.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include "text.hpp"

namespace sandbox {

namespace {

using Parameters = std::map<std::string, std::string>;

// Go treats a backslash as an escape only before these.
bool is_special(char c) { return std::strchr("()<>@,;:\\\"/[]?=", c) != nullptr && c != '\0'; }

// `form-data; name="a"; filename="b"` without its first word. Throws FormBroken.
Parameters parameters_of(std::string_view text) {
  Parameters out;
  std::size_t at = std::min(text.find(';'), text.size());
  while (at < text.size()) {
    ++at;
    const auto equals = text.find('=', at);
    if (equals == std::string_view::npos) break;
    const std::string key = lower(trim(text.substr(at, equals - at)));
    at = equals + 1;
    std::string value;
    if (at < text.size() && text[at] == '"') {
      ++at;
      while (at < text.size() && text[at] != '"') {
        if (text[at] == '\n' || text[at] == '\r') throw FormBroken("line end in a parameter");
        if (text[at] == '\\' && at + 1 < text.size() && is_special(text[at + 1])) ++at;
        value += text[at++];
      }
      if (at == text.size()) throw FormBroken("quote is not closed");
      at = std::min(text.find(';', at), text.size());
    } else {
      const auto end = std::min(text.find(';', at), text.size());
      value = trim(text.substr(at, end - at));
      at = end;
    }
    if (key.ends_with('*')) {  // filename*=UTF-8''percent-encoded
      const auto quote = value.rfind('\'');
      out[key.substr(0, key.size() - 1)] =
          percent_decode(quote == std::string::npos ? value : value.substr(quote + 1));
    } else {
      out.emplace(key, value);
    }
  }
  return out;
}

// Go removes the path of a file name; "a/" becomes "a", "" becomes ".".
std::string base_name(std::string name) {
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  const auto slash = name.rfind('/');
  if (slash != std::string::npos && name.size() > 1) name.erase(0, slash + 1);
  return name;
}

class FormReader {
 public:
  FormReader(Body& body, std::string boundary)
      : body_(body), boundary_(std::move(boundary)), buffer_(std::size_t{64} * 1024) {}

  // Skips the text before the first boundary. False if the form ends with it.
  bool begin() {
    // The first boundary may be at the very start, without a line end before it.
    prepend("\r\n");
    copy_until_boundary([](std::string_view) {});
    return more_parts();
  }

  Parameters part_parameters() {
    Parameters out;
    bool seen = false;
    while (true) {
      const std::string line = header_line();
      if (line.empty()) break;
      const auto colon = line.find(':');
      if (colon == std::string::npos) throw FormBroken("malformed header of a part");
      if (lower(trim(line.substr(0, colon))) != "content-disposition") continue;
      out = parameters_of(std::string_view(line).substr(colon + 1));
      seen = true;
    }
    if (!seen) out.clear();
    return out;
  }

  bool content(const std::function<void(std::string_view)>& take) {
    copy_until_boundary(take);
    return more_parts();
  }

 private:
  std::size_t available() const { return end_ - begin_; }
  std::string_view view() const { return {buffer_.data() + begin_, available()}; }

  void prepend(std::string_view text) {
    std::memcpy(buffer_.data(), text.data(), text.size());
    end_ = text.size();
  }

  // False at the end of the body.
  bool fill() {
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, available());
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == buffer_.size()) throw FormBroken("header of a part too long");
    const std::size_t got = body_.read(buffer_.data() + end_, buffer_.size() - end_);
    end_ += got;
    return got > 0;
  }

  // Where `mark` begins in `text`, even if only its first bytes are at the very end; else the end.
  static std::size_t begin_of(std::string_view mark, std::string_view text) {
    const void* found = ::memmem(text.data(), text.size(), mark.data(), mark.size());
    if (found != nullptr) {
      return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    }
    std::size_t at = text.size() - std::min(text.size(), mark.size() - 1);
    while (at < text.size() && !mark.starts_with(text.substr(at))) ++at;
    return at;
  }

  // Every byte before `\r\n--boundary` is content.
  void copy_until_boundary(const std::function<void(std::string_view)>& take) {
    const std::string mark = "\r\n--" + boundary_;
    while (true) {
      const std::size_t at = begin_of(mark, view());
      if (at > 0) take(view().substr(0, at));
      begin_ += at;
      if (available() >= mark.size()) {
        begin_ += mark.size();
        return;
      }
      if (!fill()) throw FormBroken("the closing boundary is missing");
    }
  }

  bool more_parts() {
    while (available() < 2) {
      if (!fill()) throw FormBroken("the closing boundary is missing");
    }
    if (view().starts_with("--")) {
      begin_ = end_;
      body_.drain(~std::uint64_t{0});
      return false;
    }
    if (!trim(header_line()).empty()) throw FormBroken("garbage after a boundary");
    return true;
  }

  std::string header_line() {
    while (true) {
      const auto end = view().find("\r\n");
      if (end != std::string_view::npos) {
        std::string line(view().substr(0, end));
        begin_ += end + 2;
        return line;
      }
      if (!fill()) throw FormBroken("a part ends in its header");
    }
  }

  Body& body_;
  std::string boundary_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

Form read_form(Body& body, std::string_view content_type, const Blobs& blobs) {
  constexpr std::size_t most_text = std::size_t{10} << 20U;
  const Parameters header = parameters_of(content_type);
  const auto boundary = header.find("boundary");
  if (boundary == header.end() || boundary->second.empty()) throw FormBroken("no boundary");
  Form form;
  FormReader reader(body, boundary->second);
  bool more = reader.begin();
  while (more) {
    const Parameters part = reader.part_parameters();
    const auto name = part.find("name");
    const auto file = part.find("filename");
    const std::string key = name == part.end() ? "" : name->second;
    if (file == part.end()) {
      std::string text;
      more = reader.content([&](std::string_view bytes) {
        if (text.size() + bytes.size() > most_text) throw FormBroken("message too large");
        text += bytes;
      });
      if (!key.empty()) form.fields.emplace(key, std::move(text));
      continue;
    }
    Form::File spooled{base_name(file->second), blobs.begin()};
    more = reader.content([&](std::string_view bytes) { spooled.content->append(bytes); });
    if (!key.empty()) form.files.emplace(key, std::move(spooled));
  }
  return form;
}

}  // namespace sandbox
