package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Downloads in progress: what they have brought lies in their parts and in a tree that is being
 * built, what they reuse lies in the cache, and their journals say so. Nothing of it may go until
 * they end, whether whoever works on them lives or not.
 */
final class Downloads {
  private static final ClaimTimes SHORT =
      new ClaimTimes(Duration.ofMillis(5), Duration.ofMillis(20));

  private final ModelStore store;
  private final PublishedVersions published;
  private final Map<RequestId, Live> live = new LinkedHashMap<>();
  private final List<RequestId> ended = new ArrayList<>();
  private int number;

  /** A download, its claim, its files, and which of them it has brought. */
  private record Live(
      Claims claims,
      Claim claim,
      ModelName model,
      CommitId commit,
      List<ManifestFile> files,
      Map<Sha256, String> parts) {}

  Downloads(ModelStore store, PublishedVersions published) {
    this.store = store;
    this.published = published;
  }

  boolean areThere() {
    return !live.isEmpty();
  }

  RequestId oldest() {
    return live.keySet().iterator().next();
  }

  /** Begins one; content that is in the cache is reused, the other is brought. */
  RequestId begin(ModelName model, CommitId commit, long[] contents)
      throws IOException, InterruptedException {
    RequestId id = RequestId.of("download-" + ++number);
    Claims claims = store.claims("downloader-" + number, SHORT);
    boolean unused = claims.create(store.claimPlace(id));
    Claim claim = claims.await(store.claimPlace(id), Duration.ofSeconds(5)).orElseThrow();
    Files.createDirectories(claim.work().resolve("parts"));
    Files.createDirectories(claim.work().resolve("tree"));
    List<ManifestFile> files = new ArrayList<>();
    Map<Sha256, String> parts = new HashMap<>();
    for (long content : contents) {
      Map<Sha256, Path> written = new HashMap<>();
      ManifestFile file =
          PublishedVersions.file(
              claim.work().resolve("parts"),
              "weights-" + content,
              PublishedVersions.large(content),
              written);
      files.add(file);
      Sha256 digest = file.sha256().orElseThrow();
      if (store.blobs().find(digest, file.sizeBytes()).isPresent()) {
        Files.delete(written.get(digest));
      } else {
        parts.put(digest, "parts/weights-" + content);
        Files.createLink(claim.work().resolve("tree/" + file.path()), written.get(digest));
      }
    }
    Live begun = new Live(claims, claim, model, commit, files, parts);
    store.journals().write(claim, journal(id, begun, DownloadState.TRANSFERRING, 1));
    live.put(id, begun);
    return id;
  }

  /** Whoever works on it is no more; the next one finds its claim standing still. */
  void die(RequestId id) throws IOException, InterruptedException {
    Live before = Objects.requireNonNull(live.get(id));
    Claims claims = store.claims("downloader-" + ++number, SHORT);
    Claim claim = claims.await(store.claimPlace(id), Duration.ofSeconds(5)).orElseThrow();
    live.put(
        id,
        new Live(claims, claim, before.model(), before.commit(), before.files(), before.parts()));
  }

  /** Publishes it from what it brought and what it reuses; fails if that is not there. */
  void publish(RequestId id, Shelf shelf) throws IOException, InterruptedException {
    Live one = Objects.requireNonNull(live.get(id));
    Map<Sha256, Path> parts = new HashMap<>();
    one.parts().forEach((digest, part) -> parts.put(digest, one.claim().work().resolve(part)));
    published.publish(shelf, one.model(), one.commit(), one.files(), parts);
    end(id, DownloadState.DONE);
  }

  /** It ends, and leaves what it has where it is. */
  void end(RequestId id, DownloadState state) throws IOException {
    Live one = Objects.requireNonNull(live.remove(id));
    store.journals().write(one.claim(), journal(id, one, state, 2));
    one.claims().close();
    ended.add(id);
  }

  void endAll() throws IOException {
    for (RequestId id : List.copyOf(live.keySet())) {
      end(id, DownloadState.FAILED);
    }
  }

  /** Eight days pass for those that ended. */
  void age() throws IOException {
    for (RequestId id : ended) {
      Files.setLastModifiedTime(
          store.layout().journal(id), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    }
  }

  /** What a download counts on and does not find. */
  List<String> lost() throws IOException {
    List<String> lost = new ArrayList<>();
    for (Map.Entry<RequestId, Live> one : live.entrySet()) {
      Live its = one.getValue();
      if (!its.claim().stillHeld()) {
        lost.add("the claim of " + one.getKey());
      }
      if (store.journals().read(one.getKey()).isEmpty()) {
        lost.add("the journal of " + one.getKey());
      }
      for (ManifestFile file : its.files()) {
        Sha256 digest = file.sha256().orElseThrow();
        String part = its.parts().get(digest);
        if (part == null) {
          if (store.blobs().find(digest, file.sizeBytes()).isEmpty()) {
            lost.add("what " + one.getKey() + " reuses: " + file.path());
          }
        } else if (!isWhole(its.claim().work().resolve(part), digest)
            || !isWhole(its.claim().work().resolve("tree/" + file.path()), digest)) {
          lost.add("what " + one.getKey() + " brought: " + file.path());
        }
      }
    }
    return lost;
  }

  private static boolean isWhole(Path file, Sha256 digest) throws IOException {
    return Files.exists(file) && Digests.of(new LinuxCalls(), file).sha256().equals(digest);
  }

  private static Journal journal(RequestId id, Live of, DownloadState state, long sequence) {
    long total = of.files().stream().mapToLong(ManifestFile::sizeBytes).sum();
    return new Journal(
        Journal.FORMAT,
        id,
        List.of(id),
        DownloadRequested.of(of.model()),
        of.model(),
        LocationName.of("default"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(of.commit()),
        state,
        Optional.empty(),
        Optional.empty(),
        1,
        sequence,
        of.claim().holder().toString(),
        total,
        total,
        0,
        0,
        of.files().stream().map(file -> journaled(file, of)).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Instant.now(),
        Instant.now());
  }

  private static JournalFile journaled(ManifestFile file, Live of) {
    Optional<String> part = Optional.ofNullable(of.parts().get(file.sha256().orElseThrow()));
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        file.sha256(),
        Optional.empty(),
        Optional.empty(),
        part,
        Optional.empty(),
        Optional.empty(),
        part.isEmpty(),
        0);
  }
}
