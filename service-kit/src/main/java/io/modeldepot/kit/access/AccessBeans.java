package io.modeldepot.kit.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the gate, from what is said of who must sign in and of the services' own token. */
@ApplicationScoped
public class AccessBeans {
  @Produces
  @Singleton
  AccessTable table() {
    return new AccessTable(InstantSource.system());
  }

  /**
   * What lets callers in.
   *
   * @param required of whom the door asks a token: {@code remote}, of everybody who does not call
   *     from this machine itself, {@code always}, {@code never}
   * @throws IllegalArgumentException if it is none of these
   */
  @Produces
  @Singleton
  Gate gate(
      AccessTable table,
      ServiceToken own,
      OtherTokens others,
      @ConfigProperty(name = "depot.access.required", defaultValue = "remote")
          Optional<String> required) {
    return new Gate(
        table, requirement(said(required).orElse(Requirement.REMOTE.name())), own.text(), others);
  }

  /**
   * What the services carry among themselves, and an operator before there is any other token.
   *
   * @param file the file with the token that the services carry among themselves, and an operator
   *     before there is any other
   * @param token the same token itself, where no file is named
   * @throws RuntimeException if the file cannot be read or is empty
   */
  @Produces
  @Singleton
  ServiceToken serviceToken(
      @ConfigProperty(name = "depot.access.token-file") Optional<String> file,
      @ConfigProperty(name = "depot.access.token") Optional<String> token) {
    return new ServiceToken(
        said(file)
            .map(Path::of)
            .map(path -> SecretFile.read(path, "depot.access.token-file", "token"))
            .or(() -> said(token)));
  }

  private static Optional<String> said(Optional<String> setting) {
    return setting.map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Requirement requirement(String said) {
    String asked = said.toUpperCase(Locale.ROOT);
    return Arrays.stream(Requirement.values())
        .filter(it -> it.name().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "depot.access.required is remote, always or never, not " + asked + "."));
  }
}
