# SPDX-License-Identifier: MIT
# cmake -D ROOT=… -D FILES=a,b/c -D OUTPUT=… -P embed.cmake: writes a C++ file with the bytes of these files, as
# src/commands/template_files.hpp declares them.
string(REPLACE "," ";" files "${FILES}")
set(rows "")
foreach(file IN LISTS files)
  file(READ ${ROOT}/${file} bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  string(APPEND rows "      {\"${file}\"sv, \"${bytes}\"sv},\n")
endforeach()
file(WRITE ${OUTPUT}
"#include \"commands/template_files.hpp\"

const std::vector<TemplateFile>& template_files() {
  using namespace std::string_view_literals;
  static const std::vector<TemplateFile> files = {
${rows}  };
  return files;
}
")
