// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sandbox {

/// Where and why a text is not JSON.
struct JsonError : std::runtime_error {
  JsonError(const std::string& what, std::size_t at) : std::runtime_error(what), offset(at) {}
  std::size_t offset = 0;
};

/// A JSON value that keeps the order of its members, so that responses read like the server's.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}  // NOLINT(google-explicit-constructor): values are written as literals
  Json(bool value) : value_(value) {}               // NOLINT(google-explicit-constructor)
  Json(int value) : value_(std::int64_t{value}) {}  // NOLINT(google-explicit-constructor)
  Json(std::int64_t value) : value_(value) {}       // NOLINT(google-explicit-constructor)
  Json(std::uint64_t value)                         // NOLINT(google-explicit-constructor)
      : value_(static_cast<std::int64_t>(value)) {}
  Json(double value) : value_(value) {}                    // NOLINT(google-explicit-constructor)
  Json(const char* value) : value_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
  Json(std::string value) : value_(std::move(value)) {}    // NOLINT(google-explicit-constructor)
  Json(std::string_view value) : value_(std::string(value)) {}  // NOLINT
  Json(Array value) : value_(std::move(value)) {}   // NOLINT(google-explicit-constructor)
  Json(Object value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)

  static Json object(std::initializer_list<Member> members) { return Object(members); }
  /// Throws JsonError.
  static Json parse(std::string_view text);
  std::string dump() const;

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&value_); }
  const double* as_double() const { return std::get_if<double>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  /// As Go's decoder names it in errors: string, number, bool, array, object, null.
  std::string_view kind() const;

  /// The member of an object, or nothing (also for values that are not objects).
  const Json* find(std::string_view key) const;
  /// Adds or replaces a member; a value that is not an object becomes one.
  void set(std::string key, Json value);
  /// Adds an item; a value that is not an array becomes one.
  void append(Json value);

  /// Members of a type, with a default if they are absent, null or of another type.
  std::string text(std::string_view key, std::string_view otherwise = "") const;
  std::int64_t number(std::string_view key, std::int64_t otherwise = 0) const;
  bool flag(std::string_view key, bool otherwise = false) const;
  std::vector<std::string> texts(std::string_view key) const;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_ =
      nullptr;
};

}  // namespace sandbox
