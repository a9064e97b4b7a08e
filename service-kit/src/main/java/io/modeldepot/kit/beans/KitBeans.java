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
import org.eclipse.microprofile.config.Config;

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
          "bootstrap.servers",
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

  @Produces
  @Singleton
  KafkaConnection connection(Config config) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "localhost:9092");
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
    return new KafkaConnection(settings);
  }

  @Produces
  @Singleton
  ServiceIdentity identity(Config config) {
    String application =
        config.getOptionalValue("quarkus.application.name", String.class).orElse("service");
    String service = application.replaceFirst("-service$", "");
    return new ServiceIdentity(
        service,
        config.getOptionalValue("depot.instance", String.class).orElse(service + "-1"),
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
