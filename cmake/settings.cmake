# SPDX-License-Identifier: MIT
# One INTERFACE target, `settings`, which every target of this project links: language, warnings, sanitizers.

option(GITEA_RELEASE_WERROR "Warnings are errors (developers; never for users)" OFF)
set(GITEA_RELEASE_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, such as address,undefined")

option(GITEA_RELEASE_STATIC "One static binary that runs in any root (scripts/build-static)" OFF)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 11)
  message(FATAL_ERROR "gitea-release needs g++ 11 or newer (C++20); this is ${CMAKE_CXX_COMPILER_VERSION}.")
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # ccache supports precompiled headers only with this setting.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# Compiling a source spends most of its time in headers that its neighbours include, too. They are therefore compiled together, in
# batches that are small enough to keep rebuilds fast.
function(compile_in_batches target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
endfunction()

add_library(settings INTERFACE)
target_compile_features(settings INTERFACE cxx_std_20)
target_compile_options(settings INTERFACE
  -Wall -Wextra -Wpedantic $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow> -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  $<$<BOOL:${GITEA_RELEASE_WERROR}>:-Werror>)
if(GITEA_RELEASE_SANITIZE)
  # Without -fno-sanitize-recover, UBSan only prints an error, and the test passes.
  target_compile_options(settings INTERFACE -fsanitize=${GITEA_RELEASE_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(settings INTERFACE -fsanitize=${GITEA_RELEASE_SANITIZE})
endif()
if(GITEA_RELEASE_STATIC)
  # Small, and reproducible in any directory.
  target_compile_options(settings INTERFACE -ffunction-sections -fdata-sections -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
  target_link_options(settings INTERFACE -static -s -Wl,--gc-sections -Wl,--build-id=none)
  if(WIN32)
    target_link_options(settings INTERFACE -Wl,--no-insert-timestamp)
  endif()
endif()
