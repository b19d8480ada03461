// SPDX-License-Identifier: MIT
// A small typed reader and writer, and the only code that uses RapidJSON. Checks the type of every
// value, because RapidJSON only asserts it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core {

/// A value of a parsed document; copies share the document. Reading a member of the wrong type
/// throws Error (Fault::failed) that names the member. A member that is absent or null reads as
/// empty.
class Json {
 public:
  /// Throws Error if `text` is not exactly one JSON document in valid UTF-8.
  static Json parse(std::string_view text);

  bool is_object() const;
  bool has(const char* member) const;  ///< present and not null
  std::string string(const char* member) const;
  std::uint64_t number(const char* member) const;  ///< non-negative integers only
  bool boolean(const char* member) const;
  Json object(const char* member) const;              ///< an empty object if absent
  std::vector<Json> array(const char* member) const;  ///< of objects
  std::vector<std::string> strings(const char* member) const;
  std::vector<Json> elements() const;  ///< if this value itself is an array
  /// The members of an object whose members are objects; both of two members with the same name.
  std::vector<std::pair<std::string, Json>> members() const;

 private:
  Json(std::shared_ptr<const void> document, const void* value);

  std::shared_ptr<const void> document_;
  const void* value_ = nullptr;
};

/// Writes one object. In strings, U+FFFD replaces bytes that are not valid UTF-8. `text()` closes
/// the object.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view value);
  JsonObject& add(std::string_view name, const char* value) {
    return add(name, std::string_view(value));
  }
  JsonObject& add(std::string_view name, bool value);
  JsonObject& add(std::string_view name, std::uint64_t value);
  JsonObject& add(std::string_view name, const JsonObject& value);
  JsonObject& add(std::string_view name, const std::vector<std::string>& values);
  JsonObject& add(std::string_view name, const std::vector<JsonObject>& values);
  std::string text() const { return text_ + "}"; }

 private:
  void key(std::string_view name);

  std::string text_ = "{";
};

}  // namespace core
