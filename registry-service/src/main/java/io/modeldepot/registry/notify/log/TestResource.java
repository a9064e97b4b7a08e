package io.modeldepot.registry.notify.log;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.notify.Receivers;
import io.modeldepot.registry.notify.delivery.Deliveries;
import io.modeldepot.registry.notify.receiver.Receiver;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether a receiver can be reached: by sending it something. */
@Path("/api/v1/site/notify/{name}/test")
@Tag(name = "notifications")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TestResource {
  private final Receivers receivers;
  private final Deliveries deliveries;
  private final Ledger ledger;
  private final Caller caller;

  TestResource(Receivers receivers, Deliveries deliveries, Ledger ledger, Caller caller) {
    this.receivers = receivers;
    this.deliveries = deliveries;
    this.ledger = ledger;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Send a test now, and say what came of it",
      description =
          "The body is {}. Answers once the receiver did, or did not in time: delivered, status, millis, said. A"
              + " receiver that was stopped and takes it is told again.")
  public TestView test(@PathParam("name") String name, byte @Nullable [] body) {
    // A page of another site cannot send a JSON object without being asked first.
    Bodies.onlyMembers(Bodies.object(body), Set.of());
    Receiver receiver =
        receivers
            .named(name)
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.NOT_FOUND,
                        "There is no receiver "
                            + name
                            + "; it is set as /site/notify/"
                            + name
                            + ".",
                        Map.of("receiver", name)));
    TestView view = TestView.of(name, deliveries.test(receiver));
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("id", view.id());
    detail.put("delivered", view.delivered());
    view.status().ifPresent(status -> detail.put("status", status));
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                ledger.write(
                    Origin.rest(caller.actor(), Ids.event())
                        .entry("notification.tested", "site/notify/" + name, detail),
                    List.of()));
    return view;
  }
}
