package io.modeldepot.events.contract;

import io.modeldepot.events.topic.BrokerRight;
import io.modeldepot.events.topic.Party;
import java.util.Locale;

/** The rights of every party as calls of Kafka's own command. */
final class AclScript {
  private AclScript() {}

  static String text() {
    StringBuilder script =
        new StringBuilder(
            """
            #!/usr/bin/env bash
            # The least rights for every login that Model Depot has at a Kafka broker. Written by `make docs` from the table of
            # topics. Can be run again at any time; it only adds. See docs/kafka-access.md.
            #
            #   deploy/kafka/acls.sh --bootstrap-server kafka:9092 --command-config admin.properties
            #
            # All arguments go to kafka-acls.sh. KAFKA_ACLS names it if it is not on the PATH; PRINCIPAL is what stands before
            # a login's name ("User:" with SASL; with TLS the names are the certificates', so set e.g. PRINCIPAL=User:CN=).
            set -euo pipefail
            : "${KAFKA_ACLS:=kafka-acls.sh}" "${PRINCIPAL:=User:}"
            CONNECTION=("$@")

            allow() {
              local login=$1
              shift
              "$KAFKA_ACLS" "${CONNECTION[@]}" --add --allow-principal "$PRINCIPAL$login" "$@"
            }
            """);
    for (Party party : Party.values()) {
      script.append('\n');
      BrokerRight.of(party).forEach(right -> script.append(line(party, right)));
    }
    return script.toString();
  }

  private static String line(Party party, BrokerRight right) {
    StringBuilder line = new StringBuilder("allow " + party.word());
    right.operations().forEach(it -> line.append(" --operation ").append(it));
    if (right.prefix()) {
      line.append(" --resource-pattern-type prefixed");
    }
    String option = "--" + right.resource().name().toLowerCase(Locale.ROOT).replace('_', '-');
    right.names().forEach(it -> line.append(" \\\n  ").append(option).append(' ').append(it));
    return line.append('\n').toString();
  }
}
