package io.modeldepot.kit.beans;

import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.topic.TopicProvisioner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the kit's parts: the connection from {@code kafka.*}, the name of the service from {@code
 * quarkus.application.name} without {@code -service}, its instance from {@code depot.instance}
 * (default {@code <service>-1}).
 */
@ApplicationScoped
public class KitBeans {
  private static final String PREFIX = "kafka.";

  /** Names that may come from the environment, where the dots are lost and nothing is listed. */
  private static final List<String> KNOWN =
      List.of(
          "security.protocol",
          "sasl.mechanism",
          "sasl.jaas.config",
          "sasl.login.callback.handler.class",
          "ssl.truststore.location",
          "ssl.truststore.password",
          "ssl.truststore.type",
          "ssl.truststore.certificates",
          "ssl.keystore.location",
          "ssl.keystore.password",
          "ssl.keystore.type",
          "ssl.keystore.key",
          "ssl.keystore.certificate.chain",
          "ssl.key.password",
          "ssl.endpoint.identification.algorithm");

  /**
   * The connection, with everything that is said under {@code kafka.}.
   *
   * @param brokers the broker, {@code host:port}, or several by commas; where nothing is said
   *     {@code localhost:9092}, and the mirror goes without a broker
   */
  @Produces
  @Singleton
  KafkaConnection connection(
      Config config, @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    Map<String, Object> settings = new HashMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> settings.put(name.substring(PREFIX.length()), value));
      }
    }
    for (String name : KNOWN) {
      config
          .getOptionalValue(PREFIX + name, String.class)
          .ifPresent(value -> settings.put(name, value));
    }
    settings.put("bootstrap.servers", brokers.orElse("localhost:9092"));
    return new KafkaConnection(settings);
  }

  /**
   * Who this process is.
   *
   * @param instance the name of this one of a service's processes, in what it announces and in
   *     claims; where nothing is said the service's with {@code -1}
   */
  @Produces
  @Singleton
  ServiceIdentity identity(
      Config config, @ConfigProperty(name = "depot.instance") Optional<String> instance) {
    String application =
        config.getOptionalValue("quarkus.application.name", String.class).orElse("service");
    String service = application.replaceFirst("-service$", "");
    return new ServiceIdentity(
        service,
        instance.orElse(service + "-1"),
        config.getOptionalValue("quarkus.application.version", String.class).orElse("0"));
  }

  @Produces
  @Singleton
  Announcer announcer(KafkaConnection connection, ServiceIdentity identity) {
    return new Announcer(connection, identity, Clock.systemUTC());
  }

  void close(@Disposes Announcer announcer) {
    announcer.close();
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(Announcer announcer) {
    return new DeadLetters(announcer);
  }

  @Produces
  @Singleton
  TopicProvisioner topicProvisioner(KafkaConnection connection) {
    return new TopicProvisioner(connection);
  }
}
