// SPDX-License-Identifier: MIT
#include "disk/config_file.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/glob.hpp"
#include "core/text.hpp"
#include "disk/digest.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

using core::Error;
using core::Fault;
using Names = std::vector<std::string>;

constexpr std::size_t largest_file = std::size_t{64} * 1024;  // bytes
constexpr std::size_t most_values = 10'000;

/// A comment behind the file. yaml-cpp lets a quote that is not closed end with the file (0.7): then
/// this stands in its text.
constexpr const char* end_of_file = "# end of the configuration file of gitea-release";

std::string kind_of(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  return node.IsSequence() ? "a list" : "a single value";
}

class Reader {
 public:
  Reader(std::string shown, const ConfigKeys& keys, core::Problems& problems)
      : shown_(std::move(shown)), keys_(keys), problems_(problems) {}

  ConfigFile read(const std::string& text) {
    const YAML::Node root = parse(text);
    if (root.IsDefined() && !root.IsNull()) {
      Names known = keys_.texts;
      known.insert(known.end(), keys_.lists.begin(), keys_.lists.end());
      known.insert(known.end(), {"downloads", "notes"});
      read_map(root, "the file", known,
               [this](const std::string& key, const YAML::Node& node) { read_key(key, node); });
    }
    return std::move(file_);
  }

 private:
  /// The file's one document. Throws Error.
  YAML::Node parse(const std::string& text) const {
    if (!core::is_utf8(text)) {
      throw Error(Fault::workflow, shown_ + " is not valid UTF-8", "Save the file as UTF-8.");
    }
    try {
      const auto documents = YAML::LoadAll(text + "\n" + end_of_file + "\n");
      if (documents.size() > 1) {
        throw Error(Fault::workflow, at(documents[1].Mark()) + ": a second document begins here",
                    "The file has to be one document: remove the line '---'.");
      }
      return documents.empty() ? YAML::Node() : documents.front();
    } catch (const YAML::Exception& error) {
      throw Error(Fault::workflow, fmt::format("{}: this is no YAML that can be read: {}",
                                               at(error.mark), core::one_line(error.msg)));
    }
  }

  std::string at(const YAML::Mark& mark) const {
    return mark.is_null() ? shown_
                          : fmt::format("{}:{}:{}", shown_, mark.line + 1, mark.column + 1);
  }
  std::string at(const YAML::Node& node) const { return at(node.Mark()); }

  void mistake(const YAML::Node& node, const std::string& message, const std::string& hint = {}) {
    ++mistakes_;
    problems_.add(at(node) + ": " + message, hint);
  }

  void expected(const YAML::Node& node, const std::string& name, const std::string& what) {
    mistake(node, fmt::format("{}: this is {}; {} was expected", name, kind_of(node), what));
  }

  /// Every value that is looked at: an alias can make very many of few.
  void count(const YAML::Node& node) {
    if (++values_ <= most_values) return;
    throw Error(Fault::workflow,
                fmt::format("{}: with its aliases followed the file has more than {} values",
                            at(node), most_values),
                "Write it without aliases.");
  }

  using OnKey = std::function<void(const std::string&, const YAML::Node&)>;

  void read_map(const YAML::Node& node, const std::string& name, const Names& known,
                const OnKey& on_key) {
    count(node);
    if (!node.IsMap()) return expected(node, name, "a map of keys");
    std::map<std::string, int> lines;
    for (const auto& entry : node) {
      const auto key = text_of(entry.first, name + ": a key");
      if (!key) continue;
      const auto [first, is_new] = lines.emplace(*key, entry.first.Mark().line + 1);
      if (!is_new) {
        mistake(entry.first, fmt::format("'{}' stands here again; the first one is in line {}",
                                         core::one_line(*key), first->second));
      } else if (contains(known, *key)) {
        if (!entry.second.IsNull()) on_key(*key, entry.second);
      } else {
        unknown(entry.first, *key, known);
      }
    }
  }

  void unknown(const YAML::Node& node, const std::string& key, const Names& known) {
    if (contains(keys_.refused, key)) {
      return mistake(node,
                     fmt::format("{}: not allowed here, since this file comes from the "
                                 "checkout",
                                 key),
                     "Set it as an input in the workflow.");
    }
    const std::string meant = core::nearest(key, known);
    mistake(node, fmt::format("'{}' is unknown", core::one_line(key)),
            meant.empty() ? "Known are " + core::join(known, ", ") + "."
                          : fmt::format("Did you mean '{}'?", meant));
  }

  static bool contains(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  std::optional<std::string> text_of(const YAML::Node& node, const std::string& name) {
    count(node);
    const std::string& tag = node.Tag();  // "?" plain, "!" quoted
    const bool own_tag = tag.size() > 1 && !tag.starts_with("tag:yaml.org,2002:");
    if (own_tag) {
      mistake(node, fmt::format("{}: the tag '{}' is unknown", name, core::one_line(tag)));
    } else if (!node.IsScalar()) {
      expected(node, name, "a single value");
    } else if (node.Scalar().find(end_of_file) != std::string::npos) {
      mistake(node, name + ": the quote that begins here is not closed");
    } else {
      return node.Scalar();
    }
    return std::nullopt;
  }

  void for_each(const YAML::Node& node, const std::string& name,
                const std::function<void(const YAML::Node&)>& on_entry) {
    count(node);
    if (!node.IsSequence()) return expected(node, name, "a list");
    for (const auto& entry : node) on_entry(entry);
  }

  Names texts_of(const YAML::Node& node, const std::string& name) {
    Names texts;
    for_each(node, name, [&](const YAML::Node& entry) {
      if (auto text = text_of(entry, name)) texts.push_back(std::move(*text));
    });
    return texts;
  }

  // --- what the keys mean ---

  void read_key(const std::string& key, const YAML::Node& node) {
    if (key == "notes") return read_notes(node);
    if (key == "downloads" && node.IsMap()) return read_downloads(node);
    std::optional<std::string> text;
    if (node.IsSequence() && contains(keys_.lists, key)) {
      text = core::join(texts_of(node, key), "\n");
    } else if (key == "downloads" && !node.IsScalar()) {
      expected(node, key, "true, false or a map");
    } else {
      text = text_of(node, key);
    }
    if (text) file_.values[key] = {*text, at(node)};
  }

  void read_downloads(const YAML::Node& node) {
    file_.values["downloads"] = {"true", at(node)};
    read_map(node, "downloads", {"rows", "docker"},
             [this](const std::string& key, const YAML::Node& value) {
               if (key == "docker") {
                 if (const auto text = text_of(value, "docker")) file_.downloads.docker = *text;
                 return;
               }
               for_each(value, "rows", [this](const YAML::Node& row) { read_row(row); });
             });
  }

  void read_row(const YAML::Node& node) {
    core::DownloadRow row;
    const int before = mistakes_;
    read_map(node, "rows", {"label", "file"}, [&](const std::string& key, const YAML::Node& value) {
      if (const auto text = text_of(value, key)) {
        (key == "label" ? row.label : row.file) = *text;
      }
    });
    if (mistakes_ > before) return;
    if (row.label.empty() || row.file.empty()) {
      return mistake(node, "rows: a row needs a 'label' and a 'file', which is a pattern");
    }
    try {
      core::expand_braces(row.file);
    } catch (const Error& error) {
      return mistake(node["file"], "file: " + error.message, error.hint);
    }
    file_.downloads.rows.push_back(std::move(row));
  }

  void read_notes(const YAML::Node& node) {
    read_map(node, "notes", {"categories", "exclude"},
             [this](const std::string& key, const YAML::Node& value) {
               if (key == "exclude") {
                 file_.notes.exclude = types_of(value, key);
                 return;
               }
               for_each(value, "categories",
                        [this](const YAML::Node& category) { read_category(category); });
             });
  }

  void read_category(const YAML::Node& node) {
    core::Category category;
    const int before = mistakes_;
    read_map(node, "categories", {"title", "types"},
             [&](const std::string& key, const YAML::Node& value) {
               if (key == "types") {
                 category.types = types_of(value, key);
               } else if (const auto text = text_of(value, key)) {
                 category.title = core::one_line(*text);
               }
             });
    if (mistakes_ > before) return;
    if (category.title.empty() || category.types.empty()) {
      return mistake(node, "categories: a category needs a 'title' and 'types', such as [feat]");
    }
    for (const std::string& type : category.types) {
      for (const core::Category& other : file_.notes.categories) {
        if (!contains(other.types, type)) continue;
        mistake(node,
                fmt::format("categories: the type '{}' is in '{}' already", type, other.title));
      }
    }
    file_.notes.categories.push_back(std::move(category));
  }

  Names types_of(const YAML::Node& node, const std::string& name) {
    Names types = texts_of(node, name);
    for (std::string& type : types) type = core::lower(core::trim(type));
    return types;
  }

  std::string shown_;
  const ConfigKeys& keys_;
  core::Problems& problems_;
  ConfigFile file_;
  std::size_t values_ = 0;
  int mistakes_ = 0;
};

}  // namespace

ConfigFile read_config_file(const std::string& path, const std::string& shown,
                            const ConfigKeys& keys, core::Problems& problems) {
  ConfigFile file;
  problems.collect([&] {
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
      throw Error(Fault::workflow, fmt::format("config: {} is no file", shown));
    }
    if (fs::file_size(path, error) > largest_file && !error) {
      throw Error(Fault::workflow, fmt::format("config: {} is larger than {}", shown,
                                               core::human_size(largest_file)));
    }
    file = Reader(shown, keys, problems).read(read_text(path, "config"));
  });
  return file;
}

}  // namespace disk
