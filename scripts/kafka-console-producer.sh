#!/usr/bin/env bash
# Kafka's own console producer, for those who have no Kafka installed: takes the same arguments as kafka-console-producer.sh of a Kafka distribution.
set -eu
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
[ -d "$root/standalone/target/dist/lib" ] || { echo "error: the depot is not built
Try:  make build" >&2; exit 2; }
java="$("$root/scripts/find-jdk.sh" --runtime)/bin/java"
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "$root/standalone/target/dist/tools/*:$root/standalone/target/dist/lib/*" org.apache.kafka.tools.ConsoleProducer "$@"
