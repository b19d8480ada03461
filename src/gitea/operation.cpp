// SPDX-License-Identifier: MIT
#include "gitea/operation.hpp"

namespace gitea {

const char* method_of(Operation operation) {
  switch (operation) {
    case Operation::probe_access:
    case Operation::create_tag:
    case Operation::create_release:
    case Operation::upload_asset:
    case Operation::link_package:
    case Operation::call_webhook:
      return "POST";
    case Operation::edit_release:
    case Operation::publish_release:
      return "PATCH";
    case Operation::delete_asset:
    case Operation::delete_release:
    case Operation::delete_tag:
      return "DELETE";
    default:
      return "GET";
  }
}

}  // namespace gitea
