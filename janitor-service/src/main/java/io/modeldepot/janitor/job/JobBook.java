package io.modeldepot.janitor.job;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The journals of a volume's jobs. */
public final class JobBook {
  private static final Duration KEPT = Duration.ofDays(14);

  private final Notes notes;

  /** The book of a volume. */
  public JobBook(ModelStore store) {
    this.notes = store.notes("jobs");
  }

  /** Writes a job down; when this returns it survives a power cut. */
  public void write(MaintenanceJob job) throws IOException {
    notes.write(job.requestId().value(), Wire.write(job));
  }

  /** Makes every job that can be read now survive a power cut, whoever wrote it down. */
  public void makeDurable() throws IOException {
    notes.makeDurable();
  }

  /**
   * A job.
   *
   * @throws IllegalArgumentException if its journal is damaged, or of a newer version
   */
  public Optional<MaintenanceJob> read(RequestId id) throws IOException {
    return read(id.value());
  }

  /** Every job that can be read, the one heard first first. */
  public List<MaintenanceJob> all() throws IOException {
    List<MaintenanceJob> all = new ArrayList<>();
    for (String name : notes.list()) {
      try {
        read(name).ifPresent(all::add);
      } catch (IllegalArgumentException e) {
        // Intake says so when its command comes; the jobs behind it are other people's business.
      }
    }
    all.sort(
        Comparator.comparing(MaintenanceJob::createdAt)
            .thenComparing(job -> job.requestId().value()));
    return all;
  }

  /** Forgets jobs that ended long ago and were told of. */
  public void forgetOld(Instant now) throws IOException {
    notes.sweep();
    for (MaintenanceJob job : all()) {
      if (job.isOver() && job.told() && job.updatedAt().plus(KEPT).isBefore(now)) {
        notes.forget(job.requestId().value());
      }
    }
  }

  private Optional<MaintenanceJob> read(String name) throws IOException {
    Optional<byte[]> json = notes.read(name);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(json.get(), MaintenanceJob.class));
    } catch (UnreadablePayload e) {
      throw new IllegalArgumentException("The journal of " + name + ": " + e.getMessage(), e);
    }
  }
}
