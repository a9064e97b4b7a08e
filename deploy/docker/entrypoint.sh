#!/bin/sh
# Starts a service. A password that compose mounts as a file becomes the setting the service reads, so that it stands in
# no image, no compose file and no command line.
set -eu
if [ -n "${DEPOT_DATASOURCE_PASSWORD_FILE:-}" ]; then
  QUARKUS_DATASOURCE_PASSWORD="$(cat "$DEPOT_DATASOURCE_PASSWORD_FILE")"
  export QUARKUS_DATASOURCE_PASSWORD
fi
# shellcheck disable=SC2086
exec java $JAVA_FLAGS -jar /app/quarkus-run.jar
