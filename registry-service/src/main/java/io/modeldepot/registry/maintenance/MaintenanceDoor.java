package io.modeldepot.registry.maintenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.intake.CommandId;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.listing.Field;
import io.modeldepot.registry.listing.Field.Kind;
import io.modeldepot.registry.listing.Fields;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Listing;
import io.modeldepot.registry.listing.Order;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.tokens.Permits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How work of every kind is asked for, shown and listed: alike. */
@ApplicationScoped
public class MaintenanceDoor {
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final Field ID = Field.of("id", Kind.TEXT);
  private static final Field CREATED = Field.of("created", "createdAt", Kind.AGE);
  private static final Fields FIELDS =
      new Fields(
          List.of(
              ID,
              Field.of("model", "coalesce(model, '')", Kind.TEXT),
              Field.of("state", Kind.TEXT),
              Field.of("actor", Kind.TEXT),
              Field.of("final", "isFinal", Kind.FLAG),
              CREATED,
              Field.of("updated", "updatedAt", Kind.AGE)),
          ID,
          new Order(CREATED, true));

  private final MaintenanceRequests requests;
  private final Caller caller;
  private final Permits permits;
  private final InstantSource clock;

  MaintenanceDoor(
      MaintenanceRequests requests, Caller caller, Permits permits, InstantSource clock) {
    this.requests = requests;
    this.caller = caller;
    this.permits = permits;
    this.clock = clock;
  }

  /**
   * Asks for work and answers 202 with it.
   *
   * @param work what the address is for; a command for other work is refused
   * @param command its class
   * @param key the caller's {@code Idempotency-Key}
   */
  public <T> Response ask(
      WorkKind work, Class<T> command, byte @Nullable [] body, @Nullable String key) {
    ObjectNode asked = Bodies.object(body);
    RequestId id = id(asked, Optional.ofNullable(key));
    asked.put("requestId", id.value());
    T read = Bodies.as(asked, command);
    if (WorkKind.of(read) != work) {
      throw ProblemException.invalid(
          "/action", "This is asked for under /api/v1/" + WorkKind.of(read).word() + ".");
    }
    requirePermit(asked);
    requests.ask(read, id, Origin.rest(caller.actor(), Ids.event()));
    MaintenanceView view = find(work, id);
    Response.ResponseBuilder answer =
        Response.accepted().location(URI.create("/api/v1/" + work.word() + "/" + id));
    if (!view.isFinal()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.entity(view).build();
  }

  /** A command that names neither a model nor a family is about all of them. */
  private void requirePermit(ObjectNode asked) {
    if (asked.path("model").isTextual()) {
      permits.requireModel(Names.model(asked.path("model").textValue()));
    } else if (asked.path("family").isTextual()) {
      permits.requireFamily(FamilyName.of(asked.path("family").textValue()));
    } else {
      permits.requireAll();
    }
  }

  /** One of them. */
  public MaintenanceView find(WorkKind work, String id) {
    return find(work, Names.request(id));
  }

  /** The newest first, without the long lists of their results. */
  @Transactional
  public Page<MaintenanceView> list(WorkKind work, ListRequest request) {
    Listing listing = new Listing(FIELDS, request, clock.instant());
    listing.and("work = :work", Map.of("work", work.word()), "work " + work);
    Page<MaintenanceRow> rows =
        listing.page(
            (hql, values) -> MaintenanceRow.<MaintenanceRow>find(hql, values),
            MaintenanceRow::value,
            row -> row);
    return new Page<>(
        rows.items().stream()
            .map(row -> MaintenanceView.of(row, requests.records(row.id)).inShort())
            .toList(),
        rows.next());
  }

  private MaintenanceView find(WorkKind work, RequestId id) {
    return requests
        .find(work, id)
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.NOT_FOUND,
                    "There is nothing under /" + work.word() + "/" + id + ".",
                    Map.of("id", id.value())));
  }

  private static RequestId id(ObjectNode asked, Optional<String> key) {
    Optional<RequestId> named =
        key.map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(text -> CommandId.fromForeign(text.replace("\"", "")));
    if (named.isPresent()) {
      return named.get();
    }
    if (asked.path("requestId").isTextual()) {
      String given = asked.path("requestId").textValue();
      if (!given.matches(RequestId.PATTERN)) {
        throw ProblemException.invalid("/requestId", "It must match " + RequestId.PATTERN + ".");
      }
      return RequestId.of(given);
    }
    return Ids.request();
  }
}
