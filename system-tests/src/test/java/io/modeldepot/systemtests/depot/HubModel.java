package io.modeldepot.systemtests.depot;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.FakeRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model at a hub with moods, and with it what must be on the volume once it came in. */
public final class HubModel {
  private static final String ORGANISATION = "lab";

  private final String name;
  private final FakeRepository repository;
  private final TreeMap<String, Content> files = new TreeMap<>();

  private HubModel(FakeHub hub, String name) {
    this.name = name;
    this.repository = hub.repository(ORGANISATION + "/" + name);
    put("config.json", Content.of("{\"model_type\":\"llama\",\"hidden_size\":64}"));
  }

  /** A model with nothing but its configuration. */
  public static HubModel at(FakeHub hub, String name) {
    return new HubModel(hub, name);
  }

  /** Adds a file. */
  public HubModel put(String path, Content content) {
    files.put(path, content);
    repository.put(path, content);
    return this;
  }

  /** Adds so many weights of one size; their bytes follow from the names. */
  public HubModel weights(int count, long sizeBytes) {
    for (int number = 1; number <= count; number++) {
      String path = "weights-%04d.bin".formatted(number);
      put(path, Content.random((name + "/" + path).hashCode(), sizeBytes));
    }
    return this;
  }

  /** Commits what was added to main. */
  public CommitId commit() {
    return repository.commit("main");
  }

  /** Its name in the catalog. */
  public String name() {
    return name;
  }

  /** What it is called at the hub. */
  public String repository() {
    return repository.id();
  }

  /** The repository, for gates and other terms. */
  public FakeRepository at() {
    return repository;
  }

  /** Bytes of all files. */
  public long sizeBytes() {
    return files.values().stream().mapToLong(Content::sizeBytes).sum();
  }

  /** The command that asks for it, as somebody would publish it by hand. */
  public Map<String, String> request(String id) {
    return Map.of("repository", repository.id(), "requestId", id);
  }

  /** Every byte of a version compared with the hub's: what differs, in words. */
  public List<String> differences(Path models, CommitId commit) {
    Path tree = new Layout(models).tree(ModelName.of(name), commit);
    List<String> differences = new ArrayList<>();
    files.forEach(
        (path, content) -> {
          String here = digest(tree.resolve(path));
          if (!here.equals(content.sha256().value())) {
            differences.add(path + ": " + here + ", at the hub " + content.sha256());
          }
        });
    try (var all = Files.walk(tree)) {
      all.filter(Files::isRegularFile)
          .map(file -> tree.relativize(file).toString())
          .filter(path -> !files.containsKey(path))
          .forEach(path -> differences.add(path + " is not the hub's"));
    } catch (IOException e) {
      differences.add("the tree cannot be read: " + e);
    }
    return differences;
  }

  private static String digest(Path file) {
    if (!Files.isRegularFile(file)) {
      return "missing";
    }
    try (InputStream bytes = Files.newInputStream(file);
        DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
