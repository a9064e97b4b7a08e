package io.modeldepot.cli.failure;

import java.util.Optional;

/**
 * What a command tells the script that called it. Three kinds of commands use them: a
 * <em>question</em> (verify, doctor) answers 0 or {@link #NO}; <em>information</em> (list, status)
 * gives 0 unless it could not be had; an <em>action</em> (download, pin) gives 0 when done and
 * never {@link #NO}. New codes may be added: a script treats an unknown one as failure. The table
 * in {@code docs/cli.md} is compared with this enum by a test.
 */
public enum ExitCode {
  OK(0, "done, or: yes"),
  NO(1, "the answer is no: a finding or a difference (questions only, never an action)"),
  USAGE(2, "the command line is wrong, or a prompt would be needed and there is no terminal"),
  PARTLY(3, "part of it failed, the rest was done"),
  NOT_FOUND(4, "no such model, version, job or code"),
  REFUSED(5, "refused by a gate, a licence or a policy"),
  NO_SPACE(6, "no space, or over quota"),
  WRONG_BYTES(7, "the bytes are wrong (integrity)"),
  CONFLICT(8, "busy, in conflict or outdated; the holder is named"),
  UNREACHABLE(
      9,
      "not reachable: the depot, its volume, for a download its hub, for a test its receiver (the text says which)"),
  WAITED_TOO_LONG(10, "waited too long; the job goes on"),
  NOT_SIGNED_IN(11, "not signed in, or the role is too low"),
  OUR_BUG(70, "our bug; a report id is printed"),
  INTERRUPTED(130, "interrupted; a download goes on without the command"),
  BROKEN_PIPE(141, "whoever read the output went away, as head does"),
  TERMINATED(143, "terminated");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  public static Optional<ExitCode> of(int number) {
    for (ExitCode code : values()) {
      if (code.number == number) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  /**
   * The outcome of several independent actions: all good is good, one common failure keeps its
   * number, a mixture is {@link #PARTLY}.
   */
  public static ExitCode ofAll(Iterable<ExitCode> outcomes) {
    Optional<ExitCode> common = Optional.empty();
    for (ExitCode outcome : outcomes) {
      if (common.isPresent() && common.get() != outcome) {
        return PARTLY;
      }
      common = Optional.of(outcome);
    }
    return common.orElse(OK);
  }
}
