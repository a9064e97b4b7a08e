package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import java.util.Optional;

/** Which stage does the work of which state; see {@link Stages}. */
@FunctionalInterface
public interface StageOf {
  /** The stage of a state; empty where there is nothing to work on. */
  Optional<Stage> of(JobState state);
}
