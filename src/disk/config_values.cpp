// SPDX-License-Identifier: MIT
#include "disk/config_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/error.hpp"
#include "core/text/braces.hpp"
#include "core/text/text.hpp"

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
    known.insert(known.end(), {"notes", "update"});
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
    mistake(tree.where, fmt::format("{}: expected {}, but this is {}", name, what, kind_of(tree)));
  }

  void read_map(const ConfigTree& tree, const std::string& name, const Names& known,
                const OnKey& on_key) {
    if (tree.kind != Kind::map) return expected(tree, name, "a map of keys");
    std::map<std::string, int> lines;
    for (const auto& [key, where, line, value] : tree.members) {
      const auto [first, is_new] = lines.emplace(key, line);
      if (!is_new) {
        mistake(where, fmt::format("'{}' is set twice; the first time in line {}",
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
      return mistake(where, key + ": not allowed in this file, because it comes from the checkout",
                     "Set it as an input in the workflow.");
    }
    if (key == "changelog" && contains(known, "notes")) {
      return mistake(where, "'changelog' is the form of GitHub's release.yml",
                     "Write 'notes' with 'source: pulls', 'categories' (each with 'title' and "
                     "'labels') and 'exclude', a list of labels.");
    }
    const std::string meant = core::nearest(key, known);
    mistake(where, fmt::format("'{}' is unknown", core::one_line(key)),
            meant.empty() ? "Known keys: " + core::join(known, ", ") + "."
                          : fmt::format("Did you mean '{}'?", meant));
  }

  /// Adds a problem and returns "" if the value is not a single value.
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
    if (key == "update") return read_update(value);
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
    read_map(tree, "downloads", {"rows", "docker", "pip", "digest"},
             [this](const std::string& key, const ConfigTree& value) {
               if (key == "docker") {
                 values_.downloads.docker = text_of(value, key);
               } else if (key == "pip") {
                 values_.downloads.pip = text_of(value, key);
               } else if (key == "digest") {
                 read_digest(value);
               } else {
                 for_each(value, key, [this](const ConfigTree& row) { read_row(row); });
               }
             });
  }

  void read_digest(const ConfigTree& tree) {
    using core::ShownDigest;
    const std::map<std::string, ShownDigest> known = {{"full", ShownDigest::all},
                                                      {"short", ShownDigest::first_digits},
                                                      {"none", ShownDigest::none}};
    const std::string text = text_of(tree, "digest");
    if (tree.kind != Kind::text) return;
    const auto found = known.find(text);
    if (found == known.end()) {
      return mistake(tree.where, fmt::format("digest: '{}' is not one of full, short, none",
                                             core::one_line(text)));
    }
    values_.downloads.digest = found->second;
  }

  void read_row(const ConfigTree& tree) {
    core::DownloadRow row;
    const int before = mistakes_;
    read_map(tree, "rows", {"label", "file"}, [&](const std::string& key, const ConfigTree& value) {
      (key == "label" ? row.label : row.file) = text_of(value, key);
    });
    if (mistakes_ > before) return;
    if (row.label.empty() || row.file.empty()) {
      return mistake(tree.where, "rows: a row needs a 'label' and a 'file' (a pattern)");
    }
    check_pattern(tree.where, "rows", row.file);
    if (mistakes_ > before) return;
    values_.downloads.rows.push_back(std::move(row));
  }

  void read_notes(const ConfigTree& tree) {
    read_map(tree, "notes", {"source", "categories", "exclude"},
             [this](const std::string& key, const ConfigTree& value) {
               if (key == "source") {
                 read_source(value);
               } else if (key == "exclude") {
                 values_.notes.exclude = types_of(value, key);
               } else {
                 for_each(value, key,
                          [this](const ConfigTree& category) { read_category(category); });
               }
             });
  }

  void read_update(const ConfigTree& tree) {
    core::Update update;
    const int before = mistakes_;
    read_map(tree, "update",
             {"app", "public_key", "payloads", "from", "critical", "withdrawn", "summary"},
             [&](const std::string& key, const ConfigTree& value) {
               if (key == "payloads") return read_payloads(value, update);
               if (key == "withdrawn") {
                 update.withdrawn = texts_of(value, key);
               } else if (key == "critical") {
                 update.critical = flag_of(value, key);
               } else {
                 std::string& text = key == "app"          ? update.app
                                     : key == "public_key" ? update.public_key
                                     : key == "from"       ? update.from
                                                           : update.summary;
                 text = core::trim(text_of(value, key));
               }
             });
    if (mistakes_ > before) return;
    if (update.app.empty() || update.public_key.empty() || update.payloads.empty()) {
      return mistake(tree.where, "update: 'app', 'public_key' and 'payloads' have to be set");
    }
    values_.update = std::move(update);
  }

  /// The platforms are keys of the user's choice.
  void read_payloads(const ConfigTree& tree, core::Update& update) {
    Names platforms;
    for (const auto& member : tree.members) platforms.push_back(member.key);
    read_map(tree, "payloads", platforms,
             [&](const std::string& platform, const ConfigTree& pattern) {
               update.payloads[platform] = core::trim(text_of(pattern, platform));
               check_pattern(pattern.where, "payloads", pattern.text);
             });
  }

  bool flag_of(const ConfigTree& tree, const std::string& name) {
    const std::string text = core::lower(text_of(tree, name));
    if (tree.kind == Kind::text && text != "true" && text != "false") {
      mistake(tree.where,
              fmt::format("{}: '{}' is not one of true, false", name, core::one_line(tree.text)));
    }
    return text == "true";
  }

  void check_pattern(const std::string& where, const char* name, const std::string& pattern) {
    try {
      core::expand_braces(pattern);
    } catch (const core::Error& error) {
      mistake(where, fmt::format("{}: {}", name, error.message), error.hint);
    }
  }

  void read_source(const ConfigTree& tree) {
    const std::string text = text_of(tree, "source");
    if (tree.kind != Kind::text) return;
    if (text != "pulls" && text != "commits") {
      return mistake(tree.where, fmt::format("source: '{}' is not one of commits, pulls",
                                             core::one_line(text)));
    }
    values_.notes.from_pulls = text == "pulls";
  }

  void read_category(const ConfigTree& tree) {
    core::Category category;
    const int before = mistakes_;
    read_map(tree, "categories", {"title", "types", "labels"},
             [&](const std::string& key, const ConfigTree& value) {
               if (key == "types") {
                 category.types = types_of(value, key);
               } else if (key == "labels") {
                 category.labels = types_of(value, key);
               } else {
                 category.title = core::one_line(text_of(value, key));
               }
             });
    if (mistakes_ > before) return;
    if (category.title.empty() || (category.types.empty() && category.labels.empty())) {
      return mistake(tree.where,
                     "categories: a category needs a 'title', and 'types' such as [feat] or, with "
                     "'source: pulls', 'labels'");
    }
    auto& categories = values_.notes.categories;
    for (const std::string& type : category.types) {
      const auto [place, is_new] = category_of_.emplace(type, categories.size());
      if (is_new || place->second == categories.size()) continue;
      mistake(tree.where, fmt::format("categories: the type '{}' is already in '{}'", type,
                                      categories[place->second].title));
    }
    categories.push_back(std::move(category));
  }

  const ConfigKeys& keys_;
  core::Problems& problems_;
  ConfigValues values_;
  std::map<std::string, std::size_t> category_of_;  ///< index of the category of a type
  int mistakes_ = 0;
};

}  // namespace

ConfigValues read_config_values(const ConfigTree& file, const ConfigKeys& keys,
                                core::Problems& problems) {
  return ValueReader(keys, problems).read(file);
}

}  // namespace disk
