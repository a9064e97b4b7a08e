package io.modeldepot.testkit.broker;

import io.modeldepot.testkit.process.FreePorts;
import io.modeldepot.testkit.process.Repository;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A broker that asks for a login and lets nobody do anything that no right allows, except its own
 * administrator. Always embedded.
 */
public final class SecuredBroker implements TestBroker {
  /** Who may do everything. */
  public static final String ADMIN = "admin";

  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  private final EmbeddedBroker broker;

  private SecuredBroker(EmbeddedBroker broker) {
    this.broker = broker;
  }

  /** Starts one that knows these logins, and the administrator. */
  public static SecuredBroker start(List<String> logins) {
    Properties settings = new Properties();
    settings.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
    settings.setProperty("sasl.enabled.mechanisms", "PLAIN");
    settings.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.setProperty("listener.name.plaintext.plain.sasl.jaas.config", users(logins));
    settings.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The node talks to itself without a login, on a port of its own.
    settings.setProperty("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    return new SecuredBroker(
        new EmbeddedBroker(Repository.newDataFolder("secured-broker"), FreePorts.next(), settings));
  }

  /** What a client of this login is set to, by Kafka's names. */
  public Map<String, String> client(String login) {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "%s username=\"%s\" password=\"%s\";".formatted(MODULE, login, password(login)));
  }

  /** The password of a login. */
  public static String password(String login) {
    return login + "-password-that-nobody-guesses";
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void stop() {
    broker.stop();
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public void start() {
    broker.start();
  }

  private static String users(List<String> logins) {
    return Stream.concat(Stream.of(ADMIN), logins.stream())
        .map(login -> "user_%s=\"%s\"".formatted(login, password(login)))
        .collect(
            Collectors.joining(
                " ",
                "%s username=\"%s\" password=\"%s\" ".formatted(MODULE, ADMIN, password(ADMIN)),
                ";"));
  }
}
