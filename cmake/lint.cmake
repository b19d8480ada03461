# SPDX-License-Identifier: MIT
# Tests of the text of the code: clang-format, a short clang-tidy, shellcheck. clang-tidy looks again only at what has
# changed: a stamp for each source, and all headers.
find_program(CLANG_FORMAT clang-format)
find_program(CLANG_TIDY clang-tidy)
find_program(SHELLCHECK shellcheck)

file(GLOB_RECURSE lint_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.cpp ${CMAKE_SOURCE_DIR}/tests/sandbox/*.cpp)
file(GLOB_RECURSE lint_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.hpp ${CMAKE_SOURCE_DIR}/tests/sandbox/*.hpp)
file(GLOB_RECURSE lint_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*.cpp ${CMAKE_SOURCE_DIR}/tests/*.hpp)

if(CLANG_FORMAT)
  add_test(NAME "lint: clang-format"
    COMMAND ${CLANG_FORMAT} --dry-run --Werror ${lint_sources} ${lint_headers} ${lint_tests})
endif()

if(CLANG_TIDY)
  foreach(source IN LISTS lint_sources)
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${source})
    string(REPLACE "/" "." name ${name})
    set(stamp ${CMAKE_BINARY_DIR}/tidy/${name}.stamp)
    add_custom_command(OUTPUT ${stamp}
      COMMAND ${CLANG_TIDY} --quiet -p ${CMAKE_BINARY_DIR} ${source}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/tidy
      COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
      DEPENDS ${source} ${lint_headers} ${CMAKE_SOURCE_DIR}/.clang-tidy
      COMMENT "clang-tidy ${name}")
    list(APPEND tidy_stamps ${stamp})
  endforeach()
  add_custom_target(tidy DEPENDS ${tidy_stamps})
  add_test(NAME "lint: clang-tidy" COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target tidy)
  set_tests_properties("lint: clang-tidy" PROPERTIES TIMEOUT 2700 COST 1000)
endif()

if(SHELLCHECK)
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/* ${CMAKE_SOURCE_DIR}/bin/* ${CMAKE_SOURCE_DIR}/.ci/run)
  add_test(NAME "lint: shellcheck" COMMAND ${SHELLCHECK} ${scripts})
endif()
