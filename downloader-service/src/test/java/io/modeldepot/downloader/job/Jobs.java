package io.modeldepot.downloader.job;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.PlannedFile;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.JournalFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Jobs in every state. */
final class Jobs {
  static final CommitId COMMIT = CommitId.of("01c7f73d771dfac7d292323805ebc428287df4f9");
  static final CommitId OTHER_COMMIT = CommitId.of("f".repeat(40));
  static final RequestId ID = RequestId.of("k-7QK3Z6M2W4ABCDEF");
  static final RequestId HOST = RequestId.of("cli-19f0");
  static final ModelName MODEL = ModelName.of("llama2-7b");
  static final Optional<String> TRACEPARENT =
      Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  static final Instant CREATED = Instant.parse("2026-11-23T09:00:00.000Z");
  static final Instant LATER = Instant.parse("2026-11-23T09:01:10.004Z");
  static final Instant EXPIRES = Instant.parse("2026-11-24T09:00:00.000Z");
  static final Problem WHY = Problem.of(ProblemCode.HUB_UNREACHABLE, "The hub answered 503.");
  static final DownloadPlan PLAN =
      new DownloadPlan(
          List.of(new PlannedFile("a", 5, Optional.empty(), Optional.empty())),
          5,
          0,
          1000,
          Optional.of("auto"),
          Optional.of("mit"),
          Optional.empty(),
          Optional.empty());

  private Jobs() {}

  static Job requested() {
    return Job.requested(
        ID,
        DownloadRequested.of(MODEL).withRequestId(ID),
        MODEL,
        LocationName.of("default"),
        CREATED,
        EXPIRES,
        TRACEPARENT);
  }

  static Job in(JobState state) {
    Job job = requested();
    return new Job(
        job.id(),
        job.requestIds(),
        job.command(),
        job.model(),
        job.location(),
        job.target(),
        state,
        3,
        412,
        job.tally(),
        job.files(),
        job.createdAt(),
        job.expiresAt(),
        job.traceparent());
  }

  static JobState.Waiting waiting() {
    return new JobState.Waiting(WaitingFor.HUB, LATER, Optional.of(COMMIT), Optional.of(WHY));
  }

  /** One of every state, by the name that the contract gives it. */
  static Map<String, JobState> states() {
    Map<String, JobState> states = new TreeMap<>();
    for (JobState state :
        List.of(
            new JobState.Requested(),
            waiting(),
            new JobState.Resolving(Optional.of(COMMIT)),
            new JobState.Checking(COMMIT),
            new JobState.Transferring(COMMIT),
            new JobState.Publishing(COMMIT),
            new JobState.Announcing(COMMIT),
            new JobState.Joined(HOST, Optional.of(COMMIT)),
            new JobState.Planned(COMMIT, PLAN),
            new JobState.Done(COMMIT),
            new JobState.Failed(Optional.of(COMMIT), WHY),
            new JobState.Cancelled(Optional.of(COMMIT)),
            new JobState.Expired(WHY))) {
      states.put(state.name().name().toLowerCase(java.util.Locale.ROOT), state);
    }
    return states;
  }

  static JobState state(String name) {
    return Objects.requireNonNull(states().get(name), name);
  }

  static Target target() {
    return new Target(
        FamilyName.of("llama"),
        Optional.of(RepositoryId.of("meta-llama/Llama-2-7b-hf")),
        "main",
        new Selection(Optional.of(Profile.SERVING), List.of("*.json"), List.of("*.md")),
        Optional.of(
            new Source(
                SourceKind.HUB,
                Optional.of("https://huggingface.co"),
                Optional.of(RepositoryId.of("meta-llama/Llama-2-7b-hf")),
                Optional.of("main"),
                Optional.of("llama2"),
                Optional.of("manual"))));
  }

  static JournalFile file(String path, long sizeBytes, BlockRanges done, boolean reused) {
    return new JournalFile(
        path,
        sizeBytes,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reused ? Optional.empty() : Optional.of("parts/0001"),
        reused ? Optional.empty() : Optional.of(done),
        Optional.empty(),
        reused,
        0);
  }
}
