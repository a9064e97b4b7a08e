#!/bin/sh
# Starts a service: the one of the image, or what Java is told to start. A password that is mounted as a file becomes the setting
# the service reads, so that it stands in no image, no manifest, no unit and no command line.
set -eu

# A secret has the mode and owner that its file has on the host.
require_readable() {
  if [ ! -r "$1" ]; then
    echo "error: $1 cannot be read by user $(id -u)" >&2
    echo "Try:  on the host, chmod 0644 the file and chmod 0700 its directory (docs/docker.md)" >&2
    exit 78
  fi
}

if [ -n "${DEPOT_DATASOURCE_PASSWORD_FILE:-}" ]; then
  require_readable "$DEPOT_DATASOURCE_PASSWORD_FILE"
  QUARKUS_DATASOURCE_PASSWORD="$(cat "$DEPOT_DATASOURCE_PASSWORD_FILE")"
  export QUARKUS_DATASOURCE_PASSWORD
fi
# What Kafka calls sasl.jaas.config: one line with the login and its password.
if [ -n "${DEPOT_KAFKA_LOGIN_FILE:-}" ]; then
  require_readable "$DEPOT_KAFKA_LOGIN_FILE"
  KAFKA_SASL_JAAS_CONFIG="$(cat "$DEPOT_KAFKA_LOGIN_FILE")"
  export KAFKA_SASL_JAAS_CONFIG
fi
if [ -n "${HF_TOKEN_PATH:-}" ]; then
  require_readable "$HF_TOKEN_PATH"
fi
# Java can name a file only as far as its locale can.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *.UTF-8 | *.utf8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
[ $# -gt 0 ] || set -- -jar /app/quarkus-run.jar
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" $JAVA_FLAGS "$@"
