# SPDX-License-Identifier: MIT
# Checks of the source text as tests: clang-format, a short clang-tidy, shellcheck. clang-tidy runs again only for a library
# that has changed (a stamp per library), and if a header has changed.
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

# Checks all sources of a library or program, and those that follow, as one: clang-tidy spends most of its time in the headers
# that they share.
function(add_tidy target)
  get_target_property(directory ${target} SOURCE_DIR)
  get_target_property(names ${target} SOURCES)
  foreach(name IN LISTS names ARGN)
    get_filename_component(source ${name} ABSOLUTE BASE_DIR ${directory})
    if(source IN_LIST lint_sources)  # else it is generated
      list(APPEND sources ${source})
      string(APPEND text "#include \"${source}\"\n")
    endif()
  endforeach()
  set(whole ${CMAKE_BINARY_DIR}/tidy/${target}.cpp)
  set(stamp ${CMAKE_BINARY_DIR}/tidy/${target}.stamp)
  file(GENERATE OUTPUT ${whole} CONTENT "${text}")
  add_library(tidy_${target} OBJECT EXCLUDE_FROM_ALL ${whole})  # for its flags
  target_link_libraries(tidy_${target} PRIVATE $<TARGET_PROPERTY:${target},LINK_LIBRARIES>)
  target_include_directories(tidy_${target} PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
  target_compile_definitions(tidy_${target} PRIVATE $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
  add_custom_command(OUTPUT ${stamp}
    COMMAND ${CLANG_TIDY} --quiet -p ${CMAKE_BINARY_DIR} --checks=-bugprone-suspicious-include --extra-arg=-Wno-shadow
      --extra-arg=-Wno-unknown-warning-option ${whole}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${sources} ${lint_headers} ${CMAKE_SOURCE_DIR}/.clang-tidy
    COMMENT "clang-tidy ${target}")
  set_property(GLOBAL APPEND PROPERTY TIDY_STAMPS ${stamp})
  set_property(GLOBAL APPEND PROPERTY TIDY_SOURCES ${sources})
endfunction()

if(CLANG_TIDY)
  foreach(target IN ITEMS core gitea runner disk signing fetch launcher gitea-release-launcher program sandbox_world gitea-sandbox)
    add_tidy(${target})
  endforeach()
  add_tidy(gitea-release static_start.cpp static_charset.cpp)  # of the static binaries only
  get_property(tidy_sources GLOBAL PROPERTY TIDY_SOURCES)
  list(REMOVE_ITEM lint_sources ${tidy_sources})
  list(FILTER lint_sources EXCLUDE REGEX "_windows\\.cpp$")  # they need the headers of Windows
  if(lint_sources)
    message(FATAL_ERROR "clang-tidy would not read ${lint_sources}: name their target in cmake/lint.cmake")
  endif()
  get_property(tidy_stamps GLOBAL PROPERTY TIDY_STAMPS)
  add_custom_target(tidy DEPENDS ${tidy_stamps})
  add_test(NAME "lint: clang-tidy" COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target tidy)
  set_tests_properties("lint: clang-tidy" PROPERTIES TIMEOUT 900 COST 1000 RESOURCE_LOCK build)
endif()

if(SHELLCHECK)
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/* ${CMAKE_SOURCE_DIR}/bin/run ${CMAKE_SOURCE_DIR}/.ci/run)
  add_test(NAME "lint: shellcheck" COMMAND ${SHELLCHECK} ${scripts})
endif()
