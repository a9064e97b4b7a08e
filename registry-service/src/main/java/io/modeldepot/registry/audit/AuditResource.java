package io.modeldepot.registry.audit;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.listing.Field;
import io.modeldepot.registry.listing.Fields;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Listing;
import io.modeldepot.registry.listing.Order;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit trail, read only: who did what, and whether the record can be trusted. */
@Path("/api/v1/audit")
@Tag(name = "audit")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
  static final String REQUEST = "coalesce(requestId, '')";
  private static final Field SEQ = Field.of("seq", Field.Kind.NUMBER);
  private static final Fields FIELDS =
      new Fields(
          List.of(
              SEQ,
              Field.of("age", "at", Field.Kind.AGE),
              Field.of("actor", Field.Kind.TEXT),
              Field.of("action", Field.Kind.TEXT),
              Field.of("object", Field.Kind.TEXT),
              Field.of("source", Field.Kind.TEXT),
              Field.of("request", REQUEST, Field.Kind.TEXT)),
          SEQ,
          new Order(SEQ, true));

  private final AuditTrail trail;
  private final AuditVerifier verifier;
  private final InstantSource clock;

  AuditResource(AuditTrail trail, AuditVerifier verifier, InstantSource clock) {
    this.trail = trail;
    this.verifier = verifier;
    this.clock = clock;
  }

  @GET
  @Transactional
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "The trail, newest first")
  public Page<AuditRecord> list(
      @BeanParam ListRequest request,
      @QueryParam("object") @Nullable String object,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    Listing listing = new Listing(FIELDS, request, clock.instant());
    if (object != null) {
      listing.and(
          "object = :object or object like :objectAt escape '!'",
          Map.of("object", object, "objectAt", escaped(object) + "@%"),
          "object " + object);
    }
    if (actor != null) {
      listing.and("actor = :actor", Map.of("actor", actor), "actor " + actor);
    }
    if (from != null) {
      listing.and("at >= :from", Map.of("from", time("from", from)), "from " + from);
    }
    if (to != null) {
      listing.and("at < :to", Map.of("to", time("to", to)), "to " + to);
    }
    return listing.<AuditRow, AuditRecord>page(
        (hql, values) -> AuditRow.find(hql, values), AuditRow::value, AuditRow::record);
  }

  @GET
  @Path("/head")
  @Operation(
      summary = "Number and hash of the newest record; keep it elsewhere to prove the trail later")
  public AuditHead head() {
    return trail.head();
  }

  @GET
  @Path("/verify")
  @Operation(summary = "Recompute the chain, and compare it with a head that was kept elsewhere")
  public AuditVerifier.Verdict verify(
      @QueryParam("seq") @Nullable String seq, @QueryParam("hash") @Nullable String hash) {
    if ((seq == null) != (hash == null)) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST, "A head that was kept is seq and hash together.");
    }
    return verifier.verify(
        seq == null || hash == null
            ? Optional.empty()
            : Optional.of(new AuditHead(number(seq), hash)));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ProblemException.of(ProblemCode.BAD_REQUEST, "seq is a whole number.");
    }
  }

  private static Instant time(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST, name + " is a time like 2026-11-23T09:00:00Z.");
    }
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
