// SPDX-License-Identifier: MIT
#include "paging.hpp"

#include <algorithm>
#include <map>

#include "text.hpp"

namespace sandbox {

namespace {

// The query is written again, sorted by name, with the limit of the request.
std::string link_to(const Call& call, std::size_t page, const char* relation) {
  std::map<std::string, std::string> parameters;
  for (auto& [name, value] : call.request.parameters()) parameters.emplace(name, value);
  parameters["page"] = std::to_string(page);
  std::string query;
  for (const auto& [name, value] : parameters) {
    query += (query.empty() ? "?" : "&") + query_escape(name) + "=" + query_escape(value);
  }
  return "<" + call.world.root_url + call.request.path.substr(1) + query + ">; rel=\"" + relation +
         "\"";
}

}  // namespace

std::size_t Page::begin(std::size_t total) const { return std::min((number - 1) * size, total); }
std::size_t Page::end(std::size_t total) const { return std::min(number * size, total); }
std::size_t Page::last(std::size_t total) const { return (total + size - 1) / size; }

Page page_of(const Request& request) {
  const auto number = [&](const char* name) {
    return to_number(request.parameter(name).value_or("")).value_or(0);
  };
  Page page;
  page.number = static_cast<std::size_t>(std::clamp<std::int64_t>(number("page"), 1, 1000000));
  const std::int64_t limit = number("limit");
  if (limit > 0) page.size = static_cast<std::size_t>(std::min<std::int64_t>(limit, 50));
  return page;
}

void add_paging(const Call& call, const Page& page, std::size_t total, bool link,
                Response& response) {
  const std::size_t last = page.last(total);
  std::string links;
  const auto add = [&](std::size_t number, const char* relation) {
    links += (links.empty() ? "" : ",") + link_to(call, number, relation);
  };
  if (page.number < last) {
    add(page.number + 1, "next");
    add(last, "last");
  }
  if (page.number > 1 && last > 0) {
    add(1, "first");
    // Past the end the previous page is the last but one, as for the last page (measured).
    add(std::max<std::size_t>(std::min(page.number, last) - 1, 1), "prev");
  }
  if (link && !links.empty()) response.headers.add("Link", links);
  response.headers.add("X-Total-Count", std::to_string(total));
}

}  // namespace sandbox
