package io.modeldepot.janitor.scrub;

import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.integrity.Finding;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What a finding is: in words, and how it came about. */
final class Diagnosis {
  private Diagnosis() {}

  /** How it came about, as the dates of the file tell; before a repair moves it. */
  static CorruptionKind kind(ModelStore store, Manifest manifest, Finding finding)
      throws IOException {
    return switch (finding) {
      case Finding.Missing _ -> CorruptionKind.MISSING;
      case Finding.Extra _ -> CorruptionKind.EXTRA;
      // A file that was written to has another length; bits that rot leave it as it is.
      case Finding.WrongSize _ -> CorruptionKind.ALTERED;
      case Finding.Unreadable _, Finding.WrongMode _ -> CorruptionKind.BITROT;
      case Finding.Altered it -> {
        ModelName model = manifest.model();
        CommitId commit = manifest.commit();
        Optional<Instant> lastGood =
            new CheckBook(store)
                .last(model, commit)
                .filter(last -> !last.damaged())
                .map(CheckBook.Check::checkedAt);
        yield store.glance().isWrittenTo(model, commit, it.path(), lastGood)
            ? CorruptionKind.ALTERED
            : CorruptionKind.BITROT;
      }
    };
  }

  /** In words. */
  static String words(ArchiveCheck.Damaged damaged) {
    return damaged.path() + " is damaged in the archive: " + damaged.why();
  }

  /** In words. */
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
