// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "call.hpp"
#include "json.hpp"

namespace sandbox {

/// A member that an endpoint accepts: its JSON name, its name in Go (for errors), and its type as
/// Go names it in errors ("string", "bool").
struct Field {
  std::string_view name;
  std::string_view go_name;
  std::string_view type;
};

/// The body of a POST or PATCH as Gitea binds it. JSON only counts with a JSON content type; a form
/// (or, for PATCH, no content type at all) binds nothing. Throws a Refusal with 422.
Json bind(Call& call, std::string_view go_struct, const std::vector<Field>& fields);

/// 422 `[GoName]: Required` unless the member is a non-empty text.
std::string required(const Call& call, const Json& form, const Field& field);

}  // namespace sandbox
