package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.broker.DividedBroker;
import io.modeldepot.testkit.broker.SecuredBroker;
import io.modeldepot.testkit.broker.TestBroker;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the processes of a depot, and whoever looks at its topics, reach the broker.
 *
 * @param settings of a client, by Kafka's names, for each party by its name
 */
record BrokerDoor(TestBroker broker, Function<String, Map<String, String>> settings) {

  /** Open to everybody. */
  static BrokerDoor open(TestBroker broker) {
    return new BrokerDoor(broker, party -> Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** Every party has a login of its own. */
  static BrokerDoor secured(SecuredBroker broker) {
    return new BrokerDoor(broker, broker::client);
  }

  /** Every party has a way of its own. */
  static BrokerDoor divided(DividedBroker broker) {
    return new BrokerDoor(broker, broker::client);
  }

  /** The settings of a party's client. */
  Map<String, String> of(String party) {
    return settings.apply(party);
  }

  /** The same as environment variables of a service. */
  Map<String, String> environment(String party) {
    return of(party).entrySet().stream()
        .collect(
            Collectors.toMap(
                it -> "KAFKA_" + it.getKey().toUpperCase(Locale.ROOT).replace('.', '_'),
                Map.Entry::getValue));
  }
}
