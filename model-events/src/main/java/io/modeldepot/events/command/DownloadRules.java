package io.modeldepot.events.command;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request must be beyond its form, for everybody who reads one: what the registry writes
 * down is what the downloader does. Pure.
 */
public final class DownloadRules {
  private static final int LONGEST_REVISION = 255;
  private static final int LONGEST_TEXT = 1024;
  private static final int MOST_PATTERNS = 200;
  private static final int HIGHEST_PRIORITY = 9;

  private DownloadRules() {}

  /**
   * Something that is wrong.
   *
   * @param pointer where, as a JSON pointer
   * @param say what, in words
   */
  public record Fault(String pointer, String say) {

    @Override
    public String toString() {
      return pointer + ": " + say;
    }
  }

  /** Everything that is wrong with a command; empty if nothing is. */
  public static List<Fault> faults(DownloadRequested command) {
    List<Fault> faults = new ArrayList<>();
    if (command.action().filter(DownloadAction.CANCEL::equals).isPresent()) {
      if (command.requestId().isEmpty()) {
        faults.add(new Fault("/requestId", "a cancel names the request that is to end."));
      }
      return faults;
    }
    if (command.model().isEmpty() && command.repository().isEmpty()) {
      faults.add(new Fault("/model", "a model or a repository is required."));
    }
    if (command.profile().filter(Profile.UNKNOWN::equals).isPresent()) {
      faults.add(new Fault("/profile", "it must be serving or full."));
    }
    command
        .priority()
        .filter(priority -> priority < 0 || priority > HIGHEST_PRIORITY)
        .ifPresent(wrong -> faults.add(new Fault("/priority", "it must be 0 to 9.")));
    command.revision().ifPresent(revision -> text(faults, "/revision", revision, LONGEST_REVISION));
    command.from().ifPresent(from -> text(faults, "/from", from, LONGEST_TEXT));
    patterns(faults, "/include", command.include());
    patterns(faults, "/exclude", command.exclude());
    boolean directory =
        command
            .source()
            .filter(source -> source == DownloadSource.IMPORT || source == DownloadSource.ADOPT)
            .isPresent();
    if (directory && command.from().isEmpty()) {
      faults.add(new Fault("/from", "import and adopt need a directory."));
    }
    if (directory && command.plan()) {
      faults.add(new Fault("/plan", "only what comes from a hub can be planned."));
    }
    boolean replica = command.source().filter(DownloadSource.REPLICA::equals).isPresent();
    if (replica && command.revision().filter(CommitId::isOne).isEmpty()) {
      faults.add(new Fault("/revision", "a replica is of one commit."));
    }
    return faults;
  }

  /** The model's name: as given, else as the catalog names the repository. */
  public static Optional<ModelName> model(DownloadRequested command) {
    return command.model().or(() -> command.repository().map(DownloadRules::nameOf));
  }

  /** The same command with the model's name; two that differ in saying it ask for the same. */
  public static DownloadRequested named(DownloadRequested command) {
    return model(command).map(command::withModel).orElse(command);
  }

  /**
   * The name that the catalog gives a repository it did not know: the last part in lower case,
   * everything else {@code -}.
   */
  public static ModelName nameOf(RepositoryId repository) {
    String last = repository.value().substring(repository.value().indexOf('/') + 1);
    return ModelName.of(last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-"));
  }

  private static void patterns(List<Fault> faults, String pointer, List<String> patterns) {
    if (patterns.size() > MOST_PATTERNS) {
      faults.add(new Fault(pointer, "it has at most " + MOST_PATTERNS + " patterns."));
      return;
    }
    for (int i = 0; i < patterns.size(); i++) {
      text(faults, pointer + "/" + i, patterns.get(i), LONGEST_TEXT);
    }
  }

  private static void text(List<Fault> faults, String pointer, String text, int longest) {
    if (text.isBlank()
        || text.length() > longest
        || text.codePoints().anyMatch(DownloadRules::isOdd)) {
      faults.add(
          new Fault(
              pointer,
              "it must have 1 to %d characters, without control characters.".formatted(longest)));
    }
  }

  /** Half a surrogate pair is no character: it can be neither stored nor hashed. */
  private static boolean isOdd(int c) {
    return Character.isISOControl(c)
        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
