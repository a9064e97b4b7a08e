package io.modeldepot.kit.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Makes the gate, from {@code depot.access.required} ({@code remote}, {@code always}, {@code
 * never}) and {@code depot.access.token} or the file that {@code depot.access.token-file} names.
 */
@ApplicationScoped
public class AccessBeans {
  private static final String REQUIRED = "depot.access.required";
  private static final String TOKEN = "depot.access.token";
  private static final String TOKEN_FILE = "depot.access.token-file";

  @Produces
  @Singleton
  AccessTable table() {
    return new AccessTable(InstantSource.system());
  }

  @Produces
  @Singleton
  Gate gate(AccessTable table, ServiceToken own, Config config) {
    return new Gate(table, requirement(config), own.text());
  }

  @Produces
  @Singleton
  ServiceToken serviceToken(Config config) {
    Optional<String> file = given(config, TOKEN_FILE);
    return new ServiceToken(
        file.isPresent() ? Optional.of(read(Path.of(file.get()))) : given(config, TOKEN));
  }

  private static Optional<String> given(Config config, String name) {
    return config
        .getOptionalValue(name, String.class)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static Requirement requirement(Config config) {
    String asked = given(config, REQUIRED).orElse("remote").toUpperCase(Locale.ROOT);
    return Arrays.stream(Requirement.values())
        .filter(it -> it.name().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    REQUIRED + " is remote, always or never, not " + asked + "."));
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException(file + " is empty; it has to hold a token.");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(TOKEN_FILE + " cannot be read: " + file, e);
    }
  }
}
