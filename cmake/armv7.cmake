# SPDX-License-Identifier: MIT
# 32-bit ARM with hard floating point (Debian's armhf), as on a Raspberry Pi 2 or later.
set(CMAKE_SYSTEM_PROCESSOR armv7l)
set(triplet arm-linux-gnueabihf)
set(arch armv7)
include(${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake)
# Without these, files of more than 2 GiB, and inodes above 32 bits, are errors.
string(APPEND CMAKE_CXX_FLAGS_INIT " -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64")
# GCC's notes that GCC 7.1 changed how arguments are passed: everything here is built by one compiler.
string(APPEND CMAKE_CXX_FLAGS_INIT " -Wno-psabi")
