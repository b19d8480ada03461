// SPDX-License-Identifier: MIT
#include "sandbox_tests/json.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cctype>
#include <stdexcept>

namespace sandbox_tests {
namespace {

std::string text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

void flatten(const rapidjson::Value& value, const std::string& path,
             std::map<std::string, std::string>& out) {
  if (value.IsObject()) {
    std::string keys;
    for (const auto& entry : value.GetObject()) {
      const std::string key = text_of(entry.name);
      keys += (keys.empty() ? "" : ",") + key;
      flatten(entry.value, path + "." + key, out);
    }
    out[path] = "{" + keys + "}";
  } else if (value.IsArray()) {
    out[path] = "array of " + std::to_string(value.Size());
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      flatten(value[i], path + "[" + std::to_string(i) + "]", out);
    }
  } else {
    out[path] = dumped(value);
  }
}

}  // namespace

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  if (document.HasParseError()) throw std::runtime_error("no JSON: " + text.substr(0, 300));
  return document;
}

std::string dumped(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string quoted(const std::string& text) {
  return dumped(rapidjson::Value(text.data(), static_cast<rapidjson::SizeType>(text.size())));
}

std::map<std::string, std::string> flattened(const rapidjson::Value& value) {
  std::map<std::string, std::string> out;
  flatten(value, "", out);
  return out;
}

std::string member(const std::string& json, const std::string& path) {
  const rapidjson::Document document = parsed(json);
  const rapidjson::Value* value = &document;
  for (std::size_t at = 0; at <= path.size() && !path.empty();) {
    const std::size_t end = std::min(path.find('.', at), path.size());
    const std::string key = path.substr(at, end - at);
    at = end + 1;
    if (value->IsArray() && key == "#") return std::to_string(value->Size());
    if (value->IsArray() && std::isdigit(static_cast<unsigned char>(key[0])) != 0 &&
        std::stoul(key) < value->Size()) {
      value = &(*value)[static_cast<rapidjson::SizeType>(std::stoul(key))];
    } else if (value->IsObject() && value->HasMember(key.c_str())) {
      value = &(*value)[key.c_str()];
    } else {
      return "(absent)";
    }
  }
  return value->IsString() ? text_of(*value) : dumped(*value);
}

}  // namespace sandbox_tests
