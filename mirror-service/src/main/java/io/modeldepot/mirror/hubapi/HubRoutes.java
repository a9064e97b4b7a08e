package io.modeldepot.mirror.hubapi;

import io.modeldepot.hub.document.ErrorBody;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.refusal.ErrorCode;
import io.modeldepot.mirror.serve.Freshness;
import io.modeldepot.mirror.serve.Traffic;
import io.modeldepot.mirror.shelf.ShelfUnavailable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The doors. Requests are read on the event loop and answered on virtual threads, because answering
 * reads the volume. Paths that are none of the Hub's are left to the routes after these.
 */
@ApplicationScoped
public class HubRoutes {
  private static final Logger LOG = Logger.getLogger(HubRoutes.class);
  private static final long MAX_BODY_BYTES = 1L << 20;

  private final HubAnswers answers;
  private final Traffic traffic;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  HubRoutes(HubAnswers answers, Traffic traffic) {
    this.answers = answers;
    this.traffic = traffic;
  }

  void register(@Observes Router router) {
    router.post("/api/models/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    router.route("/api/whoami-v2").handler(context -> start(context, "whoami", answers::whoAmI));
    router.route("/api/models").handler(context -> start(context, "models", answers::models));
    router.route().handler(this::dispatch);
  }

  @PreDestroy
  void stop() {
    // Answers of files under way may wait long for bytes that still have to come.
    var unused = threads.shutdownNow();
    threads.close();
  }

  private void dispatch(RoutingContext context) {
    List<HubPath> readings;
    try {
      readings = HubPath.readings(path(context));
    } catch (IllegalArgumentException e) {
      refuse(context, "unknown", Denied.plain(400, "The path is not encoded as it should be"));
      return;
    }
    if (readings.isEmpty()) {
      if (path(context).startsWith("/api/")) {
        refuse(context, "unknown", Denied.plain(404, "This mirror does not serve that"));
      } else {
        context.next();
      }
      return;
    }
    start(context, readings.getFirst().kind().label(), asked -> answers.answer(asked, readings));
  }

  /** An answer that reads the volume; it ends the response or throws. */
  private interface Work {
    void run(Asked asked) throws IOException;
  }

  private void start(RoutingContext context, String kind, Work work) {
    threads.execute(() -> run(context, kind, work));
  }

  private void run(RoutingContext context, String kind, Work work) {
    try {
      requireMethod(context, kind);
      work.run(new Asked(context));
    } catch (Denied e) {
      refuse(context, kind, e);
    } catch (ShelfUnavailable e) {
      LOG.debug("The shelf is unavailable", e);
      refuse(context, kind, Denied.plain(503, "The volume is not available"));
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "A request for %s failed", kind);
      refuse(context, kind, Denied.plain(500, "Internal error"));
    }
  }

  private static void requireMethod(RoutingContext context, String kind) {
    HttpMethod method = context.request().method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    boolean allowed = kind.equals("paths-info") ? method.equals(HttpMethod.POST) : reads;
    if (!allowed) {
      throw Denied.plain(405, "This mirror is read-only");
    }
  }

  /** As it came, still encoded. */
  private static String path(RoutingContext context) {
    @Nullable String path = context.request().path();
    return path == null ? "/" : path;
  }

  private void refuse(RoutingContext context, String kind, Denied denied) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      response.reset();
      return;
    }
    traffic.answered(kind, denied.status());
    // What was already said of a file is not true of a refusal.
    response.headers().clear();
    denied.code().map(ErrorCode::wire).ifPresent(c -> response.putHeader(HubHeaders.ERROR_CODE, c));
    if (denied.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (denied.status() == 429) {
      response.putHeader("Retry-After", "1");
    }
    if (denied.status() == Denied.COME_AGAIN) {
      response.putHeader("Retry-After", "5");
    }
    denied.commit().ifPresent(c -> response.putHeader(HubHeaders.REPO_COMMIT, c.value()));
    response
        .setStatusCode(denied.status())
        .putHeader(Freshness.HEADER, Freshness.NEVER.header())
        .putHeader(HubHeaders.ERROR_MESSAGE, denied.words())
        .putHeader("Content-Type", "application/json");
    send(context, Buffer.buffer(HubJson.write(new ErrorBody(denied.words()))));
  }

  /** Sends a document; of a HEAD only what it would be. */
  static void send(RoutingContext context, Buffer body) {
    HttpServerResponse response = context.response();
    response.putHeader(HubHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
