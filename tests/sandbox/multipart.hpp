// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "blobs.hpp"
#include "body.hpp"

namespace sandbox {

/// The body is not a well-formed multipart form.
struct FormBroken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A multipart form: its fields, and the first file part of each expected name, written to disk.
struct Form {
  struct File {
    std::string name;
    std::unique_ptr<BlobWriter> content;
  };
  std::map<std::string, std::string> fields;
  std::map<std::string, File> files;
};

/// Reads a whole form with a bounded buffer. Throws FormBroken, BodyBroken.
Form read_form(Body& body, std::string_view content_type, const Blobs& blobs);

}  // namespace sandbox
