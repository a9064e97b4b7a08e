package io.modeldepot.downloader.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the hub's token comes from; asked for every request. Safe for threads. */
@FunctionalInterface
public interface TokenSource {
  /** The hub's token, which is sent to the hub's own addresses and nowhere else. */
  String HUB_TOKEN = "HF_TOKEN";

  /** The file that holds the hub's token; what is put there counts at once. */
  String HUB_TOKEN_PATH = "HF_TOKEN_PATH";

  /** The token as it is now; empty means anonymous. */
  Optional<HubToken> token();

  /** Always the same. */
  static TokenSource of(Optional<HubToken> token) {
    return () -> token;
  }

  /**
   * The token of {@code HF_TOKEN}, else of the file that {@code HF_TOKEN_PATH} names, else none.
   * The file is read anew for every request, so a token that is put there or replaced counts at
   * once; an empty file means none. While it cannot be read, its last token goes on counting.
   *
   * @throws IllegalArgumentException if the file is named but cannot be read now, or holds anything
   *     but one token
   */
  static TokenSource fromEnvironment(Map<String, String> environment) {
    return fromEnvironment(environment, HUB_TOKEN, HUB_TOKEN_PATH);
  }

  /**
   * The same from variables of other names.
   *
   * @param variable holds the token
   * @param pathVariable names the file that holds it
   */
  static TokenSource fromEnvironment(
      Map<String, String> environment, String variable, String pathVariable) {
    Optional<HubToken> direct = HubToken.parse(environment.getOrDefault(variable, ""));
    if (direct.isPresent()) {
      return of(direct);
    }
    String path = environment.getOrDefault(pathVariable, "");
    return path.isBlank() ? Optional::empty : new InFile(Path.of(path.strip()), pathVariable);
  }

  /** A file that may be replaced while we run. */
  final class InFile implements TokenSource {
    private final Path file;
    private volatile Optional<HubToken> last;

    InFile(Path file, String variable) {
      this.file = Objects.requireNonNull(file);
      try {
        this.last = read();
      } catch (IOException e) {
        throw new IllegalArgumentException(
            variable + " names a file that cannot be read: " + file, e);
      }
    }

    @Override
    public Optional<HubToken> token() {
      try {
        last = read();
      } catch (IOException | IllegalArgumentException e) {
        // Being replaced just now, perhaps half written: the one before goes on counting.
        return last;
      }
      return last;
    }

    private Optional<HubToken> read() throws IOException {
      return HubToken.parse(Files.readString(file));
    }
  }
}
