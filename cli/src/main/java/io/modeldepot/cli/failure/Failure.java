package io.modeldepot.cli.failure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operating error on its way to the person: names the thing, the cause, the evidence and what to
 * try. Not for our own bugs, which stay plain exceptions and end in {@link ExitCode#OUR_BUG}.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String code;
  private final String headline;
  private final String cause;
  private final transient Map<String, String> evidence;
  private final transient List<Try> tries;

  private Failure(
      ExitCode exit,
      String code,
      String headline,
      String cause,
      Map<String, String> evidence,
      List<Try> tries) {
    super(headline, null, false, false);
    this.exit = exit;
    this.code = code;
    this.headline = headline;
    this.cause = cause;
    this.evidence = evidence;
    this.tries = tries;
  }

  /**
   * @param code a stable word, as {@code explain} knows it; empty when there is none
   * @param headline the thing and what happened to it, one line
   */
  public static Failure of(ExitCode exit, String code, String headline) {
    return new Failure(exit, code, headline, "", Map.of(), List.of());
  }

  public static Failure usage(String headline) {
    return of(ExitCode.USAGE, "", headline);
  }

  public Failure because(String why) {
    return new Failure(exit, code, headline, why, evidence, tries);
  }

  public Failure seen(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(evidence);
    more.put(name, value);
    return new Failure(exit, code, headline, cause, more, tries);
  }

  public Failure tryThis(Try remedy) {
    List<Try> more = new ArrayList<>(tries);
    more.add(remedy);
    return new Failure(exit, code, headline, cause, evidence, more);
  }

  /** The same with a remedy before all others. */
  public Failure tryFirst(Try remedy) {
    List<Try> more = new ArrayList<>(tries);
    more.addFirst(remedy);
    return new Failure(exit, code, headline, cause, evidence, more);
  }

  public ExitCode exit() {
    return exit;
  }

  public String code() {
    return code;
  }

  public String headline() {
    return headline;
  }

  public String why() {
    return cause;
  }

  public Map<String, String> evidence() {
    return evidence;
  }

  public List<Try> tries() {
    return tries;
  }
}
