# SPDX-License-Identifier: MIT
# 32-bit ARM with hard floating point (Debian's armhf), as on a Raspberry Pi 2 or later.
set(CMAKE_SYSTEM_PROCESSOR armv7l)
set(triplet arm-linux-gnueabihf)
set(arch armv7)
include(${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake)
