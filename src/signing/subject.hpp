// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signing {

/// The release that a signature is for, from its trusted comment.
struct Subject {
  std::string tag;
  std::string repository;  ///< OWNER/NAME
  bool operator==(const Subject&) const = default;
};

/// "tag=v1.3.0 repository=owner/app". Neither may contain a blank or a control character; git and the
/// servers do not allow them. Throws Error (workflow) if one does.
std::string render_subject(const Subject& subject);

/// nullopt for a text that render_subject would not have written.
std::optional<Subject> parse_subject(std::string_view trusted_comment);

}  // namespace signing
