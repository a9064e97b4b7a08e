package io.modeldepot.provenance.scan;

import io.modeldepot.provenance.container.Allowance;
import io.modeldepot.provenance.container.Bytes;
import io.modeldepot.provenance.container.Contents;
import io.modeldepot.provenance.container.HeldBytes;
import io.modeldepot.provenance.container.Part;
import io.modeldepot.provenance.container.Tar;
import io.modeldepot.provenance.container.Unpacking;
import io.modeldepot.provenance.container.Zip;
import io.modeldepot.provenance.pickle.AllowList;
import io.modeldepot.provenance.pickle.PickleInput;
import io.modeldepot.provenance.pickle.PickleReport;
import io.modeldepot.provenance.pickle.PickleWalk;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * Looks for pickles in one file, whatever it is called: in the file itself, one after another as in
 * PyTorch's oldest format, in archives, packed, behind NumPy's header.
 */
public final class FileScanner {
  private static final Set<String> PICKLE_NAMES = Set.of("pkl", "pickle", "joblib", "dill");
  private static final int HEAD_BYTES = 512;
  private static final int LOOK_BYTES = 1024; // what a look costs at least
  private static final int MAX_FINDINGS = 100;

  private final AllowList allowed;
  private final ScanLimits limits;
  private final List<Finding> findings = new ArrayList<>();
  private final Allowance allowance = new Allowance();
  private boolean pickle;
  private long budget;
  private int heldBytes;

  private FileScanner(AllowList allowed, ScanLimits limits) {
    this.allowed = allowed;
    this.limits = limits;
  }

  /**
   * What loading this file would do. Never fails on what is in the file.
   *
   * @throws IOException if it cannot be read
   */
  public static FileScan scan(String path, Bytes file, AllowList allowed, ScanLimits limits)
      throws IOException {
    FileScanner scanner = new FileScanner(allowed, limits);
    scanner.budget = limits.mostWorkBytes() + 4 * Math.min(file.size(), Long.MAX_VALUE / 8);
    scanner.look(file, path, 0);
    return new FileScan(path, scanner.verdict(), scanner.findings);
  }

  private Verdict verdict() {
    Verdict worst = pickle ? Verdict.ALLOWED : Verdict.DATA;
    for (Finding finding : findings) {
      Verdict verdict =
          finding.kind() == Finding.Kind.SUSPICIOUS ? Verdict.SUSPICIOUS : Verdict.MALFORMED;
      worst = verdict.compareTo(worst) > 0 ? verdict : worst;
    }
    return worst;
  }

  private void look(Bytes bytes, String path, int depth) throws IOException {
    if (!spend(path, LOOK_BYTES) || tooDeep(path, depth)) {
      return;
    }
    byte[] head = bytes.copy(0, HEAD_BYTES);
    if (Zip.beginsAsOne(head)) {
      inside(Zip.read(bytes, allowance), bytes, path, depth);
      return;
    }
    if (depth == 0) {
      Optional<Contents> behind = Zip.behind(bytes, allowance);
      if (behind.isPresent()) {
        inside(behind.get(), bytes, path, depth);
      }
    }
    if (Tar.beginsAsOne(head)) {
      inside(Tar.read(bytes, allowance), bytes, path, depth);
    }
    Magic.opaque(head).ifPresent(kind -> opaque(path, kind));
    packed(bytes, head, path, depth);
    if (Magic.numpy(head)) {
      long begin =
          head[6] == 1 ? 10L + u2(head, 8) : 12L + u2(head, 8) + ((long) u2(head, 10) << 16);
      pickles(bytes.slice(begin, bytes.size()).stream(), begin, path);
    }
    pickles(bytes.stream(), 0, path);
  }

  private void inside(Contents contents, Bytes container, String path, int depth)
      throws IOException {
    contents.faults().forEach(fault -> malformed(path, 0, fault));
    if (!contents.faults().isEmpty() && !spend(path, container.size())) {
      return;
    }
    for (Part part : contents.parts()) {
      String inner = path + "!" + shown(part.name());
      switch (part.packing()) {
        case STORED -> look(part.bytes(), inner, depth + 1);
        case DEFLATED -> {
          try (Unpacking unpacking = Unpacking.deflated(part.bytes(), Math.max(0, budget))) {
            unpacked(unpacking, inner, depth + 1);
          }
        }
        case OPAQUE -> opaque(inner, "a method that loaders of models do not know");
      }
    }
  }

  private void packed(Bytes bytes, byte[] head, String path, int depth) throws IOException {
    if (Magic.gzip(head)) {
      try (Unpacking unpacking = Unpacking.gzip(bytes, Math.max(0, budget))) {
        unpacked(unpacking, path + "!gzip", depth + 1);
      } catch (ZipException | EOFException e) {
        malformed(path, 0, "It begins as gzip does and is none.");
      }
    } else if (Magic.zlib(head)) {
      try (Unpacking unpacking = Unpacking.zlib(bytes, Math.max(0, budget))) {
        unpacked(unpacking, path + "!zlib", depth + 1);
      }
    }
  }

  /** A packed part: followed as it is unpacked, and taken into memory if it is a container. */
  private void unpacked(Unpacking unpacking, String path, int depth) throws IOException {
    if (!spend(path, LOOK_BYTES) || tooDeep(path, depth)) {
      return;
    }
    byte[] head = unpacking.readNBytes(HEAD_BYTES);
    boolean container =
        Zip.beginsAsOne(head)
            || Tar.beginsAsOne(head)
            || Magic.gzip(head)
            || Magic.zlib(head)
            || Magic.numpy(head);
    InputStream whole =
        new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(head), unpacking);
    if (container) {
      held(whole, path, depth);
    } else {
      Magic.opaque(head).ifPresent(kind -> opaque(path, kind));
      pickles(whole, 0, path);
    }
    if (unpacking.becameTooLong()) {
      malformed(path, 0, "It unpacks to more than is looked into.");
    }
  }

  /** What is held at once, one container in another, has one limit. */
  private void held(InputStream whole, String path, int depth) throws IOException {
    int most = limits.mostHeldBytes() - heldBytes;
    byte[] held = whole.readNBytes(most + 1);
    if (held.length > most) {
      malformed(path, 0, "It is packed twice and longer than is looked into.");
    } else if (spend(path, held.length)) {
      heldBytes += held.length;
      look(new HeldBytes(held), path, depth);
      heldBytes -= held.length;
    }
  }

  private void pickles(InputStream in, long begin, String path) throws IOException {
    Evidence evidence = new Evidence(path, namedAsPickle(path));
    PickleInput input = new PickleInput(in, begin);
    boolean going = input.hasNext();
    boolean first = true;
    while (going) {
      long from = input.position();
      byte[] start = input.peek(2);
      boolean headed = start.length == 2 && start[0] == (byte) 0x80 && start[1] <= 5;
      PickleReport report = PickleWalk.follow(input, allowed);
      List<Finding> found = evidence.of(report, headed, first);
      pickle |= evidence.isPickle(report, headed);
      found.forEach(this::add);
      first = false;
      going = spend(path, report.end() - from) && report.complete() && input.hasNext();
    }
  }

  private boolean spend(String path, long bytes) {
    if (budget <= 0) {
      return false;
    }
    budget -= bytes;
    if (budget <= 0) {
      malformed(path, 0, "The file takes more work to look into than its length can explain.");
    }
    return budget > 0;
  }

  private boolean tooDeep(String path, int depth) {
    if (depth > limits.deepest()) {
      malformed(path, 0, "It lies deeper in archives than is looked into.");
    }
    return depth > limits.deepest();
  }

  private void opaque(String path, String kind) {
    malformed(path, 0, "It is packed with %s and cannot be looked into.".formatted(kind));
  }

  private void malformed(String path, long offset, String problem) {
    add(new Finding(path, offset, Finding.Kind.MALFORMED, Optional.empty(), problem));
  }

  private void add(Finding finding) {
    boolean worse = finding.kind() == Finding.Kind.SUSPICIOUS;
    if (findings.size() < MAX_FINDINGS) {
      findings.add(finding);
    } else if (worse && findings.getLast().kind() != Finding.Kind.SUSPICIOUS) {
      findings.set(MAX_FINDINGS - 1, finding);
    }
  }

  private static boolean namedAsPickle(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);
    return PICKLE_NAMES.contains(
        name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static int u2(byte[] head, int at) {
    return head[at] & 0xff | (head[at + 1] & 0xff) << 8;
  }

  /** A name out of an archive, short and printable. */
  private static String shown(String name) {
    String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > 200 ? printable.substring(0, 200) + "…" : printable;
  }
}
