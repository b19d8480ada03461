# SPDX-License-Identifier: MIT
# One name per library, deps::NAME, however a system packages it. cpp-httplib and Catch2 are newer than what stable
# distributions have: scripts/setup puts their sources into .deps/ on Debian; elsewhere they are fetched from upstream
# by URL and SHA-256.
include(FetchContent)
if(POLICY CMP0135)
  cmake_policy(SET CMP0135 NEW)
endif()

find_package(Threads REQUIRED)
if(GITEA_RELEASE_STATIC)
  set(OPENSSL_USE_STATIC_LIBS ON)
endif()
find_package(OpenSSL 3.0 REQUIRED)
if(WIN32)
  target_link_libraries(OpenSSL::Crypto INTERFACE ws2_32 crypt32 bcrypt)
endif()
if(GITEA_RELEASE_STATIC)  # headers only: their CMake files may require shared libraries, and are not there for Windows
  find_path(FMT_INCLUDE_DIR fmt/format.h REQUIRED)
  find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)
else()
  find_package(fmt REQUIRED)
  find_package(CLI11 REQUIRED)
endif()
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/document.h REQUIRED)
find_path(YAML_CPP_INCLUDE_DIR yaml-cpp/yaml.h REQUIRED)
# The CMake files of yaml-cpp know the shared library only.
if(GITEA_RELEASE_STATIC)
  find_library(YAML_CPP_LIBRARY libyaml-cpp.a REQUIRED)
else()
  find_library(YAML_CPP_LIBRARY yaml-cpp REQUIRED)
endif()

foreach(library IN ITEMS httplib catch2)
  string(TOUPPER ${library} upper)
  if(EXISTS ${CMAKE_SOURCE_DIR}/.deps/${library} AND NOT FETCHCONTENT_SOURCE_DIR_${upper} AND NOT DEPENDENCIES_FROM_UPSTREAM)
    set(FETCHCONTENT_SOURCE_DIR_${upper} ${CMAKE_SOURCE_DIR}/.deps/${library})
  endif()
endforeach()

# The addresses of the archives can be overridden (a mirror, a local file); the hashes cannot.
set(HTTPLIB_URL https://github.com/yhirose/cpp-httplib/archive/refs/tags/v0.41.0.tar.gz CACHE STRING "cpp-httplib's source")
set(CATCH2_URL https://github.com/catchorg/Catch2/archive/v3.7.1.tar.gz CACHE STRING "Catch2's source")
set(HTTPLIB_SHA256 6d38a6b74ea33ac3133b8352f2b55b557c1d42f36e1ed0c01f852e3218329d39 CACHE STRING "SHA-256 of that archive")
set(CATCH2_SHA256 c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c CACHE STRING "SHA-256 of that archive")

# cpp-httplib is used as a header only: a SOURCE_SUBDIR without a CMakeLists.txt skips its own build.
FetchContent_Declare(httplib URL ${HTTPLIB_URL} URL_HASH SHA256=${HTTPLIB_SHA256} SOURCE_SUBDIR header-only)
FetchContent_MakeAvailable(httplib)
file(STRINGS ${httplib_SOURCE_DIR}/httplib.h httplib_version REGEX "define CPPHTTPLIB_VERSION \"")
string(REGEX REPLACE ".*\"(.*)\".*" "\\1" httplib_version "${httplib_version}")
if(httplib_version VERSION_LESS 0.41)
  message(FATAL_ERROR "cpp-httplib 0.41 or newer is needed; ${httplib_SOURCE_DIR} has ${httplib_version}. Run scripts/setup.")
endif()

# Releases are built with exactly one cpp-httplib: 0.41.0, whose header is the same from upstream and from Debian.
set(pinned_httplib e9112546cbae828180f72c2ae6da4bfd8d15ae38138bd99b898e5e30128acc28)
file(SHA256 ${httplib_SOURCE_DIR}/httplib.h httplib_sha256)
if(GITEA_RELEASE_STATIC AND NOT httplib_sha256 STREQUAL pinned_httplib)
  message(FATAL_ERROR "httplib.h ${httplib_version} (SHA-256 ${httplib_sha256}) is not the one that releases are built "
    "with. Configure with -DDEPENDENCIES_FROM_UPSTREAM=ON.")
endif()

add_library(deps_httplib INTERFACE)
target_include_directories(deps_httplib SYSTEM INTERFACE ${httplib_SOURCE_DIR})
target_link_libraries(deps_httplib INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
# src/gitea/client.cpp decides about `Expect: 100-continue`, not the library.
# The library matches header lines of a response with a regular expression, which needs stack for each byte: 8 KiB are enough.
target_compile_definitions(deps_httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT CPPHTTPLIB_EXPECT_100_THRESHOLD=0 CPPHTTPLIB_MAX_LINE_LENGTH=8192)
if(WIN32)
  # When a thread ends, mingw-w64 frees thread-local objects before it calls their destructors. Those of cpp-httplib only save time:
  # without the word they are made anew for each call.
  target_compile_definitions(deps_httplib INTERFACE thread_local=)
endif()
add_library(deps::httplib ALIAS deps_httplib)

add_library(deps_rapidjson INTERFACE)
target_include_directories(deps_rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})
add_library(deps::rapidjson ALIAS deps_rapidjson)

add_library(deps_yaml INTERFACE)
target_include_directories(deps_yaml SYSTEM INTERFACE ${YAML_CPP_INCLUDE_DIR})
target_link_libraries(deps_yaml INTERFACE ${YAML_CPP_LIBRARY})
add_library(deps::yaml ALIAS deps_yaml)

if(GITEA_RELEASE_STATIC)
  add_library(deps_fmt INTERFACE)
  target_include_directories(deps_fmt SYSTEM INTERFACE ${FMT_INCLUDE_DIR})
  target_compile_definitions(deps_fmt INTERFACE FMT_HEADER_ONLY)
  add_library(deps::fmt ALIAS deps_fmt)
  add_library(deps_cli11 INTERFACE)
  target_include_directories(deps_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE_DIR})
  add_library(deps::cli11 ALIAS deps_cli11)
else()
  add_library(deps::fmt ALIAS fmt::fmt)
  add_library(deps::cli11 ALIAS CLI11::CLI11)
endif()
# Only the launcher reads archives. In the static one the library is the one of scripts/build-libraries.
if(GITEA_RELEASE_LAUNCHER AND GITEA_RELEASE_STATIC)
  find_package(LibArchive 3.8 REQUIRED)
  find_library(ZLIB_LIBRARY libz.a REQUIRED)
  add_library(deps_archive INTERFACE)
  target_compile_definitions(deps_archive INTERFACE LIBARCHIVE_STATIC)
  target_link_libraries(deps_archive INTERFACE LibArchive::LibArchive ${ZLIB_LIBRARY})
  add_library(deps::archive ALIAS deps_archive)
elseif(GITEA_RELEASE_LAUNCHER)
  find_package(LibArchive 3.6 REQUIRED)
  add_library(deps::archive ALIAS LibArchive::LibArchive)
endif()
add_library(deps::crypto ALIAS OpenSSL::Crypto)

if(GITEA_RELEASE_TESTS)
  FetchContent_Declare(catch2 URL ${CATCH2_URL} URL_HASH SHA256=${CATCH2_SHA256})
  FetchContent_MakeAvailable(catch2)
  list(APPEND CMAKE_MODULE_PATH ${catch2_SOURCE_DIR}/extras)
endif()
message(STATUS "cpp-httplib ${httplib_version}, OpenSSL ${OPENSSL_VERSION}, libarchive ${LibArchive_VERSION}")
