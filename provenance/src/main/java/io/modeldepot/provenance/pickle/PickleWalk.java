package io.modeldepot.provenance.pickle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the instructions of one pickle, of protocols 0 to 5, without carrying one out. It goes on
 * at least as long as Python's readers go on, so whatever they would import or call before an error
 * has been seen here too.
 *
 * <p>Source: the opcodes of CPython's {@code pickletools}, and the order in which its C reader
 * takes operands and arguments.
 */
public final class PickleWalk {
  private static final int MAX_FINDINGS = 100;
  private static final int MAX_NAME = 256;
  private static final int MAX_NESTED = 4;
  private static final String INT_CHARACTERS = "0123456789abcdefABCDEFxXoObB_+-lL \t\r\f\u000b";
  private static final String FLOAT_CHARACTERS = "0123456789eE+-._infatyINFATY \t\r\f\u000b";

  private final PickleInput in;
  private final AllowList allowed;
  private final int depth;
  private final Machine machine = new Machine();
  private final List<PickleFinding> findings = new ArrayList<>();
  private final Set<Object> told = new HashSet<>();
  private long imports;
  private long calls;
  private long at;

  private PickleWalk(PickleInput in, AllowList allowed, int depth) {
    this.in = in;
    this.allowed = allowed;
    this.depth = depth;
  }

  /**
   * Follows the pickle that begins at the input's position. Afterwards the input is after its last
   * instruction, or somewhere after the fault. Memory is bounded, time is linear in the bytes.
   */
  public static PickleReport follow(PickleInput in, AllowList allowed) throws IOException {
    return new PickleWalk(in, allowed, 0).follow();
  }

  private PickleReport follow() throws IOException {
    Optional<String> broken = Optional.empty();
    boolean tooLarge = false;
    try {
      boolean going = true;
      while (going) {
        at = in.position();
        going = step(in.u1());
      }
    } catch (BrokenPickle e) {
      broken = Optional.of(e.problem());
      tooLarge = e.isOurLimit();
    }
    return new PickleReport(findings, imports, calls, in.position(), broken, tooLarge);
  }

  /** One instruction; false after the last. */
  private boolean step(int opcode) throws IOException, BrokenPickle {
    switch (opcode) {
      case '.' -> {
        Held ignored = machine.pop();
        return false;
      }
      case 0x80 -> protocol(in.u1());
      case 0x95 -> in.skip(8); // FRAME says how much to read ahead and nothing else
      case '(' -> machine.mark();
      case '0' -> machine.popOrUnmark();
      case '1' -> {
        Held ignored = machine.popToMark();
      }
      case '2' -> machine.push(machine.top());
      case 'g', 'h', 'j', 'p', 'q', 'r', 0x94 -> memo(opcode);
      case 'c', 'i', 0x93, 0x82, 0x83, 0x84 -> imports(opcode);
      case 'R', 'o', 0x81, 0x92 -> calls(opcode);
      case 'b' -> {
        Held state = machine.pop();
        changed(machine.top());
      }
      default -> {
        if (!literal(opcode) && !text(opcode)) {
          container(opcode);
        }
      }
    }
    return true;
  }

  private static void protocol(int version) throws BrokenPickle {
    if (version > 5) {
      throw BrokenPickle.because("It says it has protocol " + version + ", which there is not.");
    }
  }

  private void memo(int opcode) throws IOException, BrokenPickle {
    switch (opcode) {
      case 'g' -> machine.recall(key());
      case 'h' -> machine.recall(in.u1());
      case 'j' -> machine.recall(in.u4());
      case 'p' -> {
        Held ignored = machine.top();
        machine.remember(key());
      }
      case 'q' -> machine.remember(in.u1());
      case 'r' -> machine.remember(in.u4());
      default -> machine.rememberNext();
    }
  }

  /** A number in decimal, as liberally as {@code int()} reads it. */
  private long key() throws IOException, BrokenPickle {
    String digits = in.line(64).strip().replace("_", "");
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      if (digits.matches("[+-]?[0-9]+")) {
        throw BrokenPickle.tooLarge("It numbers a value higher than is followed here.");
      }
      throw BrokenPickle.because("It numbers a value with what is no number.");
    }
  }

  private void imports(int opcode) throws IOException, BrokenPickle {
    switch (opcode) {
      case 'c' -> machine.push(imported(in.utf8Line(MAX_NAME), in.utf8Line(MAX_NAME)));
      case 'i' -> {
        Held made = imported(in.utf8Line(MAX_NAME), in.utf8Line(MAX_NAME));
        calls++;
        Held ignored = machine.popToMark();
        check(made, "calls");
        machine.push(Held.Other.VALUE);
      }
      case 0x93 -> {
        Held name = machine.pop();
        Held module = machine.pop();
        machine.push(
            module instanceof Held.Text m && name instanceof Held.Text n
                ? imported(m.value(), n.value())
                : unknownImport("It imports a name that it computes or hides."));
      }
      default -> {
        long code = opcode == 0x82 ? in.u1() : opcode == 0x83 ? in.u2() : in.u4();
        machine.push(
            unknownImport(
                "It imports extension %d, whose meaning is not in the file.".formatted(code)));
      }
    }
  }

  private Held imported(String module, String name) {
    imports++;
    ImportName wanted = new ImportName(module, name);
    if (!allowed.allows(wanted)) {
      tell(
          wanted,
          Optional.of(wanted),
          "It imports %s, which is not on the list.".formatted(Shown.text(wanted.toString())));
    }
    return new Held.Imported(wanted);
  }

  private Held unknownImport(String problem) {
    imports++;
    tell(problem, Optional.empty(), problem);
    return Held.Other.UNKNOWN_IMPORT;
  }

  private void calls(int opcode) throws BrokenPickle {
    switch (opcode) {
      case 'R' -> {
        Held ignored = machine.pop();
        check(machine.pop(), "calls");
      }
      case 'o' -> check(machine.popToMark(), "calls");
      case 0x81 -> {
        Held ignored = machine.pop();
        check(machine.pop(), "makes an object of");
      }
      default -> {
        Held keywords = machine.pop();
        Held arguments = machine.pop();
        check(machine.pop(), "makes an object of");
      }
    }
    calls++;
    machine.push(Held.Other.VALUE);
  }

  /** An import was judged when it was made; anything else must not be called at all. */
  private void check(Held callee, String how) {
    if (!(callee instanceof Held.Imported)) {
      String problem = "It %s something that is no import of its own.".formatted(how);
      tell(problem, Optional.empty(), problem);
    }
  }

  /** Attributes may be set on what was made, never on what was imported. */
  private void changed(Held target) {
    if (target instanceof Held.Imported(ImportName name)) {
      calls++;
      String problem =
          "It changes %s for the whole process.".formatted(Shown.text(name.toString()));
      tell(problem, Optional.of(name), problem);
    } else if (target == Held.Other.UNKNOWN_IMPORT) {
      calls++;
      String problem = "It changes an import whose name is not known.";
      tell(problem, Optional.empty(), problem);
    }
  }

  /** Numbers and constants; false if this is none. */
  private boolean literal(int opcode) throws IOException, BrokenPickle {
    switch (opcode) {
      case 'F' -> line(FLOAT_CHARACTERS);
      case 'I', 'L' -> line(INT_CHARACTERS);
      case 'J' -> in.skip(4);
      case 'K' -> in.skip(1);
      case 'M' -> in.skip(2);
      case 'G' -> in.skip(8);
      case 'N', 0x88, 0x89, 0x97 -> in.skip(0);
      case 0x8a -> in.skip(in.u1());
      case 0x8b -> in.skip(length(in.i4()));
      case 'P' -> {
        String ignored = in.line(0);
      }
      case 'Q' -> {
        Held ignored = machine.pop();
      }
      case 'B' -> bytes(in.u4());
      case 'C' -> bytes(in.u1());
      case 0x8e, 0x96 -> bytes(in.u8());
      default -> {
        return false;
      }
    }
    machine.push(Held.Other.VALUE);
    return true;
  }

  private void line(String characters) throws IOException, BrokenPickle {
    String line = in.line(MAX_NAME);
    if (line.endsWith("…")) {
      return;
    }
    for (int i = 0; i < line.length(); i++) {
      if (characters.indexOf(line.charAt(i)) < 0) {
        throw BrokenPickle.because("It has a number that is none.");
      }
    }
  }

  private static long length(int length) throws BrokenPickle {
    if (length < 0) {
      throw BrokenPickle.because("A length is negative.");
    }
    return length;
  }

  /** Bytes; those that look like a pickle are followed too, for somebody may load them in turn. */
  private void bytes(long length) throws IOException, BrokenPickle {
    long end = in.position() + length;
    if (end < 0) {
      throw BrokenPickle.because("A length is past the end of all files.");
    }
    byte[] head = length >= 4 ? in.peek(2) : new byte[0];
    boolean pickle = head.length == 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    if (pickle && depth < MAX_NESTED) {
      nested(end);
    } else if (pickle) {
      String problem = "It has pickles in pickles, deeper than is followed here.";
      tell(problem, Optional.empty(), problem);
    }
    in.skip(end - in.position());
  }

  private void nested(long end) throws IOException {
    long before = in.limit(end);
    PickleReport inner = new PickleWalk(in, allowed, depth + 1).follow();
    in.restore(before);
    for (PickleFinding finding : inner.findings()) {
      if (findings.size() < MAX_FINDINGS && told.add("nested " + finding.problem())) {
        findings.add(
            new PickleFinding(
                finding.offset(),
                finding.imported(),
                "A pickle inside its bytes: " + finding.problem()));
      }
    }
  }

  /** Texts; false if this is none. */
  private boolean text(int opcode) throws IOException, BrokenPickle {
    switch (opcode) {
      case 'S' -> quoted(in.line(MAX_NAME + 2).stripTrailing());
      case 'V' -> named(in.utf8Line(MAX_NAME));
      case 'T' -> utf8(length(in.i4()));
      case 'U', 0x8c -> utf8(in.u1());
      case 'X' -> utf8(in.u4());
      case 0x8d -> utf8(in.u8());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void utf8(long length) throws IOException, BrokenPickle {
    byte[] bytes = in.take(length, MAX_NAME + 1);
    named(new String(bytes, StandardCharsets.UTF_8));
  }

  private void quoted(String line) throws BrokenPickle {
    boolean cut = line.endsWith("…");
    char first = line.isEmpty() ? 'x' : line.charAt(0);
    boolean closed = line.length() >= 2 && line.charAt(line.length() - 1) == first;
    if (first != '\'' && first != '"' || !closed && !cut) {
      throw BrokenPickle.because("It has a text without its quotes.");
    }
    named(line.substring(1, line.length() - 1));
  }

  /** Keeps a text that can name an import as it stands; of any other nothing is known. */
  private void named(String text) throws BrokenPickle {
    boolean kept = text.length() <= MAX_NAME && !text.contains("…") && text.indexOf('\\') < 0;
    if (kept) {
      machine.pushText(text);
    } else {
      machine.push(Held.Other.VALUE);
    }
  }

  private void container(int opcode) throws BrokenPickle {
    switch (opcode) {
      case ')', ']', '}', 0x8f -> machine.push(Held.Other.VALUE);
      case 't', 'l', 'd', 0x91 -> replace(machine.popToMark());
      case 0x85 -> replace(machine.pop());
      case 0x86 -> {
        Held second = machine.pop();
        replace(machine.pop());
      }
      case 0x87 -> {
        Held third = machine.pop();
        Held second = machine.pop();
        replace(machine.pop());
      }
      case 0x98 -> {
        Held ignored = machine.top();
      }
      case 'a' -> {
        Held ignored = machine.pop();
        changed(machine.top());
      }
      case 'e', 'u', 0x90 -> {
        Held ignored = machine.popToMark();
        changed(machine.top());
      }
      case 's' -> {
        Held value = machine.pop();
        Held key = machine.pop();
        changed(machine.top());
      }
      default ->
          throw BrokenPickle.because("0x%02x is no instruction of a pickle.".formatted(opcode));
    }
  }

  private void replace(Held ignored) throws BrokenPickle {
    machine.push(Held.Other.VALUE);
  }

  private void tell(Object once, Optional<ImportName> imported, String problem) {
    if (findings.size() < MAX_FINDINGS && told.add(once)) {
      findings.add(new PickleFinding(at, imported, problem));
    }
  }
}
