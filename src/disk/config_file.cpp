// SPDX-License-Identifier: MIT
#include "disk/config_file.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <sstream>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace disk {
namespace {

using core::Error;
using core::Fault;

constexpr std::size_t max_values = 10'000;
constexpr int deepest = 20;

/// A comment added at the end of the text. yaml-cpp (0.7) ends an unclosed quote at the end of the
/// file; the value then contains this text.
constexpr const char* end_of_file = "# end of the configuration file of gitea-release";

/// Only records where a document begins.
class Documents : public YAML::EventHandler {
 public:
  std::optional<YAML::Mark> last;

  void OnDocumentStart(const YAML::Mark& mark) override { last = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// Not YAML::LoadAll: it never returns for a text such as ",x" (0.7).
std::optional<YAML::Mark> second_document(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  Documents documents;
  const bool has_two = parser.HandleNextDocument(documents) && parser.HandleNextDocument(documents);
  return has_two ? documents.last : std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string shown) : shown_(std::move(shown)) {}

  ConfigTree read(const std::string& text) {
    if (!core::is_utf8(text))
      refuse(shown_, "the file is not valid UTF-8", "Save the file as UTF-8.");
    const std::string whole = text + "\n" + end_of_file + "\n";
    try {
      if (const auto second = second_document(whole)) {
        refuse(at(*second), "a second document begins here",
               "The file must contain one document: remove the line '---'.");
      }
      return tree_of(YAML::Load(whole), 0);
    } catch (const YAML::Exception& error) {
      refuse(at(error.mark), fmt::format("this is not valid YAML: {}", core::one_line(error.msg)));
    }
  }

 private:
  [[noreturn]] static void refuse(const std::string& where, const std::string& why,
                                  const std::string& hint = {}) {
    throw Error(Fault::workflow, where + ": " + why, hint);
  }

  std::string at(const YAML::Mark& mark) const {
    return mark.is_null() ? shown_
                          : fmt::format("{}:{}:{}", shown_, mark.line + 1, mark.column + 1);
  }

  /// Aliases can turn few values into very many, or into a value that contains itself.
  void count(const std::string& where, int depth) {
    if (++values_ <= max_values && depth <= deepest) return;
    refuse(where,
           fmt::format(
               "with all aliases followed, the file has more than {} values or more than {} levels",
               max_values, deepest),
           "Write it without aliases.");
  }

  ConfigTree tree_of(const YAML::Node& node, int depth) {
    ConfigTree tree;
    tree.where = at(node.Mark());
    count(tree.where, depth);
    check_tag(node, tree.where);
    if (node.IsScalar()) {
      tree.kind = ConfigTree::Kind::text;
      tree.text = text_of(node, tree.where);
    } else if (node.IsSequence()) {
      tree.kind = ConfigTree::Kind::list;
      for (const auto& item : node) tree.items.push_back(tree_of(item, depth + 1));
    } else if (node.IsMap()) {
      tree.kind = ConfigTree::Kind::map;
      for (const auto& entry : node) {
        const std::string where = at(entry.first.Mark());
        if (!entry.first.IsScalar()) refuse(where, "a key has to be a single value");
        tree.members.push_back({text_of(entry.first, where), where, entry.first.Mark().line + 1,
                                tree_of(entry.second, depth + 1)});
      }
    }
    return tree;
  }

  static std::string text_of(const YAML::Node& node, const std::string& where) {
    if (node.Scalar().find(end_of_file) != std::string::npos) {
      refuse(where, "the quote that begins here is not closed");
    }
    if (!core::is_utf8(node.Scalar())) refuse(where, "this value is not UTF-8");
    return node.Scalar();
  }

  static void check_tag(const YAML::Node& node, const std::string& where) {
    const std::string& tag = node.Tag();  // "?" plain, "!" quoted
    if (tag.size() <= 1 || tag.starts_with("tag:yaml.org,2002:")) return;
    refuse(where, fmt::format("the tag '{}' is unknown", core::one_line(tag)));
  }

  std::string shown_;
  std::size_t values_ = 0;
};

}  // namespace

ConfigTree parse_config_file(const std::string& text, const std::string& shown) {
  return Reader(shown).read(text);
}

}  // namespace disk
