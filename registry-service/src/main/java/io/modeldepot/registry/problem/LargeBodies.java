package io.modeldepot.registry.problem;

import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.wire.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bodies that are too large by their own word, before the framework does it without one.
 */
@ApplicationScoped
public class LargeBodies {
  /** The largest body that any resource reads. */
  public static final int MOST_BYTES = 1024 * 1024;

  private static final int BEFORE_THE_FRAMEWORK = -100;

  void guard(@Observes Router router) {
    router.route().order(BEFORE_THE_FRAMEWORK).handler(LargeBodies::look);
  }

  private static void look(RoutingContext request) {
    if (!tooLarge(request.request().getHeader("Content-Length"))) {
      request.next();
      return;
    }
    String id = UUID.randomUUID().toString();
    ProblemBody body =
        ProblemBody.of(
            Problem.of(
                ProblemCode.REQUEST_TOO_LARGE, "The body is larger than " + MOST_BYTES + " bytes."),
            request.normalizedPath(),
            id,
            List.of());
    request
        .response()
        .setStatusCode(body.status())
        .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
        .putHeader("X-Request-Id", id)
        .putHeader("Connection", "close")
        .end(Buffer.buffer(Wire.write(body)));
  }

  private static boolean tooLarge(@Nullable String contentLength) {
    try {
      return contentLength != null && Long.parseLong(contentLength) > MOST_BYTES;
    } catch (NumberFormatException e) {
      return false; // the framework refuses what is no number
    }
  }
}
