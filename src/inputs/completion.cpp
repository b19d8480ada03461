// SPDX-License-Identifier: MIT
#include "inputs/completion.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "inputs/display.hpp"
#include "inputs/parse.hpp"
#include "inputs/table.hpp"

namespace inputs {
namespace {

using Strings = std::vector<std::string>;

/// An option of a command on the command line.
struct Flag {
  std::string name;     ///< "--tag-name"
  std::string meaning;  ///< the first sentence of its description
  Strings values;       ///< the allowed values; empty if any value is allowed
  bool may_stand_alone = false;
};

std::string first_sentence(std::string_view text) {
  const auto end = text.find(". ");
  std::string sentence(text.substr(0, end));
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

std::vector<Flag> flags_of(const Command& command) {
  std::vector<Flag> flags;
  for (const Option& option : command.options) {
    const std::string meaning = first_sentence(option.meaning);
    if (option.on_command_line()) {
      flags.push_back(
          {option.flag(), meaning, values_of(command, option), option.may_stand_alone()});
    } else if (!option.file_flag().empty()) {
      flags.push_back({option.file_flag(), meaning + ", from a file", {}, false});
    }
  }
  for (const DisplayOption& option : display_options()) {
    flags.push_back(
        {option.flag, first_sentence(option.meaning), option.values, option.values.empty()});
  }
  flags.push_back({"--help", "Print the options", {}, true});
  return flags;
}

Strings command_names() {
  Strings names;
  for (const Command& command : command_table()) names.emplace_back(command.name);
  names.insert(names.end(), {"help", "completion", "man"});
  return names;
}

/// In single quotes, for all three shells.
std::string quoted(std::string_view text, std::string_view quote) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += quote;
    } else {
      result += c;
    }
  }
  return result + "'";
}

// --- bash ---

std::string bash_script() {
  std::string options;
  std::map<std::string, Strings> values;
  for (const Command& command : command_table()) {
    Strings names;
    for (const Flag& flag : flags_of(command)) {
      names.push_back(flag.name);
      if (!flag.values.empty()) {
        values[fmt::format("{}:{}", command.name, flag.name)] = flag.values;
      }
    }
    options += fmt::format("    {}) words='{}' ;;\n", command.name, core::join(names, " "));
  }
  std::string cases;
  for (const auto& [flag, words] : values) {
    cases += fmt::format("    {}) words='{}' ;;\n", flag, core::join(words, " "));
  }
  return fmt::format(R"(# bash completion for gitea-release
_gitea_release() {{
  local word words='' command={} current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in
    -*) break ;;
    *) command=$word && break ;;
    esac
  done
  case $command:$previous in
{}    *:--*)
      case $current in
      -*) ;;
      *) return ;;
      esac
      ;;
  esac
  if [ -z "$words" ] && [ "$COMP_CWORD" = 1 ] && [[ $current != -* ]]; then
    words='{}'
  elif [ -z "$words" ]; then
    case $command in
{}    completion) words='bash zsh fish' ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -o bashdefault -o default -F _gitea_release gitea-release
)",
                     command_table().front().name, cases, core::join(command_names(), " "),
                     options);
}

// --- zsh ---

std::string zsh_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("[]:\\").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_argument(const Flag& flag) {
  std::string spec = fmt::format("{}[{}]", flag.name, zsh_escaped(flag.meaning));
  if (!flag.values.empty()) {
    spec +=
        fmt::format("{}:value:({})", flag.may_stand_alone ? ":" : "", core::join(flag.values, " "));
  } else if (!flag.may_stand_alone) {
    spec += ":value:_files";
  }
  return quoted(spec, "'\\''");
}

std::string zsh_script() {
  std::string descriptions;
  std::string cases;
  for (const Command& command : command_table()) {
    descriptions += fmt::format(
        "    {}\n",
        quoted(fmt::format("{}:{}", command.name, zsh_escaped(first_sentence(command.summary))),
               "'\\''"));
    cases += fmt::format("    {}) _arguments \\\n", command.name);
    const auto flags = flags_of(command);
    for (std::size_t i = 0; i < flags.size(); ++i) {
      cases +=
          fmt::format("      {}{}\n", zsh_argument(flags[i]), i + 1 < flags.size() ? " \\" : " ;;");
    }
  }
  return fmt::format(R"(#compdef gitea-release
_gitea_release() {{
  local command={0}
  local -a commands=(
{1}    'help:Print the options of a command'
    'completion:Print a completion script'
    'man:Print the man page'
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    return
  fi
  if [[ $words[2] != -* ]]; then
    command=$words[2]
    (( CURRENT-- ))
    shift words
  fi
  case $command in
{2}    completion) _values shell bash zsh fish ;;
  esac
}}
_gitea_release "$@"
)",
                     command_table().front().name, descriptions, cases);
}

// --- fish ---

std::string fish_script() {
  const Strings names = command_names();
  const std::string quote = "\\'";
  std::string text = "# fish completion for gitea-release\n";
  for (const Command& command : command_table()) {
    text += fmt::format("complete -c gitea-release -n __fish_use_subcommand -f -a {} -d {}\n",
                        command.name, quoted(first_sentence(command.summary), quote));
  }
  text +=
      "complete -c gitea-release -n __fish_use_subcommand -f -a 'help completion man'\n"
      "complete -c gitea-release -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh "
      "fish'\n";
  for (const Command& command : command_table()) {
    const bool is_default = command.name == command_table().front().name;
    const std::string condition =
        is_default ? fmt::format("not __fish_seen_subcommand_from {}",
                                 core::join({names.begin() + 1, names.end()}, " "))
                   : fmt::format("__fish_seen_subcommand_from {}", command.name);
    for (const Flag& flag : flags_of(command)) {
      text += fmt::format("complete -c gitea-release -n '{}' -l {} -d {}", condition,
                          flag.name.substr(2), quoted(flag.meaning, quote));
      if (!flag.values.empty()) {
        text += fmt::format(" {} -a '{}'", flag.may_stand_alone ? "-f" : "-x",
                            core::join(flag.values, " "));
      } else if (!flag.may_stand_alone) {
        text += " -r";
      }
      text += '\n';
    }
  }
  return text;
}

}  // namespace

std::string completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  throw core::Error(
      core::Fault::workflow,
      fmt::format("completion: the shell '{}' is not supported", core::one_line(shell)),
      "Write 'gitea-release completion bash', 'zsh' or 'fish'.");
}

}  // namespace inputs
