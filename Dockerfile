# SPDX-License-Identifier: MIT
# The image of the container action: the static binary and the certificate authorities. It also builds without BuildKit.
# A release tag already contains the binary; on a branch it is built here.
FROM debian:bookworm-slim AS build
WORKDIR /src
COPY . .
RUN set -eu; \
    arch=$(dpkg --print-architecture); \
    apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates; \
    [ -f "dist/gitea-release-linux-$arch" ] || SETUP_INSTALL=yes scripts/build-static amd64; \
    cp "dist/gitea-release-linux-$arch" /gitea-release; \
    chmod 755 /gitea-release

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /gitea-release /usr/bin/gitea-release
ENTRYPOINT ["/usr/bin/gitea-release"]
