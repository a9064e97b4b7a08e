package io.modeldepot.registry.downloads;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadRules;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.intake.CommandId;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.tokens.Permits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How a request by REST is asked and answered, whatever address it came to. */
@ApplicationScoped
class Asking {
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Requests requests;
  private final Downloads downloads;
  private final Waiting waiting;
  private final Caller caller;
  private final Permits permits;

  Asking(Requests requests, Downloads downloads, Waiting waiting, Caller caller, Permits permits) {
    this.requests = requests;
    this.downloads = downloads;
    this.waiting = waiting;
    this.caller = caller;
    this.permits = permits;
  }

  /**
   * Asks, waits as long as the caller prefers, and answers 202 with the download.
   *
   * @param key the caller's {@code Idempotency-Key}
   * @param prefer the caller's {@code Prefer}
   */
  Response ask(DownloadRequested asked, Optional<String> key, Optional<String> prefer) {
    RequestId id = id(asked, key);
    DownloadRules.named(asked).model().ifPresentOrElse(permits::requireModel, permits::requireAll);
    requests.ask(asked, id, Origin.rest(caller.actor(), Ids.event()));
    return answer(
        Response.accepted().location(URI.create("/api/v1/downloads/" + id)),
        id,
        Preference.wait(prefer.orElse("")));
  }

  /** Ends a download, and answers with it. */
  Response cancel(RequestId id) {
    look(id).model().map(Names::model).ifPresentOrElse(permits::requireModel, permits::requireAll);
    requests.cancel(id, Origin.rest(caller.actor(), Ids.event()));
    return answer(Response.accepted(), id, Optional.empty());
  }

  /** Answers with the download, at its end or when the patience is over. */
  Response answer(Response.ResponseBuilder answer, RequestId id, Optional<Duration> patience) {
    DownloadView view =
        patience
            .map(wait -> waiting.until(id.value(), wait, () -> look(id), DownloadView::isFinal))
            .orElseGet(() -> look(id));
    patience.ifPresent(wait -> answer.header("Preference-Applied", "wait=" + wait.toSeconds()));
    if (!view.isFinal()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.entity(view).build();
  }

  private DownloadView look(RequestId id) {
    return downloads.find(id).orElseThrow(() -> Requests.unknownDownload(id));
  }

  /** The caller's key, else the payload's id, else a new one. */
  private static RequestId id(DownloadRequested asked, Optional<String> key) {
    return key.map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> CommandId.fromForeign(unquoted(text)))
        .or(asked::requestId)
        .orElseGet(Ids::request);
  }

  /** The draft writes the key as a structured string, in quotes; many callers do not. */
  private static String unquoted(String key) {
    return key.length() > 2 && key.startsWith("\"") && key.endsWith("\"")
        ? key.substring(1, key.length() - 1)
        : key;
  }
}
