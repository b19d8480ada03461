// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "call.hpp"

namespace sandbox {

/// Which part of a list is requested: 30 entries per page by default, 50 at most.
struct Page {
  std::size_t number = 1;
  std::size_t size = 30;
  std::size_t begin(std::size_t total) const;
  std::size_t end(std::size_t total) const;
  std::size_t last(std::size_t total) const;
};

Page page_of(const Request& request);

/// X-Total-Count and, with `link`, Link: next, last, first, prev, built from the root URL.
void add_paging(const Call& call, const Page& page, std::size_t total, bool link,
                Response& response);

}  // namespace sandbox
