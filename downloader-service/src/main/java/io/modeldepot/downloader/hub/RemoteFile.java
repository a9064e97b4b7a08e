package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubHttp.Answer;
import io.modeldepot.downloader.hub.HubResult.Failed;
import io.modeldepot.downloader.hub.HubResult.Found;
import io.modeldepot.downloader.hub.Refusals.About;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One file of one commit at the hub. Remembers where the hub redirected to, so that further ranges
 * go there directly, and asks the hub again when that address has expired. Safe for many threads.
 */
public final class RemoteFile {
  private static final int LARGEST_READ_BYTES = 64 * 1024 * 1024;

  /** What storage answers to a signed address that is not good any more. */
  private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);

  private final HubHttp http;
  private final Endpoints endpoints;
  private final Optional<RepositoryId> repository;
  private final CommitId commit;
  private final RepositoryFile file;
  private final Map<Endpoint, URI> signedAddresses = new ConcurrentHashMap<>();
  private final SameFile same;
  private final Nearby near;
  private final Set<Endpoint> nearUsed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile @Nullable Endpoint lastGood;

  RemoteFile(
      HubHttp http,
      Endpoints endpoints,
      Optional<RepositoryId> repository,
      CommitId commit,
      RepositoryFile file,
      Nearby near) {
    this.http = http;
    this.endpoints = endpoints;
    this.repository = repository;
    this.commit = commit;
    this.file = file;
    this.near = near;
    this.same = new SameFile(subject(), commit, file);
  }

  /** The file as the commit lists it. */
  public RepositoryFile file() {
    return file;
  }

  /**
   * Asks for a range of bytes.
   *
   * @param range not empty, inside the file
   * @return a body that the caller closes; {@link HubBody#rangeIgnored} tells that the hub sends
   *     the file from its start although a part was asked for
   */
  public HubResult<HubBody> open(ByteRange range, CancelToken cancel) {
    return open(List.of(range), cancel);
  }

  /**
   * Asks for several ranges at once.
   *
   * @param ranges not empty, inside the file, in ascending order, none touching another
   * @return a body that the caller closes, which begins in the first range; {@link HubBody#next}
   *     tells whether the others are in it
   */
  public HubResult<HubBody> open(List<ByteRange> ranges, CancelToken cancel) {
    for (ByteRange range : ranges) {
      if (range.sizeBytes() == 0 || range.to() > file.sizeBytes()) {
        throw new IllegalArgumentException(
            "No such bytes in a file of " + file.sizeBytes() + ": " + range);
      }
    }
    if (HubClient.changesMeaning(file.path())) {
      return HubClient.badName(file.path());
    }
    return endpoints.ask(
        new Endpoints.Round(nextInTurn(), Optional.ofNullable(lastGood), repository.isPresent()),
        cancel,
        endpoint -> {
          HubResult<HubBody> result = openAt(endpoint, ranges, cancel);
          if (result instanceof Found) {
            if (endpoints.isHub(endpoint)) {
              lastGood = endpoint;
            } else {
              nearUsed.add(endpoint);
            }
          }
          return result;
        });
  }

  /**
   * Asks the mirrors of this site of which pieces the file is made.
   *
   * @return the list as they sent it, believed by nobody yet; failed where none has it
   */
  public HubResult<byte[]> chunkList(CancelToken cancel) {
    return new ChunkListQuestion(http, endpoints, near, commit).ask(file, nearUsed, cancel);
  }

  /** The mirrors of this site that sent a part of it, or the list of its pieces. */
  public Set<Endpoint> nearUsed() {
    return Set.copyOf(nearUsed);
  }

  /** Ranges go round among those that have the file: each sends a share. */
  private List<Endpoint> nextInTurn() {
    List<Endpoint> mirrors = new ArrayList<>(near.mirrors().get());
    if (mirrors.size() > 1) {
      Collections.rotate(mirrors, -Math.floorMod(turn.getAndIncrement(), mirrors.size()));
    }
    return mirrors;
  }

  /**
   * Reads a small range into memory, for example a configuration or the header of a weights file.
   *
   * @throws IllegalArgumentException if the range is larger than 64 MiB
   */
  public HubResult<byte[]> bytes(ByteRange range, CancelToken cancel) {
    if (range.sizeBytes() > LARGEST_READ_BYTES) {
      throw new IllegalArgumentException("Too much for memory: " + range);
    }
    if (range.sizeBytes() == 0) {
      return new Found<>(new byte[0]);
    }
    return switch (open(range, cancel)) {
      case Failed<HubBody>(HubFailure failure) -> new Failed<>(failure);
      case Found<HubBody>(HubBody body) -> readFully(body, range, cancel);
    };
  }

  private static HubResult<byte[]> readFully(HubBody body, ByteRange range, CancelToken cancel) {
    ByteBuffer sink = ByteBuffer.allocate((int) range.sizeBytes());
    try (body;
        CancelToken.Registration _ = cancel.onCancel(body::abort)) {
      body.skip(range.from() - body.offset());
      while (sink.hasRemaining()) {
        if (body.read(sink) < 0) {
          return new Failed<>(body.endedEarly());
        }
      }
      return new Found<>(sink.array());
    } catch (IOException e) {
      return new Failed<>(cancel.isCancelled() ? Refusals.cancelled(body.host()) : body.failure(e));
    }
  }

  private HubResult<HubBody> openAt(Endpoint endpoint, List<ByteRange> ranges, CancelToken cancel)
      throws IOException {
    URI known = signedAddresses.get(endpoint);
    if (known != null) {
      Optional<HubResult<HubBody>> there = openKnown(known, endpoint, ranges, cancel);
      if (there.isPresent()) {
        return there.get();
      }
    }
    return resolveAndOpen(endpoint, ranges, cancel);
  }

  /**
   * Goes straight to where the hub redirected to before. Whatever goes wrong there, the hub is
   * asked again next time: it may know a place that is not down.
   *
   * @return empty when the address has expired
   */
  private Optional<HubResult<HubBody>> openKnown(
      URI known, Endpoint endpoint, List<ByteRange> ranges, CancelToken cancel) throws IOException {
    boolean good = false;
    try {
      Answer answer = http.followElsewhere(endpoint, known, asked(ranges), cancel);
      if (EXPIRED.contains(answer.response().code())) {
        answer.close();
        return Optional.empty();
      }
      HubResult<HubBody> result = body(answer, endpoint, ranges);
      good = result instanceof Found;
      return Optional.of(result);
    } finally {
      if (!good) {
        signedAddresses.remove(endpoint, known);
      }
    }
  }

  private HubResult<HubBody> resolveAndOpen(
      Endpoint endpoint, List<ByteRange> ranges, CancelToken cancel) throws IOException {
    URI address = endpoint.urls().resolve(nameAt(endpoint), commit.value(), file.path());
    Answer answer = http.follow(endpoint, "GET", address, asked(ranges), cancel);
    Response response = answer.response();
    if (response.code() >= 400) {
      try (answer) {
        return new Failed<>(Refusals.of(response, endpoint, About.FILE, subject()));
      }
    }
    Optional<HubFailure> contradiction = same.contradiction(response, endpoint);
    if (contradiction.isPresent()) {
      answer.call().cancel();
      answer.close();
      return new Failed<>(contradiction.get());
    }
    Optional<URI> elsewhere = answer.redirect();
    if (elsewhere.isEmpty()) {
      return body(answer, endpoint, ranges);
    }
    answer.close();
    Answer stored = http.followElsewhere(endpoint, elsewhere.get(), asked(ranges), cancel);
    if (EXPIRED.contains(stored.response().code())) {
      try (stored) {
        return new Failed<>(
            new HubFailure.Unavailable(
                "The storage behind the hub refuses a fresh address for " + subject() + ".",
                Refusals.evidence(stored.response(), host(stored.address())),
                Optional.empty()));
      }
    }
    if (stored.response().isSuccessful()) {
      signedAddresses.put(endpoint, elsewhere.get());
    }
    return body(stored, endpoint, ranges);
  }

  /** Takes over the answer: closed here unless it becomes a body. */
  private HubResult<HubBody> body(Answer answer, Endpoint endpoint, List<ByteRange> ranges)
      throws IOException {
    Response response = answer.response();
    String who = host(answer.address());
    Optional<HubFailure> refused = Optional.empty();
    boolean partial = response.code() == 206;
    Optional<PartReader> parts =
        partial ? PartReader.of(response, ranges, file.sizeBytes()) : Optional.empty();
    if (partial) {
      boolean right = parts.isPresent() || isFirst(ranges.getFirst(), response);
      refused =
          right
              ? same.difference(response, who)
              : Optional.of(
                  new HubFailure.Inconsistent(
                      "A part of " + subject() + " came that was not asked for.",
                      Refusals.evidence(response, who)));
    } else if (response.code() == 200) {
      refused = same.difference(response, who);
    } else {
      refused = Optional.of(Refusals.of(response, endpoint, About.FILE, subject()));
    }
    if (refused.isPresent()) {
      answer.call().cancel();
      answer.close();
      return new Failed<>(refused.get());
    }
    boolean ignored = response.code() == 200 && !asked(ranges).isEmpty();
    return new Found<>(
        new HubBody(
            answer,
            partial ? ranges.getFirst().from() : 0,
            ignored,
            parts,
            who,
            http.stallTimeout(),
            bytes -> endpoints.received().add(endpoints.sender(endpoint), bytes)));
  }

  private static boolean isFirst(ByteRange asked, Response response) {
    return FileAnswer.contentRange(response)
        .filter(said -> said.firstByte() == asked.from())
        .isPresent();
  }

  private List<ByteRange> asked(List<ByteRange> ranges) {
    ByteRange first = ranges.getFirst();
    return first.from() == 0 && first.to() == file.sizeBytes() ? List.of() : ranges;
  }

  private String nameAt(Endpoint endpoint) {
    return endpoints.isHub(endpoint)
        ? repository.map(RepositoryId::value).orElse(near.name())
        : near.name();
  }

  private String subject() {
    return repository.map(RepositoryId::value).orElse(near.name()) + ":" + file.path();
  }

  private static String host(URI address) {
    return String.valueOf(address.getHost());
  }
}
