// SPDX-License-Identifier: MIT
#include "binding.hpp"

#include "text.hpp"

namespace sandbox {

namespace {

constexpr std::size_t most_json = std::size_t{256} << 20U;

std::string decoder_text(const Call& call, std::string_view text, const JsonError& error) {
  const std::string_view rest = trim(text.substr(std::min(error.offset, text.size())));
  if (rest.empty()) {
    if (call.profile().body_errors_1_27) return "unexpected EOF";
    using namespace std::string_literals;
    return "invalid character '\0' looking for beginning of value"s;
  }
  return "invalid character '" + std::string(rest.substr(0, 1)) +
         "' looking for beginning of value";
}

void check_types(const Call& call, std::string_view go_struct, const Json& form,
                 const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    const Json* value = form.find(field.name);
    if (value == nullptr || value->is_null()) continue;
    const bool fits = field.type == "string" ? value->as_string() != nullptr
                      : field.type == "bool" ? value->as_bool() != nullptr
                                             : true;
    if (fits) continue;
    const auto shown = call.profile().body_errors_1_27 ? field.name : field.go_name;
    call.refuse(422, "[]: json: cannot unmarshal " + std::string(value->kind()) +
                         " into Go struct field " + std::string(go_struct) + "." +
                         std::string(shown) + " of type " + std::string(field.type));
  }
}

}  // namespace

Json bind(Call& call, std::string_view go_struct, const std::vector<Field>& fields) {
  const std::string type = lower(call.request.content_type());
  if (type.empty()) {
    if (call.request.method == "POST") call.refuse(422, "[]: Empty Content-Type");
    return Json::Object{};
  }
  if (contains(type, "form-urlencoded") || contains(type, "multipart/form-data")) {
    return Json::Object{};
  }
  if (!contains(type, "json")) call.refuse(422, "[]: Unsupported Content-Type");
  call.raw_body = call.body.read_all(most_json);
  if (trim(call.raw_body).empty()) return Json::Object{};
  Json form;
  try {
    form = Json::parse(call.raw_body);
  } catch (const JsonError& error) {
    call.refuse(422, "[]: " + decoder_text(call, call.raw_body, error));
  }
  if (form.is_null()) return Json::Object{};
  if (form.as_object() == nullptr) {
    call.refuse(422, "[]: json: cannot unmarshal " + std::string(form.kind()) +
                         " into Go value of type structs." + std::string(go_struct));
  }
  check_types(call, go_struct, form, fields);
  return form;
}

std::string required(const Call& call, const Json& form, const Field& field) {
  std::string value = form.text(field.name);
  if (trim(value).empty()) call.refuse(422, "[" + std::string(field.go_name) + "]: Required");
  return value;
}

}  // namespace sandbox
