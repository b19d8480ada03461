# SPDX-License-Identifier: MIT
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(triplet aarch64-linux-gnu)
set(arch arm64)
include(${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake)
