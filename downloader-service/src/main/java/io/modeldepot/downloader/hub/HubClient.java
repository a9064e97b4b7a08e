package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubFailure.Evidence;
import io.modeldepot.downloader.hub.HubHttp.Answer;
import io.modeldepot.downloader.hub.HubResult.Failed;
import io.modeldepot.downloader.hub.HubResult.Found;
import io.modeldepot.downloader.hub.Refusals.About;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.MalformedDocument;
import io.modeldepot.hub.document.ModelInfo;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.HubHeaders;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;

/**
 * A hub behind one or several endpoints. Every question is asked at the endpoints in order of
 * preference until one answers; when all refuse, the last one, the origin, is believed. Asking
 * twice is harmless. Nothing is retried here: the caller knows whether to wait. Safe for many
 * threads.
 */
public final class HubClient implements Hub, AutoCloseable {
  private static final int LARGEST_DOCUMENT_BYTES = 32 * 1024 * 1024;

  private final HubHttp http;
  private final Endpoints endpoints;
  private final TreeReader trees;

  private HubClient(HubSettings settings, Reach reach) {
    this.http = new HubHttp(settings, reach);
    this.endpoints =
        new Endpoints(
            new EndpointHealth(settings.endpoints(), settings.endpointPenalty(), settings.time()),
            settings.stallTimeout());
    this.trees = new TreeReader(http, settings.maxFiles());
  }

  /** A client that follows no redirect from outside to an address of our own network. */
  public static HubClient open(HubSettings settings) {
    return open(settings, Reach.usual());
  }

  /** The same for hubs that are trusted to redirect to wherever they like. */
  public static HubClient openTrusting(HubSettings settings) {
    return open(settings, new Reach(address -> false));
  }

  static HubClient open(HubSettings settings, Reach reach) {
    return new HubClient(settings, reach);
  }

  /**
   * Which commit a branch, tag or commit id stands for, and what the hub says of the repository.
   */
  @Override
  public HubResult<RepositoryRevision> revision(
      RepositoryId repository, String revision, CancelToken cancel) {
    String subject = repository + "@" + revision;
    if (isDots(revision) || revision.isEmpty()) {
      return badName(revision);
    }
    return endpoints.ask(
        cancel,
        endpoint -> {
          URI address = endpoint.urls().modelInfo(repository.value(), revision);
          try (Answer answer = http.follow(endpoint, "GET", address, List.of(), cancel)) {
            Response response = answer.response();
            if (response.code() != 200) {
              return new Failed<>(Refusals.of(response, endpoint, About.REPOSITORY, subject));
            }
            ModelInfo info = HubJson.read(document(response), ModelInfo.class);
            Optional<CommitId> commit = info.sha().filter(CommitId::isOne).map(CommitId::of);
            if (commit.isEmpty()) {
              return inconsistent(
                  response, endpoint, "The hub names no commit for " + subject + ".");
            }
            return new Found<>(
                new RepositoryRevision(
                    repository,
                    revision,
                    commit.get(),
                    info.licence(),
                    info.gated().closed()
                        ? Optional.of(String.valueOf(info.gated().wire()))
                        : Optional.empty(),
                    info.disabled(),
                    endpoint));
          } catch (MalformedDocument e) {
            return malformed(endpoint, subject);
          }
        });
  }

  /** All files of a commit, every page, in the hub's order. */
  @Override
  public HubResult<List<RepositoryFile>> files(
      RepositoryId repository, CommitId commit, CancelToken cancel) {
    return endpoints.ask(cancel, endpoint -> trees.files(endpoint, repository, commit, cancel));
  }

  /** Whether we may download, asked cheaply before any byte. */
  public HubResult<Access> access(RepositoryId repository, CancelToken cancel) {
    return endpoints.ask(
        cancel,
        endpoint -> {
          URI address = endpoint.urls().authCheck(repository.value());
          try (Answer answer = http.follow(endpoint, "GET", address, List.of(), cancel)) {
            Response response = answer.response();
            if (response.isSuccessful()) {
              return new Found<>(Access.GRANTED);
            }
            boolean notImplemented =
                (response.code() == 404 || response.code() == 405 || response.code() == 501)
                    && Refusals.header(response, HubHeaders.ERROR_CODE).isEmpty();
            return notImplemented
                ? new Found<>(Access.UNKNOWN)
                : new Failed<>(
                    Refusals.of(response, endpoint, About.REPOSITORY, repository.value()));
          }
        });
  }

  /** What a HEAD says about a file. */
  public HubResult<FileMetadata> metadata(
      RepositoryId repository, String revision, String path, CancelToken cancel) {
    String subject = repository + "@" + revision + ":" + path;
    if (isDots(revision) || revision.isEmpty() || changesMeaning(path)) {
      return badName(path);
    }
    return endpoints.ask(
        cancel,
        endpoint -> {
          URI address = endpoint.urls().resolve(repository.value(), revision, path);
          try (Answer answer = http.follow(endpoint, "HEAD", address, List.of(), cancel)) {
            Response response = answer.response();
            if (response.code() >= 400) {
              return new Failed<>(Refusals.of(response, endpoint, About.FILE, subject));
            }
            boolean elsewhere = answer.redirect().isPresent();
            Optional<CommitId> commit =
                Optional.of(Refusals.header(response, HubHeaders.REPO_COMMIT))
                    .filter(CommitId::isOne)
                    .map(CommitId::of);
            Optional<EntityTag> etag = FileAnswer.etag(response);
            Optional<Long> size =
                FileAnswer.number(Refusals.header(response, HubHeaders.LINKED_SIZE))
                    .or(
                        () ->
                            elsewhere
                                ? Optional.empty()
                                : FileAnswer.number(
                                    Refusals.header(response, HubHeaders.CONTENT_LENGTH)));
            if (commit.isEmpty() || etag.isEmpty() || size.isEmpty()) {
              return inconsistent(
                  response,
                  endpoint,
                  "The hub does not say commit, ETag and size of " + subject + ".");
            }
            return new Found<>(
                new FileMetadata(commit.get(), etag.get().value(), size.get(), endpoint));
          }
        });
  }

  /** A handle on one file of a commit, to read ranges from. No question is asked yet. */
  public RemoteFile file(RepositoryId repository, CommitId commit, RepositoryFile file) {
    return file(Optional.of(repository), commit, file, Nearby.NOBODY);
  }

  /**
   * The same for a file that may be within this site too.
   *
   * @param repository at the hub; empty if it is at none
   * @param near who is asked before the hub
   */
  public RemoteFile file(
      Optional<RepositoryId> repository, CommitId commit, RepositoryFile file, Nearby near) {
    return new RemoteFile(http, endpoints, repository, commit, file, near);
  }

  /** Bytes of files that came in since the start, those thrown away included. */
  public long receivedBytes(Sender from) {
    return endpoints.received().from(from);
  }

  /** Closes idle connections. */
  @Override
  public void close() {
    http.close();
  }

  /**
   * A document in full.
   *
   * @throws ProtocolException if it is longer than any honest one
   */
  static byte[] document(Response response) throws IOException {
    okio.BufferedSource source = response.body().source();
    if (source.request(LARGEST_DOCUMENT_BYTES + 1L)) {
      throw new ProtocolException("document too long");
    }
    return source.readByteArray();
  }

  /** Whether a path means something else once it stands in an address. */
  static boolean changesMeaning(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || isDots(segment)) {
        return true;
      }
    }
    return false;
  }

  static <T> HubResult<T> malformed(Endpoint endpoint, String subject) {
    return new Failed<>(
        new HubFailure.Inconsistent(
            "The hub's answer about " + subject + " cannot be read.",
            new Evidence(endpoint.toString(), Optional.of(200), Optional.empty())));
  }

  static <T> HubResult<T> badName(String name) {
    return new Failed<>(
        new HubFailure.BadName(
            "This name cannot be asked for: \"" + visible(name) + "\".",
            new Evidence("", Optional.empty(), Optional.empty())));
  }

  private static <T> HubResult<T> inconsistent(
      Response response, Endpoint endpoint, String detail) {
    return new Failed<>(
        new HubFailure.Inconsistent(detail, Refusals.evidence(response, endpoint.toString())));
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static String visible(String name) {
    String cut = name.length() > 120 ? name.substring(0, 120) + "…" : name;
    return cut.replaceAll("\\p{C}", "?");
  }
}
