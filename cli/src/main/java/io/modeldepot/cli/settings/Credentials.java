package io.modeldepot.cli.settings;

import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The token of whoever types: {@code DEPOT_TOKEN}, else the file that {@code DEPOT_TOKEN_FILE}
 * names, else {@code ${XDG_CONFIG_HOME:-~/.config}/model-depot/token}. Never an argument: those
 * stand in everybody's list of processes.
 */
public final class Credentials {
  private static final String VARIABLE = "DEPOT_TOKEN";
  private static final String FILE_VARIABLE = "DEPOT_TOKEN_FILE";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Credentials() {}

  /**
   * The token, if there is one.
   *
   * @param path makes a path of what was given, from where the person stands
   * @throws Failure if a file that was named cannot be read, or others can read the person's own
   */
  public static Optional<String> token(
      Map<String, String> environment, Function<String, Path> path) {
    String given = environment.getOrDefault(VARIABLE, "").strip();
    if (!given.isEmpty()) {
      return Optional.of(given);
    }
    String named = environment.getOrDefault(FILE_VARIABLE, "").strip();
    if (!named.isEmpty()) {
      return Optional.of(read(path.apply(named)));
    }
    Path own = ownFile(environment);
    if (!Files.isRegularFile(own)) {
      return Optional.empty();
    }
    requirePrivate(own);
    return Optional.of(read(own));
  }

  /** Where the person's own token lies. */
  public static Path ownFile(Map<String, String> environment) {
    return Settings.userFile(environment).resolveSibling("token");
  }

  private static void requirePrivate(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw Failure.usage("the token in " + file + " can be read by others")
            .tryThis(Try.words("chmod 600 " + file));
      }
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without such permissions has its own way to keep a file private.
    }
  }

  private static String read(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw Failure.usage("the token file " + file + " is empty");
      }
      return token;
    } catch (IOException e) {
      throw Failure.usage("the token file " + file + " cannot be read")
          .because(String.valueOf(e.getMessage()));
    }
  }
}
