package io.modeldepot.downloader.hub;

import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a hub did not give what was asked. Sentences and evidence name hosts and paths, never a token
 * and never the query of a signed address.
 */
public sealed interface HubFailure {

  /** The code under which people and programs meet this failure. */
  ProblemCode code();

  /** This case, in words. */
  String detail();

  /** Who said so, and with which status. */
  Evidence evidence();

  /** Whether the same question can succeed later without anybody changing anything. */
  default boolean isTransient() {
    return this instanceof Unavailable || this instanceof RateLimited;
  }

  /** How long the hub asks us to wait, if it does. */
  default Optional<Duration> retryAfter() {
    return switch (this) {
      case Unavailable unavailable -> unavailable.asked();
      case RateLimited limited -> Optional.of(limited.delay());
      default -> Optional.empty();
    };
  }

  /** The failure as a problem, with the figures behind it. */
  default Problem problem() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("endpoint", evidence().endpoint());
    evidence().httpStatus().ifPresent(status -> facts.put("httpStatus", status));
    evidence().hubErrorCode().ifPresent(code -> facts.put("hubErrorCode", code));
    return Problem.of(code(), detail(), facts);
  }

  /**
   * Who answered, and how.
   *
   * @param endpoint the base address of the configured endpoint, or the host that was redirected to
   * @param httpStatus absent when no answer came
   * @param hubErrorCode {@code X-Error-Code}, if sent
   */
  record Evidence(String endpoint, Optional<Integer> httpStatus, Optional<String> hubErrorCode) {}

  /** The repository is not there, or is private and we have no right to know. */
  record RepositoryMissing(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.REPOSITORY_NOT_FOUND;
    }
  }

  /** The repository is there, the branch, tag or commit is not. */
  record RevisionMissing(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.REVISION_NOT_FOUND;
    }
  }

  /** The commit is there and lists the file, but does not give it. */
  record FileMissing(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.HUB_INCONSISTENT;
    }
  }

  /** Conditions must be accepted at the hub first. */
  record Gated(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.GATED;
    }
  }

  /** The hub does not know who we are: no token, or one that it does not accept. */
  record Unauthorized(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.UNAUTHORIZED;
    }
  }

  /** The hub knows who we are and says no. */
  record Forbidden(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.FORBIDDEN;
    }
  }

  /** The hub has switched the repository off. */
  record Disabled(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.DISABLED;
    }
  }

  /**
   * No answer, or 408, or 5xx: the hub or the way to it is down for now.
   *
   * @param asked {@code Retry-After}, if sent
   */
  record Unavailable(String detail, Evidence evidence, Optional<Duration> asked)
      implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.HUB_UNREACHABLE;
    }
  }

  /**
   * 429.
   *
   * @param delay what {@code RateLimit} (t+1) or {@code Retry-After} said, else one second
   */
  record RateLimited(String detail, Evidence evidence, Duration delay) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.RATE_LIMITED;
    }
  }

  /** The file is another one than it was: its ETag, digest or size changed. */
  record Changed(String detail, Evidence evidence, String expected, String actual)
      implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.HUB_INCONSISTENT;
    }
  }

  /** The answer breaks the protocol or contradicts an earlier one. */
  record Inconsistent(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.HUB_INCONSISTENT;
    }
  }

  /** A listing beyond what a manifest can hold. */
  record TooLarge(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.TOO_LARGE;
    }
  }

  /** A name that cannot be asked for safely, because it would change its meaning in an address. */
  record BadName(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.BAD_NAME;
    }
  }

  /** We were told to stop. */
  record Cancelled(String detail, Evidence evidence) implements HubFailure {
    @Override
    public ProblemCode code() {
      return ProblemCode.CANCELLED;
    }
  }
}
