package io.modeldepot.mirror.chunks;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.hub.address.ChunkListAddress;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.mirror.access.Gatekeeper;
import io.modeldepot.mirror.revision.Revisions;
import io.modeldepot.mirror.serve.Freshness;
import io.modeldepot.mirror.serve.Traffic;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.mirror.shelf.ShelfUnavailable;
import io.modeldepot.store.chunk.ChunkList;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The door for lists. Answers on virtual threads, because answering reads the volume. */
@ApplicationScoped
public class ChunkRoutes {
  private static final String KIND = "chunks";

  private final Shelf shelf;
  private final Gatekeeper gatekeeper;
  private final Traffic traffic;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("chunks-", 0).factory());

  ChunkRoutes(Shelf shelf, Gatekeeper gatekeeper, Traffic traffic) {
    this.shelf = shelf;
    this.gatekeeper = gatekeeper;
    this.traffic = traffic;
  }

  void register(@Observes Router router) {
    router.route().handler(this::dispatch);
  }

  @PreDestroy
  void stop() {
    threads.close();
  }

  private void dispatch(RoutingContext context) {
    @Nullable String path = context.request().path();
    Optional<ChunkListAddress> asked;
    try {
      asked = path == null ? Optional.empty() : ChunkListAddress.of(path);
    } catch (IllegalArgumentException e) {
      asked = Optional.empty();
    }
    if (asked.isEmpty()) {
      context.next();
      return;
    }
    ChunkListAddress address = asked.get();
    threads.execute(() -> answer(context, address));
  }

  private void answer(RoutingContext context, ChunkListAddress asked) {
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      refuse(context, 405);
      return;
    }
    try {
      Optional<Edition> edition = edition(asked);
      if (edition.isPresent() && !isReader(context, edition.get())) {
        refuse(context, 403);
        return;
      }
      Optional<ChunkList> list = edition.flatMap(it -> list(it, asked.path()));
      if (list.isEmpty()) {
        refuse(context, 404);
      } else {
        send(context, edition.orElseThrow(), list.get());
      }
    } catch (ShelfUnavailable e) {
      refuse(context, 503);
    }
  }

  /** Under a commit alone: what a branch means changes, and a list with it. */
  private Optional<Edition> edition(ChunkListAddress asked) {
    return CommitId.isOne(asked.commit())
        ? shelf.find(asked.name()).flatMap(it -> Revisions.resolve(it, asked.commit()))
        : Optional.empty();
  }

  private boolean isReader(RoutingContext context, Edition edition) {
    String authorization = context.request().getHeader(HubHeaders.AUTHORIZATION);
    return gatekeeper.mayRead(gatekeeper.caller(authorization), edition);
  }

  private Optional<ChunkList> list(Edition edition, String path) {
    Optional<ManifestFile> file = shelf.open(edition).flatMap(book -> book.file(path));
    Optional<Sha256> digest = file.flatMap(ManifestFile::sha256);
    return digest.flatMap(it -> shelf.chunkList(it, file.orElseThrow().sizeBytes()));
  }

  private void send(RoutingContext context, Edition edition, ChunkList list) {
    HttpServerRequest request = context.request();
    EntityTag tag = EntityTag.strong(list.sha256() + "-chunks-" + ChunkList.VERSION);
    HttpServerResponse response =
        request
            .response()
            .putHeader(HubHeaders.ETAG, tag.header())
            .putHeader(Freshness.HEADER, Freshness.of(edition, edition.commit().value()).header());
    @Nullable String known = request.getHeader(HubHeaders.IF_NONE_MATCH);
    if (known != null && tag.isNamedIn(known)) {
      end(response, 304);
      return;
    }
    byte[] bytes = list.bytes();
    response
        .putHeader("Content-Type", "application/octet-stream")
        .putHeader(HubHeaders.CONTENT_LENGTH, String.valueOf(bytes.length));
    traffic.answered(KIND, 200);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(bytes));
    }
  }

  /** Nobody caches that a list is not there: it may come with the next scrub. */
  private void refuse(RoutingContext context, int status) {
    end(
        context
            .response()
            .putHeader(Freshness.HEADER, Freshness.NEVER.header())
            .putHeader(HubHeaders.CONTENT_LENGTH, "0"),
        status);
  }

  private void end(HttpServerResponse response, int status) {
    traffic.answered(KIND, status);
    response.setStatusCode(status).end();
  }
}
