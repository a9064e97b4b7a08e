package io.modeldepot.janitor.scrub;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.fact.FoundBy;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.RepairState;
import io.modeldepot.events.state.ModelChecked;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.announce.Facts;
import io.modeldepot.kit.intake.CommandId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.VersionReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One version read again, and what was found told. */
final class VersionCheck {
  private final ModelStore store;
  private final Facts facts;
  private final LocationName location;
  private final Clock clock;

  VersionCheck(ModelStore store, Facts facts, LocationName location, Clock clock) {
    this.store = store;
    this.facts = facts;
    this.location = location;
    this.clock = clock;
  }

  /** Why it is checked. */
  enum Cause {
    /** By itself. */
    SCRUB(FoundBy.SCRUB),
    /** Somebody asked. */
    VERIFY(FoundBy.VERIFY),
    /** Somebody asked, and wants damage repaired. */
    REPAIR(FoundBy.VERIFY);

    private final FoundBy foundBy;

    Cause(FoundBy foundBy) {
      this.foundBy = foundBy;
    }
  }

  /**
   * Reads every byte and tells what it found.
   *
   * @param verifier reads an inode once, however many versions share it
   * @param read hears of bytes that were read, from several threads
   * @return empty if there is no such version any more
   */
  Optional<VersionReport> check(
      ModelName model, CommitId commit, Cause cause, Verifier verifier, LongConsumer read)
      throws IOException, InterruptedException {
    Optional<VersionReport> report = verifier.verify(model, commit, Verifier.Depth.BYTES, read);
    if (report.isEmpty()) {
      return report;
    }
    Instant now = clock.instant();
    List<Finding> damage = report.get().findings().stream().filter(Finding::isDamage).toList();
    boolean repair = cause == Cause.REPAIR && !damage.isEmpty();
    if (repair) {
      requestRepair(model, commit, damage);
    }
    for (Finding finding : damage) {
      facts.tell(
          Topics.MODEL_CORRUPTED,
          model.value(),
          new ModelCorrupted(
              location,
              model,
              commit,
              finding.path(),
              kind(finding),
              finding instanceof Finding.Altered altered ? altered.badBlocks() : List.of(),
              cause.foundBy,
              repair ? RepairState.REQUESTED : RepairState.NONE,
              now));
    }
    facts.tell(
        Topics.MODEL_CHECKED,
        location + "/" + model + "/" + commit,
        new ModelChecked(
            location,
            model,
            commit,
            now,
            report.get().findings().stream().map(VersionCheck::words).toList()));
    new CheckBook(store).write(model, commit, new CheckBook.Check(1, now, report.get().damaged()));
    return report;
  }

  /** A download that brings what is damaged; the same damage asks for the same download. */
  private void requestRepair(ModelName model, CommitId commit, List<Finding> damage)
      throws IOException, InterruptedException {
    List<String> paths = new ArrayList<>();
    damage.forEach(finding -> paths.add(globbed(finding.path())));
    RequestId id =
        CommandId.fromForeign("repair of " + model + "@" + commit + " at " + clock.instant());
    facts.tell(
        Topics.DOWNLOAD_REQUESTED,
        model.value(),
        new DownloadRequested(
            Optional.of(model),
            Optional.empty(),
            Optional.of(id),
            Optional.empty(),
            Optional.of(commit.value()),
            Optional.empty(),
            paths,
            List.of(),
            Optional.of(location),
            Optional.of(DownloadSource.REPAIR),
            Optional.empty(),
            Optional.of(9),
            false,
            false,
            Optional.of("janitor")));
  }

  /** A path as a glob that means this path alone. */
  private static String globbed(String path) {
    return path.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
  }

  private static CorruptionKind kind(Finding finding) {
    return switch (finding) {
      case Finding.Missing _ -> CorruptionKind.MISSING;
      case Finding.Extra _ -> CorruptionKind.EXTRA;
      // A file that was written to has another length; bits that rot leave it as it is.
      case Finding.WrongSize _ -> CorruptionKind.ALTERED;
      case Finding.Altered _, Finding.Unreadable _, Finding.WrongMode _ -> CorruptionKind.BITROT;
    };
  }

  static String words(Finding finding) {
    return switch (finding) {
      case Finding.Missing it -> it.path() + " is missing";
      case Finding.Extra it -> it.path() + " is in no manifest";
      case Finding.WrongMode it -> it.path() + " may be written to";
      case Finding.WrongSize it ->
          "%s has %d bytes, not %d".formatted(it.path(), it.actualBytes(), it.expectedBytes());
      case Finding.Unreadable it -> it.path() + " cannot be read: " + it.why();
      case Finding.Altered it ->
          it.path()
              + " has other bytes"
              + (it.badBlocks().isEmpty() ? "" : " in blocks " + it.badBlocks());
    };
  }
}
