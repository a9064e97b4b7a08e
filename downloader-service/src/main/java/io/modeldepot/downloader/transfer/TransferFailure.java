package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import java.util.Map;

/** Whose fault it was. */
public sealed interface TransferFailure {

  /** Whether trying later can help without anybody changing anything. */
  boolean isTransient();

  Problem problem();

  /** The hub's, or the way's to it. */
  record AtHub(HubFailure failure) implements TransferFailure {
    @Override
    public boolean isTransient() {
      return failure.isTransient();
    }

    @Override
    public Problem problem() {
      return failure.problem();
    }
  }

  /** The volume has no room left. Becomes right when something is cleaned up. */
  record NoSpace(String detail) implements TransferFailure {
    @Override
    public boolean isTransient() {
      return true;
    }

    @Override
    public Problem problem() {
      return Problem.of(ProblemCode.NO_SPACE, detail);
    }
  }

  /** The part or the journal could not be read or written. */
  record AtVolume(String detail, String cause) implements TransferFailure {
    @Override
    public boolean isTransient() {
      return false;
    }

    @Override
    public Problem problem() {
      return Problem.of(ProblemCode.VOLUME_ERROR, detail, Map.of("cause", cause));
    }
  }
}
