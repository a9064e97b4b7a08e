package io.modeldepot.testkit.hub;

import io.modeldepot.events.terms.CommitId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A repository of the hub: files are put, then committed to a branch. Safe for threads. */
public final class FakeRepository {
  /** Files from this size on, and weights of any size, are large ones, known by their SHA-256. */
  private static final long LARGE_BYTES = 1 << 20;

  private final String id;
  private final TreeMap<String, Content> staged = new TreeMap<>();
  private final Map<CommitId, Map<String, Content>> commits = new ConcurrentHashMap<>();
  private final Map<String, CommitId> branches = new ConcurrentHashMap<>();
  private final Set<String> granted = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> gated = Optional.empty();
  private volatile Optional<String> licence = Optional.empty();
  private volatile boolean disabled;
  private volatile boolean hidden;

  FakeRepository(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** Stages a file. */
  public synchronized FakeRepository put(String path, Content content) {
    staged.put(path, content);
    return this;
  }

  /** Stages a text file. */
  public FakeRepository put(String path, String text) {
    return put(path, Content.of(text));
  }

  /** Stages the removal of a file. */
  public synchronized FakeRepository remove(String path) {
    staged.remove(path);
    return this;
  }

  /** Commits what is staged to a branch; the id follows from the content. */
  public synchronized CommitId commit(String branch) {
    MessageDigest digest = sha1();
    staged.forEach(
        (path, content) ->
            digest.update((path + " " + content.sha256() + "\n").getBytes(StandardCharsets.UTF_8)));
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    CommitId commit = CommitId.of(HexFormat.of().formatHex(digest.digest()));
    commits.put(commit, new ConcurrentHashMap<>(staged));
    branches.put(branch, commit);
    return commit;
  }

  /** What no honest hub does: other content under a commit that is already known. */
  public FakeRepository tamper(CommitId commit, String path, Content content) {
    snapshot(commit).put(path, content);
    return this;
  }

  /** Asks for terms to be accepted: {@code auto} or {@code manual}. */
  public FakeRepository gate(String how) {
    gated = Optional.of(how);
    return this;
  }

  /** A token whose account has been granted access. */
  public FakeRepository grant(String token) {
    granted.add(token);
    return this;
  }

  /** The hub took it down. */
  public FakeRepository disable() {
    disabled = true;
    return this;
  }

  /** Only granted tokens may know that it exists. */
  public FakeRepository hide() {
    hidden = true;
    return this;
  }

  /** States a licence. */
  public FakeRepository license(String name) {
    licence = Optional.of(name);
    return this;
  }

  Optional<CommitId> resolve(String revision) {
    CommitId branch = branches.get(revision);
    if (branch != null) {
      return Optional.of(branch);
    }
    return CommitId.isOne(revision) && commits.containsKey(CommitId.of(revision))
        ? Optional.of(CommitId.of(revision))
        : Optional.empty();
  }

  /** Files by path, sorted. */
  Map<String, Content> files(CommitId commit) {
    return new TreeMap<>(snapshot(commit));
  }

  Map<String, CommitId> branches() {
    return new TreeMap<>(branches);
  }

  Optional<String> gated() {
    return gated;
  }

  Optional<String> licence() {
    return licence;
  }

  boolean disabled() {
    return disabled;
  }

  boolean hidden() {
    return hidden;
  }

  boolean grants(Optional<String> token) {
    return token.filter(new HashSet<>(granted)::contains).isPresent();
  }

  static boolean isLarge(String path, Content content) {
    return content.sizeBytes() >= LARGE_BYTES
        || path.endsWith(".safetensors")
        || path.endsWith(".bin");
  }

  private Map<String, Content> snapshot(CommitId commit) {
    Map<String, Content> files = commits.get(commit);
    if (files == null) {
      throw new IllegalArgumentException("No commit " + commit + " in " + id);
    }
    return files;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
