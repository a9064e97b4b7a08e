package io.modeldepot.cli.failure;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import java.util.Optional;

/**
 * Which exit code a problem means. The problem's own text says so; a code that this build does not
 * know falls back to the HTTP status it came with.
 */
public final class ProblemExits {
  private ProblemExits() {}

  /**
   * @param code a problem code as in {@code explain CODE}; empty when there is none
   * @param status the HTTP status it came with, or 0 when it came by another way
   */
  public static ExitCode of(String code, int status) {
    Optional<ProblemCode> known = ProblemCode.of(code).filter(c -> c != ProblemCode.UNKNOWN);
    if (known.isEmpty()) {
      return ofStatus(status);
    }
    if (known.get() == ProblemCode.FORBIDDEN && status == 403) {
      return ExitCode.NOT_SIGNED_IN;
    }
    ExitCode exit = ExitCode.of(ProblemText.of(known.get()).exitCode()).orElse(ExitCode.PARTLY);
    return exit == ExitCode.NO || exit == ExitCode.OK ? ofStatus(status) : exit;
  }

  private static ExitCode ofStatus(int status) {
    return switch (status) {
      case 0 -> ExitCode.PARTLY;
      case 400, 405, 406, 413, 415, 422 -> ExitCode.USAGE;
      case 401, 403 -> ExitCode.NOT_SIGNED_IN;
      case 404, 410 -> ExitCode.NOT_FOUND;
      case 409, 412, 423, 428 -> ExitCode.CONFLICT;
      case 507 -> ExitCode.NO_SPACE;
      case 408, 429, 502, 503, 504 -> ExitCode.UNREACHABLE;
      default -> ExitCode.OUR_BUG;
    };
  }
}
