// SPDX-License-Identifier: MIT
// The only door to RapidJSON: a small typed reader and writer. Everything foreign is checked, since
// RapidJSON itself only asserts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A value of a parsed document; copies share the document. Reading a member of the wrong type
/// throws Error (Fault::failed) that names the member; an absent or null member reads as empty.
class Json {
 public:
  /// Throws Error where `text` is not one valid JSON document in valid UTF-8.
  static Json parse(std::string_view text);

  bool is_object() const;
  bool has(const char* member) const;  ///< present and not null
  std::string string(const char* member) const;
  std::uint64_t number(const char* member) const;  ///< non-negative integers only
  bool boolean(const char* member) const;
  Json object(const char* member) const;              ///< an empty object where absent
  std::vector<Json> array(const char* member) const;  ///< of objects
  std::vector<std::string> strings(const char* member) const;
  std::vector<Json> elements() const;  ///< where this value itself is an array

 private:
  Json(std::shared_ptr<const void> document, const void* value);

  std::shared_ptr<const void> document_;
  const void* value_ = nullptr;
};

/// Writes one flat object; strings that are not valid UTF-8 are sent with U+FFFD in place of what
/// is broken. `text()` closes it.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view value);
  JsonObject& add(std::string_view name, const char* value) {
    return add(name, std::string_view(value));
  }
  JsonObject& add(std::string_view name, bool value);
  JsonObject& add(std::string_view name, std::uint64_t value);
  std::string text() const { return text_ + "}"; }

 private:
  void key(std::string_view name);

  std::string text_ = "{";
};

}  // namespace core
