// SPDX-License-Identifier: MIT
#pragma once

#include <rapidjson/document.h>

#include <map>
#include <string>

namespace sandbox_tests {

/// See Answer::at.
std::string member(const std::string& json, const std::string& path);

std::string dumped(const rapidjson::Value& value);

/// Every value by its path (".assets[0].name"): scalars with their type, objects as the list of
/// their keys in order, arrays as their length. Equal maps mean equal documents.
std::map<std::string, std::string> flattened(const rapidjson::Value& value);

/// Throws std::runtime_error if `text` is not JSON.
rapidjson::Document parsed(const std::string& text);

/// `text` as a JSON string, with its quotes.
std::string quoted(const std::string& text);

}  // namespace sandbox_tests
