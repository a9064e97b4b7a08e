package io.modeldepot.cli.settings;

import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** All settings of one run of the command. */
public final class Settings {
  /** In the current directory or the nearest one above it. */
  static final String PROJECT_FILE = "model-depot.properties";

  private final Map<Setting, Found> found;
  private final Optional<Found> hub;

  private Settings(Map<Setting, Found> found, Optional<Found> hub) {
    this.found = found;
    this.hub = hub;
  }

  /**
   * @param flags what the command line said; absent ones are not in the map
   * @param depotRoot the checkout the launcher lies in, if it is known
   * @throws Failure when a file names a setting that does not exist, or cannot be read
   */
  public static Settings of(
      Map<Setting, String> flags,
      Map<String, String> environment,
      Path workingDirectory,
      Optional<Path> depotRoot) {
    Map<Setting, Found> found = new EnumMap<>(Setting.class);
    flags.forEach((s, value) -> found.put(s, new Found(value, "flag --" + s.key())));
    for (Setting setting : Setting.values()) {
      String value = environment.getOrDefault(setting.environment(), "");
      if (!value.isEmpty()) {
        found.putIfAbsent(setting, new Found(value, "environment " + setting.environment()));
      }
    }
    projectFile(workingDirectory).ifPresent(file -> read(file, found));
    Path userFile = userFile(environment);
    if (Files.isRegularFile(userFile)) {
      read(userFile, found);
    }
    depotRoot.ifPresent(
        root ->
            found.putIfAbsent(
                Setting.DATA, new Found(root.resolve("depot-data").toString(), "default")));
    Found data = found.get(Setting.DATA);
    Optional<RunFile> run =
        data == null || data.value().isEmpty()
            ? Optional.empty()
            : RunFile.in(workingDirectory.resolve(data.value()));
    run.ifPresent(file -> file.offer(found));
    for (Setting setting : Setting.values()) {
      found.putIfAbsent(setting, new Found(setting.fallback(), "default"));
    }
    return new Settings(found, run.flatMap(RunFile::hub));
  }

  public Found found(Setting setting) {
    Found value = found.get(setting);
    if (value == null) {
      throw new IllegalStateException("no value for " + setting);
    }
    return value;
  }

  public String value(Setting setting) {
    return found(setting).value();
  }

  /** The hub of the depot that runs here or ran here last; no setting of this command. */
  public Optional<Found> hub() {
    return hub;
  }

  /** {@code ${XDG_CONFIG_HOME:-~/.config}/model-depot/config.properties}. */
  public static Path userFile(Map<String, String> environment) {
    return under(environment, "XDG_CONFIG_HOME", ".config").resolve("config.properties");
  }

  /** {@code ${XDG_CACHE_HOME:-~/.cache}/model-depot}: completion reads names from there. */
  public static Path cacheDirectory(Map<String, String> environment) {
    return under(environment, "XDG_CACHE_HOME", ".cache");
  }

  private static Path under(Map<String, String> environment, String variable, String otherwise) {
    String base = environment.getOrDefault(variable, "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    Path root = base.isEmpty() ? Path.of(home).resolve(otherwise) : Path.of(base);
    return root.resolve("model-depot");
  }

  private static Optional<Path> projectFile(Path from) {
    for (Path dir = from.toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve(PROJECT_FILE);
      if (Files.isRegularFile(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static void read(Path file, Map<Setting, Found> found) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage(file + " cannot be read").because(String.valueOf(e.getMessage()));
    }
    for (String key : properties.stringPropertyNames()) {
      Setting setting = Setting.ofKey(key).orElseThrow(() -> noSuchSetting(file, key));
      found.putIfAbsent(setting, new Found(properties.getProperty(key).strip(), file.toString()));
    }
  }

  private static Failure noSuchSetting(Path file, String key) {
    StringBuilder names = new StringBuilder();
    for (Setting setting : Setting.values()) {
      names.append(names.isEmpty() ? "" : ", ").append(setting.key());
    }
    return Failure.usage(file + ": no setting is called \"" + key + "\"")
        .tryThis(Try.words("the settings are: " + names));
  }
}
