// SPDX-License-Identifier: MIT
#include "core/text/json.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "core/error.hpp"
#include "core/text/text.hpp"

// Without this a wrong type is an abort, or with NDEBUG silent garbage.
#define RAPIDJSON_ASSERT(x)                             \
  do {                                                  \
    if (!(x)) throw std::logic_error("rapidjson: " #x); \
  } while (false)
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace core {
namespace {

using Value = rapidjson::Value;

const Value& as_value(const void* pointer) { return *static_cast<const Value*>(pointer); }

const Value* find(const void* object, const char* member) {
  const Value& value = as_value(object);
  if (!value.IsObject()) return nullptr;
  const auto found = value.FindMember(member);
  return found == value.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

[[noreturn]] void wrong_type(const char* member, const char* expected) {
  throw Error(Fault::failed,
              fmt::format("in the server's response, '{}' is not {}", member, expected),
              "Check that 'server_url' is a Gitea or Forgejo server, and that no proxy changes its "
              "responses.");
}

/// `text` with every byte that is not valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (length < 4 && at + length < text.size() && !is_utf8(text.substr(at, length))) ++length;
    const bool valid = is_utf8(text.substr(at, length));
    result += valid ? std::string(text.substr(at, length)) : "\xEF\xBF\xBD";
    at += valid ? length : 1;
  }
  return result;
}

std::string quoted(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const std::string safe = is_utf8(text) ? std::string(text) : valid_utf8(text);
  writer.String(safe.data(), static_cast<rapidjson::SizeType>(safe.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

Json::Json(std::shared_ptr<const void> document, const void* value)
    : document_(std::move(document)), value_(value) {}

Json Json::parse(std::string_view text) {
  // RapidJSON ignores parts of a byte order mark.
  if (!is_utf8(text)) throw Error(Fault::failed, "invalid JSON: it is not UTF-8");
  // RapidJSON treats a NUL as the end of the text. JSON cannot contain one.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    throw Error(Fault::failed, fmt::format("invalid JSON: a NUL (at byte {})", nul));
  }
  auto document = std::make_shared<rapidjson::Document>();
  // Iterative: the recursive parser overflows the stack at a million brackets.
  constexpr unsigned flags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;
  document->Parse<flags>(text.data(), text.size());
  if (document->HasParseError()) {
    throw Error(Fault::failed, fmt::format("invalid JSON: {} (at byte {})",
                                           rapidjson::GetParseError_En(document->GetParseError()),
                                           document->GetErrorOffset()));
  }
  const void* root = static_cast<const Value*>(document.get());
  return {std::move(document), root};
}

bool Json::is_object() const { return as_value(value_).IsObject(); }

bool Json::has(const char* member) const { return find(value_, member) != nullptr; }

std::string Json::string(const char* member) const {
  const Value* value = find(value_, member);
  if (value == nullptr) return {};
  if (!value->IsString()) wrong_type(member, "a string");
  return {value->GetString(), value->GetStringLength()};
}

std::uint64_t Json::number(const char* member) const {
  const Value* value = find(value_, member);
  if (value == nullptr) return 0;
  if (!value->IsUint64()) wrong_type(member, "a whole number");
  return value->GetUint64();
}

bool Json::boolean(const char* member) const {
  const Value* value = find(value_, member);
  if (value == nullptr) return false;
  if (!value->IsBool()) wrong_type(member, "true or false");
  return value->GetBool();
}

Json Json::object(const char* member) const {
  static const Value empty(rapidjson::kObjectType);
  const Value* value = find(value_, member);
  if (value == nullptr) return {document_, &empty};
  if (!value->IsObject()) wrong_type(member, "an object");
  return {document_, value};
}

std::vector<Json> Json::array(const char* member) const {
  const Value* value = find(value_, member);
  if (value == nullptr) return {};
  if (!value->IsArray()) wrong_type(member, "a list");
  return Json(document_, value).elements();
}

std::vector<std::string> Json::strings(const char* member) const {
  std::vector<std::string> result;
  const Value* value = find(value_, member);
  if (value == nullptr) return result;
  if (!value->IsArray()) wrong_type(member, "a list");
  for (const Value& element : value->GetArray()) {
    if (!element.IsString()) wrong_type(member, "a list of strings");
    result.emplace_back(element.GetString(), element.GetStringLength());
  }
  return result;
}

std::vector<Json> Json::elements() const {
  std::vector<Json> result;
  const Value& value = as_value(value_);
  if (!value.IsArray()) wrong_type("(the whole response)", "a list");
  for (const Value& element : value.GetArray()) {
    if (!element.IsObject()) wrong_type("(an element of a list)", "an object");
    result.push_back(Json(document_, &element));
  }
  return result;
}

std::vector<std::pair<std::string, Json>> Json::members() const {
  std::vector<std::pair<std::string, Json>> result;
  for (const auto& member : as_value(value_).GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    if (!member.value.IsObject()) wrong_type(name.c_str(), "an object");
    result.emplace_back(name, Json(document_, &member.value));
  }
  return result;
}

void JsonObject::key(std::string_view name) {
  if (text_.size() > 1) text_ += ',';
  text_ += quoted(name) + ':';
}

JsonObject& JsonObject::add(std::string_view name, std::string_view value) {
  key(name);
  text_ += quoted(value);
  return *this;
}

JsonObject& JsonObject::add(std::string_view name, bool value) {
  key(name);
  text_ += value ? "true" : "false";
  return *this;
}

JsonObject& JsonObject::add(std::string_view name, std::uint64_t value) {
  key(name);
  text_ += fmt::format("{}", value);
  return *this;
}

JsonObject& JsonObject::add(std::string_view name, const JsonObject& value) {
  key(name);
  text_ += value.text();
  return *this;
}

JsonObject& JsonObject::add(std::string_view name, const std::vector<JsonObject>& values) {
  key(name);
  text_ += '[';
  for (const JsonObject& value : values) {
    if (&value != &values.front()) text_ += ',';
    text_ += value.text();
  }
  text_ += ']';
  return *this;
}

JsonObject& JsonObject::add(std::string_view name, const std::vector<std::string>& values) {
  key(name);
  text_ += '[';
  for (const std::string& value : values) {
    if (&value != &values.front()) text_ += ',';
    text_ += quoted(value);
  }
  text_ += ']';
  return *this;
}

}  // namespace core
