// SPDX-License-Identifier: MIT
#include "core/text/block_starts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/text/text.hpp"

namespace core {
namespace {

/// The beginning and the end of an HTML block that blank lines do not end (CommonMark 4.6).
struct LongHtml {
  std::string_view begin;
  std::string_view end;
  bool is_tag = false;
};

constexpr std::array<LongHtml, 8> long_html = {{{"<pre", "</pre>", true},
                                                {"<script", "</script>", true},
                                                {"<style", "</style>", true},
                                                {"<textarea", "</textarea>", true},
                                                {"<!--", "-->"},
                                                {"<?", "?>"},
                                                {"<![CDATA[", "]]>"},
                                                {"<!", ">"}}};

/// Elements that begin an HTML block anywhere, also within a paragraph.
constexpr std::string_view block_elements =
    " address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option "
    "p param search section summary table tbody td tfoot th thead title tr track ul ";

/// "div" for "<div class=x>" and "</div>", in lower case; "" if no tag begins here.
std::string tag_name(std::string_view text) {
  if (!text.starts_with('<')) return {};
  text.remove_prefix(text.starts_with("</") ? 2 : 1);
  if (text.empty() || !is_letter(text[0])) return {};
  const auto end = std::find_if_not(text.begin(), text.end(),
                                    [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
  if (end != text.end() && *end != ' ' && *end != '>' && *end != '/') return {};
  return lower(text.substr(0, static_cast<std::size_t>(end - text.begin())));
}

}  // namespace

std::size_t indent_of(std::string_view text) {
  return std::min(text.find_first_not_of(' '), text.size());
}

bool is_blank(std::string_view text) { return indent_of(text) == text.size(); }

std::size_t run_of(char c, std::string_view text) {
  return std::min(text.find_first_not_of(c), text.size());
}

std::string_view fence_in(std::string_view text) {
  if (!text.starts_with('`') && !text.starts_with('~')) return {};
  const std::string_view marks = text.substr(0, run_of(text[0], text));
  const bool is_code_span =
      text[0] == '`' && text.find('`', marks.size()) != std::string_view::npos;
  return marks.size() < 3 || is_code_span ? std::string_view() : marks;
}

bool is_heading(std::string_view text) {
  const std::size_t level = run_of('#', text);
  return level >= 1 && level <= 6 && (level == text.size() || text[level] == ' ');
}

bool is_underline(std::string_view text) {
  if (!text.starts_with('=') && !text.starts_with('-')) return false;
  return is_blank(text.substr(run_of(text[0], text)));
}

bool is_rule(std::string_view text) {
  if (text.empty() || std::string_view("-_*").find(text[0]) == std::string_view::npos) return false;
  const char mark = text[0];
  return text.find_first_not_of(std::string{mark, ' '}) == std::string_view::npos &&
         std::count(text.begin(), text.end(), mark) >= 3;
}

std::size_t marker_of(std::string_view text) {
  std::size_t length = 0;
  if (!text.empty() && std::string_view("-+*").find(text[0]) != std::string_view::npos) {
    length = 1;
  } else {
    constexpr std::size_t max_digits = 9;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > max_digits || digits == text.size()) return 0;
    if (text[digits] != '.' && text[digits] != ')') return 0;
    length = digits + 1;
  }
  return length == text.size() || text[length] == ' ' ? length : 0;
}

std::optional<std::string_view> html_begun(std::string_view text) {
  const std::string name = tag_name(text);
  const auto is_this = [&](const LongHtml& html) {
    if (html.is_tag) return !text.starts_with("</") && "<" + name == html.begin;
    if (html.begin == "<!") return text.size() > 2 && text.starts_with("<!") && is_letter(text[2]);
    return text.starts_with(html.begin);
  };
  const auto found = std::find_if(long_html.begin(), long_html.end(), is_this);
  if (found != long_html.end()) return found->end;
  const bool is_block = !name.empty() && block_elements.find(" " + name + " ") != std::string::npos;
  return is_block ? std::optional(std::string_view()) : std::nullopt;
}

bool is_lone_tag(std::string_view text) {
  text = trim(text);
  return !tag_name(text).empty() && text.find('>') == text.size() - 1 &&
         text.find('<', 1) == std::string_view::npos;
}

bool ends_html(std::string_view line, std::string_view end) {
  if (!end.starts_with("</")) return line.find(end) != std::string_view::npos;
  const std::string low = lower(line);  // the end tag of any of these elements ends the block
  return std::any_of(long_html.begin(), long_html.end(), [&](const LongHtml& html) {
    return html.is_tag && low.find(html.end) != std::string::npos;
  });
}

}  // namespace core
