package io.modeldepot.registry.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The addresses of the console: all of them are one page, which reads the address itself. */
@ApplicationScoped
public class ConsoleRoutes {
  private static final String PAGE = "/index.html";
  private static final List<String> PLACES =
      List.of(
          "models", "downloads", "gpus", "storage", "desired", "events", "notifications", "audit");

  /**
   * Nothing from elsewhere, no inline script or style, no frame around it, and markup in a string
   * cannot become markup of the page.
   */
  static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script';"
          + " trusted-types lit-html";

  /** Before every other route, so that the page has its headers whoever serves it. */
  private static final int FIRST = -1000;

  void routes(@Observes Router router) {
    router.route("/").order(FIRST).method(HttpMethod.GET).handler(ConsoleRoutes::page);
    router.route(PAGE).order(FIRST).method(HttpMethod.GET).handler(ConsoleRoutes::page);
    for (String place : PLACES) {
      router.route("/" + place).order(FIRST).method(HttpMethod.GET).handler(ConsoleRoutes::page);
      router
          .route("/" + place + "/*")
          .order(FIRST)
          .method(HttpMethod.GET)
          .handler(ConsoleRoutes::page);
    }
  }

  private static void page(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (context.normalizedPath().equals(PAGE)) {
      context.next();
    } else {
      context.reroute(PAGE);
    }
  }
}
