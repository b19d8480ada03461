// SPDX-License-Identifier: MIT
#include "contract/schema.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "inputs/parse.hpp"
#include "inputs/sources.hpp"
#include "inputs/table.hpp"

namespace contract {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string list_of(const std::vector<std::string>& words) {
  std::vector<std::string> result;
  for (const std::string& word : words) result.push_back(quoted(word));
  return core::join(result, ", ");
}

/// The YAML values that are allowed for an input.
std::string type_of(const inputs::Command& command, const inputs::Option& option) {
  const auto values = inputs::values_of(command, option);
  if (option.line_each) {
    return R"("anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}])";
  }
  if (option.may_stand_alone()) return R"("type": "boolean")";
  if (values.empty()) return R"("type": ["string", "number"])";
  std::vector<std::string> words;
  std::string booleans;
  for (const std::string& value : values) {
    if (value == "true" || value == "false") {
      booleans += ", " + value;
    } else {
      words.push_back(value);
    }
  }
  return fmt::format(R"("enum": [{}{}])", list_of(words), booleans);
}

constexpr const char* downloads = R"(    "downloads": {
      "description": "A table of the downloads in the notes.",
      "anyOf": [
        {"type": "boolean"},
        {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "digest": {"description": "How much of each SHA-256 a row shows.", "enum": ["full", "short", "none"]},
            "pip": {"description": "The name of a package in this server's Python registry: adds a line with `pip install`.", "type": "string"},
            "docker": {"description": "An image without a tag: adds a line with `docker pull`.", "type": "string"},
            "rows": {
              "description": "A row for each pattern; without it, one for each asset.",
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["label", "file"],
                "properties": {
                  "label": {"description": "Text of the row, such as `Windows (installer)`.", "type": "string"},
                  "file": {"description": "Pattern of the asset's name.", "type": "string"}
                }
              }
            }
          }
        }
      ]
    })";

constexpr const char* notes = R"(    "notes": {
      "description": "What generated notes consist of, and how they are laid out.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "source": {"description": "What is listed: commits, or pull requests.", "enum": ["commits", "pulls"]},
        "categories": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["title"],
            "properties": {
              "title": {"type": "string"},
              "types": {"description": "Conventional Commit types, such as feat; `other` is every other commit.", "type": "array", "items": {"type": "string"}},
              "labels": {"description": "Labels of pull requests, for `source: pulls`.", "type": "array", "items": {"type": "string"}}
            }
          }
        },
        "exclude": {"description": "Types that are left out; with `source: pulls` also labels.", "type": "array", "items": {"type": "string"}}
      }
    })";

constexpr const char* update = R"(    "update": {
      "description": "Adds an update.json to signed releases: what applications that update themselves read.",
      "type": "object",
      "additionalProperties": false,
      "required": ["app", "public_key", "payloads"],
      "properties": {
        "app": {"description": "Name of the application, the same for all releases: letters, digits and `-`.", "type": "string"},
        "public_key": {"description": "The public key that belongs to signing_key: `RW…`.", "type": "string"},
        "payloads": {"description": "For each platform a pattern of asset names, which has to match one asset.", "type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
        "from": {"description": "Versions that can be updated to this one directly: `>=VERSION`; without it, all.", "type": "string"},
        "critical": {"description": "Shown as an alert, and cannot be skipped.", "type": "boolean"},
        "withdrawn": {"description": "Versions that are not offered any more.", "type": "array", "items": {"type": ["string", "number"]}},
        "summary": {"description": "One line, shown before the notes.", "type": "string"}
      }
    })";

}  // namespace

std::string config_schema() {
  std::map<std::string, std::string> properties = {
      {"downloads", downloads}, {"notes", notes}, {"update", update}};
  for (const inputs::Command& command : inputs::command_table()) {
    if (!inputs::reads_config(command)) continue;
    for (const inputs::Option& option : command.options) {
      if (!inputs::may_be_in_config(option.name)) continue;
      properties.try_emplace(
          option.name, fmt::format("    \"{}\": {{\n      \"description\": {},\n      {}\n    }}",
                                   option.name, quoted(option.meaning), type_of(command, option)));
    }
  }
  std::vector<std::string> texts;
  for (const auto& [name, text] : properties) texts.push_back(text);
  return "{\n  \"$schema\": \"https://json-schema.org/draft-07/schema#\",\n"
         "  \"title\": \".gitea/release.yml of gitea-release\",\n  \"type\": \"object\",\n"
         "  \"additionalProperties\": false,\n  \"properties\": {\n" +
         core::join(texts, ",\n") + "\n  }\n}\n";
}

}  // namespace contract
