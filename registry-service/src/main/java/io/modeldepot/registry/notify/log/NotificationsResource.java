package io.modeldepot.registry.notify.log;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.notify.Bell;
import io.modeldepot.registry.notify.Log;
import io.modeldepot.registry.notify.NotificationView;
import io.modeldepot.registry.notify.Notifications;
import io.modeldepot.registry.notify.Receivers;
import io.modeldepot.registry.notify.Stops;
import io.modeldepot.registry.notify.receiver.NotifySettings;
import io.modeldepot.registry.notify.receiver.ReceiverRules;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was told to whom, over REST. */
@Path("/api/v1/notifications")
@Tag(name = "notifications")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsResource {
  private static final String PATH = "/api/v1/notifications/";

  private final Log log;
  private final Notifications notifications;
  private final Receivers receivers;
  private final Stops stops;
  private final ReceiverRules rules;
  private final NotifySettings settings;
  private final Ledger ledger;
  private final Caller caller;
  private final InstantSource clock;
  private final Event<Bell.Rung> rung;

  NotificationsResource(
      Log log,
      Notifications notifications,
      Receivers receivers,
      Stops stops,
      ReceiverRules rules,
      NotifySettings settings,
      Ledger ledger,
      Caller caller,
      InstantSource clock,
      Event<Bell.Rung> rung) {
    this.log = log;
    this.notifications = notifications;
    this.receivers = receivers;
    this.stops = stops;
    this.rules = rules;
    this.settings = settings;
    this.ledger = ledger;
    this.caller = caller;
    this.clock = clock;
    this.rung = rung;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(
      summary = "What was told to whom in the last 30 days, the newest first",
      description = "state: waiting, delivered, given-up.")
  public Page<NotificationView> list(
      @BeanParam ListRequest request,
      @QueryParam("receiver") @Nullable String receiver,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("state") @Nullable String state) {
    Map<String, String> equal = new LinkedHashMap<>();
    put(equal, "receiver", receiver);
    put(equal, "kind", kind);
    put(equal, "state", state);
    return log.page(request, equal);
  }

  @GET
  @Path("/receivers")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(
      summary = "Who is told, and whether anything can be sent there",
      description = "They are set as /site/notify/NAME.")
  public Page<ReceiverView> receivers() {
    List<ReceiverView> all =
        receivers.all().stream().map(one -> ReceiverView.of(one, stops.of(one), rules)).toList();
    return Page.whole(all);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One, with what was told and every attempt")
  public NotificationView get(@PathParam("id") String id) {
    return notifications.find(id).orElseThrow(() -> none(id));
  }

  @POST
  @Path("/{id}/retry")
  @Transactional
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Tell it again now, under the same id",
      description = "The body is {}. Whoever keeps ids drops what it has already.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = NotificationView.class)))
  public Response retry(@PathParam("id") String id, byte @Nullable [] body) {
    // A page of another site cannot send a JSON object without being asked first.
    Bodies.onlyMembers(Bodies.object(body), Set.of());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    NotificationView view =
        notifications.again(id, now, now.plus(settings.giveUpAfter())).orElseThrow(() -> none(id));
    boolean unused =
        ledger.write(
            Origin.rest(caller.actor(), Ids.event())
                .entry(
                    "notification.retried",
                    "notification/" + id,
                    Map.of("receiver", view.receiver(), "kind", view.kind())),
            List.of());
    rung.fire(new Bell.Rung());
    return Response.accepted(view).location(URI.create(PATH + id)).build();
  }

  private static void put(Map<String, String> equal, String property, @Nullable String value) {
    if (value != null) {
      equal.put(property, value);
    }
  }

  private static ProblemException none(String id) {
    return ProblemException.of(
        ProblemCode.NOT_FOUND, "There is no notification " + id + ".", Map.of("id", id));
  }
}
