// SPDX-License-Identifier: MIT
#include "leaks.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>

#include "../secret_forms.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

constexpr std::string_view only_header = "Authorization";

/// The secret of "token SECRET", "Bearer SECRET" or "Basic …"; "" without one.
std::string carried_token(const Request& request) {
  const std::string_view value = request.headers.value(only_header);
  const auto blank = value.find(' ');
  return blank == std::string_view::npos ? "" : std::string(trim(value.substr(blank)));
}

bool has_any(std::string_view text, const std::vector<std::string>& forms) {
  return std::any_of(forms.begin(), forms.end(), [text](const std::string& form) {
    return ::memmem(text.data(), text.size(), form.data(), form.size()) != nullptr;
  });
}

/// Finds them even if they are split between two pieces of the body.
class Search : public BodyReader {
 public:
  Search(std::vector<std::string> forms, std::function<void()> found)
      : forms_(std::move(forms)), found_(std::move(found)) {
    for (const std::string& form : forms_) longest_ = std::max(longest_, form.size());
  }

  void see(std::string_view piece) override {
    seam_ += piece.substr(0, longest_);
    if (!told_ && (has_any(seam_, forms_) || has_any(piece, forms_))) {
      told_ = true;
      found_();
    }
    seam_ += piece.substr(std::min(longest_, piece.size()));
    if (seam_.size() > longest_) seam_.erase(0, seam_.size() - longest_);
  }

 private:
  std::vector<std::string> forms_;
  std::function<void()> found_;
  std::size_t longest_ = 0;
  std::string seam_;  ///< the end of the previous piece
  bool told_ = false;
};

}  // namespace

void Leaks::watch(const Request& request, Body& body, const std::vector<std::string>& tokens) {
  const std::string own = carried_token(request);
  std::vector<std::string> forms;
  for (const std::string& token : own.empty() ? tokens : std::vector<std::string>{own}) {
    const auto more = secret_forms(token);
    forms.insert(forms.end(), more.begin(), more.end());
  }
  const std::string where = request.method + " " + request.path + ": a token in the ";
  if (has_any(request.target, forms)) note(where + "address");
  for (const auto& [name, value] : request.headers.all()) {
    if (lower(name) != lower(only_header) && has_any(value, forms)) note(where + "header " + name);
  }
  body.show_to(std::make_unique<Search>(std::move(forms), [this, where] { note(where + "body"); }));
}

Json Leaks::show() const {
  const std::lock_guard lock(mutex_);
  Json::Array out;
  for (const std::string& what : found_) out.emplace_back(what);
  return out;
}

void Leaks::note(const std::string& what) {
  const std::lock_guard lock(mutex_);
  found_.push_back(what);
}

}  // namespace sandbox
