// SPDX-License-Identifier: MIT
#include "disk/config_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/error.hpp"
#include "core/glob.hpp"
#include "core/text.hpp"

namespace disk {
namespace {

using Kind = ConfigTree::Kind;
using Names = std::vector<std::string>;
using OnKey = std::function<void(const std::string&, const ConfigTree&)>;

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const char* kind_of(const ConfigTree& tree) {
  if (tree.kind == Kind::empty) return "empty";
  if (tree.kind == Kind::map) return "a map";
  return tree.kind == Kind::list ? "a list" : "a single value";
}

class ValueReader {
 public:
  ValueReader(const ConfigKeys& keys, core::Problems& problems)
      : keys_(keys), problems_(problems) {}

  ConfigValues read(const ConfigTree& file) {
    Names known = keys_.texts;
    known.insert(known.end(), keys_.lists.begin(), keys_.lists.end());
    known.emplace_back("notes");
    if (file.kind != Kind::empty) {
      read_map(file, "the file", known,
               [this](const std::string& key, const ConfigTree& value) { read_key(key, value); });
    }
    return std::move(values_);
  }

 private:
  // --- kinds of values ---

  void mistake(const std::string& where, const std::string& message, const std::string& hint = {}) {
    ++mistakes_;
    problems_.add(where + ": " + message, hint);
  }

  void expected(const ConfigTree& tree, const std::string& name, const char* what) {
    mistake(tree.where, fmt::format("{}: this is {}; {} was expected", name, kind_of(tree), what));
  }

  void read_map(const ConfigTree& tree, const std::string& name, const Names& known,
                const OnKey& on_key) {
    if (tree.kind != Kind::map) return expected(tree, name, "a map of keys");
    std::map<std::string, int> lines;
    for (const auto& [key, where, line, value] : tree.members) {
      const auto [first, is_new] = lines.emplace(key, line);
      if (!is_new) {
        mistake(where, fmt::format("'{}' stands here again; the first one is in line {}",
                                   core::one_line(key), first->second));
      } else if (!contains(known, key)) {
        unknown(where, key, known);
      } else if (value.kind != Kind::empty) {
        on_key(key, value);
      }
    }
  }

  void unknown(const std::string& where, const std::string& key, const Names& known) {
    if (contains(keys_.refused, key)) {
      return mistake(where, key + ": not allowed here, since this file comes from the checkout",
                     "Set it as an input in the workflow.");
    }
    const std::string meant = core::nearest(key, known);
    mistake(where, fmt::format("'{}' is unknown", core::one_line(key)),
            meant.empty() ? "Known are " + core::join(known, ", ") + "."
                          : fmt::format("Did you mean '{}'?", meant));
  }

  /// "" for anything but a single value, which is a mistake.
  std::string text_of(const ConfigTree& tree, const std::string& name) {
    if (tree.kind != Kind::text) expected(tree, name, "a single value");
    return tree.text;
  }

  void for_each(const ConfigTree& tree, const std::string& name,
                const std::function<void(const ConfigTree&)>& on_item) {
    if (tree.kind != Kind::list) return expected(tree, name, "a list");
    std::for_each(tree.items.begin(), tree.items.end(), on_item);
  }

  Names texts_of(const ConfigTree& tree, const std::string& name) {
    Names texts;
    for_each(tree, name, [&](const ConfigTree& item) { texts.push_back(text_of(item, name)); });
    return texts;
  }

  Names types_of(const ConfigTree& tree, const std::string& name) {
    Names types = texts_of(tree, name);
    for (std::string& type : types) type = core::lower(core::trim(type));
    return types;
  }

  // --- what the keys mean ---

  void read_key(const std::string& key, const ConfigTree& value) {
    if (key == "notes") return read_notes(value);
    std::string text = "true";
    if (key == "downloads" && value.kind == Kind::map) {
      read_downloads(value);
    } else if (value.kind == Kind::list && contains(keys_.lists, key)) {
      text = core::join(texts_of(value, key), "\n");
    } else {
      text = text_of(value, key);
    }
    values_.inputs[key] = {std::move(text), value.where};
  }

  void read_downloads(const ConfigTree& tree) {
    read_map(tree, "downloads", {"rows", "docker"},
             [this](const std::string& key, const ConfigTree& value) {
               if (key == "docker") {
                 values_.downloads.docker = text_of(value, key);
               } else {
                 for_each(value, key, [this](const ConfigTree& row) { read_row(row); });
               }
             });
  }

  void read_row(const ConfigTree& tree) {
    core::DownloadRow row;
    const int before = mistakes_;
    read_map(tree, "rows", {"label", "file"}, [&](const std::string& key, const ConfigTree& value) {
      (key == "label" ? row.label : row.file) = text_of(value, key);
    });
    if (mistakes_ > before) return;
    if (row.label.empty() || row.file.empty()) {
      return mistake(tree.where, "rows: a row needs a 'label' and a 'file', which is a pattern");
    }
    try {
      core::expand_braces(row.file);
    } catch (const core::Error& error) {
      return mistake(tree.where, "rows: " + error.message, error.hint);
    }
    values_.downloads.rows.push_back(std::move(row));
  }

  void read_notes(const ConfigTree& tree) {
    read_map(tree, "notes", {"categories", "exclude"},
             [this](const std::string& key, const ConfigTree& value) {
               if (key == "exclude") {
                 values_.notes.exclude = types_of(value, key);
               } else {
                 for_each(value, key, [this](const ConfigTree& one) { read_category(one); });
               }
             });
  }

  void read_category(const ConfigTree& tree) {
    core::Category category;
    const int before = mistakes_;
    read_map(tree, "categories", {"title", "types"},
             [&](const std::string& key, const ConfigTree& value) {
               if (key == "types") {
                 category.types = types_of(value, key);
               } else {
                 category.title = core::one_line(text_of(value, key));
               }
             });
    if (mistakes_ > before) return;
    if (category.title.empty() || category.types.empty()) {
      return mistake(tree.where,
                     "categories: a category needs a 'title' and 'types', such as [feat]");
    }
    auto& categories = values_.notes.categories;
    for (const std::string& type : category.types) {
      const auto [place, is_new] = category_of_.emplace(type, categories.size());
      if (is_new || place->second == categories.size()) continue;
      mistake(tree.where, fmt::format("categories: the type '{}' is in '{}' already", type,
                                      categories[place->second].title));
    }
    categories.push_back(std::move(category));
  }

  const ConfigKeys& keys_;
  core::Problems& problems_;
  ConfigValues values_;
  std::map<std::string, std::size_t> category_of_;  ///< of a type
  int mistakes_ = 0;
};

}  // namespace

ConfigValues read_config_values(const ConfigTree& file, const ConfigKeys& keys,
                                core::Problems& problems) {
  return ValueReader(keys, problems).read(file);
}

}  // namespace disk
