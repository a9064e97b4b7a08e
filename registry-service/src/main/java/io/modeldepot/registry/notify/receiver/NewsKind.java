package io.modeldepot.registry.notify.receiver;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a receiver can be told. */
public enum NewsKind {
  DOWNLOAD_DONE("download.done", Severity.INFO),
  DOWNLOAD_FAILED("download.failed", Severity.ERROR),
  UPDATE_WAITING("update.waiting", Severity.INFO),
  MODEL_CORRUPTED("model.corrupted", Severity.ERROR),
  BACKUP_DONE("backup.done", Severity.INFO),
  BACKUP_FAILED("backup.failed", Severity.ERROR),
  BACKUP_MISSED("backup.missed", Severity.ERROR),
  CHECK_FAILED("check.failed", Severity.ERROR),
  DRILL_FAILED("drill.failed", Severity.ERROR),
  RESTORE_DONE("restore.done", Severity.INFO),
  RESTORE_FAILED("restore.failed", Severity.ERROR),
  CLEANUP_FAILED("cleanup.failed", Severity.WARNING),
  REPAIR_FAILED("repair.failed", Severity.ERROR),
  PLACEMENT_IMPOSSIBLE("placement.impossible", Severity.WARNING),
  SPACE_LOW("space.low", Severity.WARNING),
  LOCATION_LOST("location.lost", Severity.ERROR),
  /** Sent by hand, to see whether it arrives; nobody asks for it in a setting. */
  TEST("test", Severity.INFO);

  private final String word;
  private final Severity severity;

  /** How bad it is. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR;

    /** As it is sent. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  NewsKind(String word, Severity severity) {
    this.word = word;
    this.severity = severity;
  }

  /** As it stands in settings and in what is sent. */
  public String word() {
    return word;
  }

  public Severity severity() {
    return severity;
  }

  /** The type of its CloudEvent. */
  public String cloudEventType() {
    return "io.modeldepot." + word + ".v1";
  }

  /** The kind of that word. */
  public static Optional<NewsKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Those that a setting may name, in their order. */
  static List<NewsKind> named() {
    return Arrays.stream(values()).filter(kind -> kind != TEST).toList();
  }
}
