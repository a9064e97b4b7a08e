package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The plans of a volume, and which job carries out which. */
public final class PlanBook {
  private static final Duration KEPT = Duration.ofDays(14);

  private final Notes plans;
  private final Notes runs;

  /** The book of a volume. */
  public PlanBook(ModelStore store) {
    this.plans = store.notes("plans");
    this.runs = store.notes("runs");
  }

  /** Writes a plan down. */
  public void write(Plan plan) throws IOException {
    plans.write(plan.id(), Wire.write(plan));
  }

  /** A plan, if it is there and can be read. */
  public Optional<Plan> read(String id) throws IOException {
    Optional<byte[]> json = plans.read(id);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(json.get(), Plan.class));
    } catch (UnreadablePayload e) {
      return Optional.empty();
    }
  }

  /** From now on, also after a crash, the job carries out this plan and no other. */
  public void begin(RequestId job, Plan plan) throws IOException {
    runs.write(job.value(), Wire.write(plan.id()));
  }

  /** The plan that a job began to carry out. */
  public Optional<Plan> begun(RequestId job) throws IOException {
    Optional<byte[]> id = runs.read(job.value());
    return id.isEmpty()
        ? Optional.empty()
        : read(new String(id.get(), StandardCharsets.UTF_8).replace("\"", ""));
  }

  /** Forgets plans of long ago. */
  public void forgetOld(Instant volumesNow) throws IOException {
    plans.sweep();
    runs.sweep();
    for (String id : plans.list()) {
      Optional<Plan> plan = read(id);
      if (plan.filter(it -> it.madeAt().plus(KEPT).isBefore(volumesNow)).isPresent()) {
        runs.forget(plan.get().madeFor().value());
        plans.forget(id);
      }
    }
  }
}
