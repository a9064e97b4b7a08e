package io.modeldepot.downloader.job;

import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.store.claim.Claim;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A job in the hands of who works on it. The claim is held while it lasts. Safe for threads. */
public interface Turn {

  /** The job as it is now. */
  Job job();

  /** The claim of the job: all its partial work lies inside. */
  Claim claim();

  /** Cancelled when work is to stop: by wish, by shutdown, or because the claim is lost. */
  CancelToken stop();

  /**
   * Lets something happen to the job: the machine decides, and the effects follow in order. Returns
   * when the new state is in the journal.
   *
   * @throws io.modeldepot.store.claim.ClaimLost if somebody else holds the claim
   */
  void happen(JobEvent event) throws IOException;

  /** Notes something that is no step of the machine; durable only with {@link #keep}. */
  void note(UnaryOperator<Job> change);

  /**
   * Writes down what was noted. Several threads may ask at once; one write answers all who asked
   * before it began.
   */
  void keep() throws IOException;
}
