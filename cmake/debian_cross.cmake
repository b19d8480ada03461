# SPDX-License-Identifier: MIT
# Cross-building for a Linux of another architecture: Debian's cross compiler, the libraries from a sysroot of Debian's packages
# that scripts/setup creates, and those that scripts/build-libraries compiles. The toolchain file that includes this sets
# `triplet`, the compiler's name for the architecture, and `arch`, the name in .deps/.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_CXX_COMPILER ${triplet}-g++)
get_filename_component(sysroot ${CMAKE_CURRENT_LIST_DIR}/../.deps/${arch} ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH ${CMAKE_CURRENT_LIST_DIR}/../.deps/libraries-linux-${arch} ${sysroot})
set(CMAKE_LIBRARY_ARCHITECTURE ${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# Headers that depend on the architecture are in a separate folder, which only a native compiler searches by default.
set(CMAKE_CXX_FLAGS_INIT "-isystem ${sysroot}/usr/include/${triplet}")
