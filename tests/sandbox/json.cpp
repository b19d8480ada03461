// SPDX-License-Identifier: MIT
#include "json.hpp"

#include <stdexcept>

// The only file that uses RapidJSON. An assertion in it must not end the program.
#define RAPIDJSON_ASSERT(condition) \
  ((condition) ? void() : throw std::logic_error("RapidJSON: " #condition))
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace sandbox {

namespace {

// Builds the tree from the events of the reader; open containers are on a stack.
class Builder {
 public:
  bool Null() { return add(nullptr); }
  bool Bool(bool value) { return add(value); }
  bool Int(int value) { return add(value); }
  bool Uint(unsigned value) { return add(std::int64_t{value}); }
  bool Int64(std::int64_t value) { return add(value); }
  bool Uint64(std::uint64_t value) { return add(value); }
  bool Double(double value) { return add(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return add(std::string(text, size));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return add(std::string(text, size));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    keys_.back().assign(text, size);
    return true;
  }
  bool StartObject() { return open(Json::Object{}); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(Json::Array{}); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  Json take() { return std::move(root_); }

 private:
  bool open(Json container) {
    open_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }

  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(done));
  }

  bool add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().as_array() != nullptr) {
      open_.back().append(std::move(value));
    } else {
      open_.back().set(keys_.back(), std::move(value));
    }
    return true;
  }

  Json root_;
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(Writer& writer, const Json& value) {
  if (const auto* flag = value.as_bool()) {
    writer.Bool(*flag);
  } else if (const auto* number = value.as_int()) {
    writer.Int64(*number);
  } else if (const auto* real = value.as_double()) {
    writer.Double(*real);
  } else if (const auto* text = value.as_string()) {
    writer.String(text->data(), static_cast<rapidjson::SizeType>(text->size()));
  } else if (const auto* items = value.as_array()) {
    writer.StartArray();
    for (const Json& item : *items) write(writer, item);
    writer.EndArray();
  } else if (const auto* members = value.as_object()) {
    writer.StartObject();
    for (const auto& [key, member] : *members) {
      writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
      write(writer, member);
    }
    writer.EndObject();
  } else {
    writer.Null();
  }
}

}  // namespace

Json Json::parse(std::string_view text) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  Builder builder;
  const auto result = reader.Parse<rapidjson::kParseIterativeFlag>(stream, builder);
  if (result.IsError()) {
    throw JsonError(rapidjson::GetParseError_En(result.Code()), result.Offset());
  }
  return builder.take();
}

std::string Json::dump() const {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  write(writer, *this);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string_view Json::kind() const {
  constexpr std::string_view names[] = {"null",   "bool",  "number", "number",
                                        "string", "array", "object"};
  return names[value_.index()];
}

const Json* Json::find(std::string_view key) const {
  const auto* members = as_object();
  if (members == nullptr) return nullptr;
  for (const auto& [name, value] : *members) {
    if (name == key) return &value;
  }
  return nullptr;
}

void Json::set(std::string key, Json value) {
  auto* members = std::get_if<Object>(&value_);
  if (members == nullptr) members = &value_.emplace<Object>();
  for (auto& [name, old] : *members) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  members->emplace_back(std::move(key), std::move(value));
}

void Json::append(Json value) {
  auto* items = std::get_if<Array>(&value_);
  if (items == nullptr) items = &value_.emplace<Array>();
  items->push_back(std::move(value));
}

std::string Json::text(std::string_view key, std::string_view otherwise) const {
  const Json* member = find(key);
  const auto* value = member == nullptr ? nullptr : member->as_string();
  return value == nullptr ? std::string(otherwise) : *value;
}

std::int64_t Json::number(std::string_view key, std::int64_t otherwise) const {
  const Json* member = find(key);
  const auto* value = member == nullptr ? nullptr : member->as_int();
  return value == nullptr ? otherwise : *value;
}

bool Json::flag(std::string_view key, bool otherwise) const {
  const Json* member = find(key);
  const auto* value = member == nullptr ? nullptr : member->as_bool();
  return value == nullptr ? otherwise : *value;
}

std::vector<std::string> Json::texts(std::string_view key) const {
  std::vector<std::string> out;
  const Json* member = find(key);
  const auto* items = member == nullptr ? nullptr : member->as_array();
  if (items == nullptr) return out;
  for (const Json& item : *items) {
    if (const auto* value = item.as_string()) out.push_back(*value);
  }
  return out;
}

}  // namespace sandbox
