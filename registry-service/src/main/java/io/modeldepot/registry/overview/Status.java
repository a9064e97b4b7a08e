package io.modeldepot.registry.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.registry.audit.AuditHead;
import io.modeldepot.registry.outbox.OutboxBacklog;
import io.modeldepot.registry.site.Services;
import java.time.Instant;
import java.util.List;

/**
 * The depot at a glance. {@code state} is {@code attention} when the list of that name is not
 * empty.
 */
public record Status(
    String version,
    String state,
    Instant at,
    List<Attention> attention,
    List<Services.Service> services,
    Models models,
    Downloads downloads,
    List<Space> storage,
    Audit audit,
    OutboxBacklog.Waiting outbox,
    Broker broker) {

  /** Something that somebody should look at; the worst first. */
  public record Attention(
      String severity,
      String code,
      String say,
      String object,
      Instant since,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Remedy> remedies) {}

  public record Models(
      long catalog,
      long present,
      long active,
      long damaged,
      long orphans,
      long versions,
      long bytes,
      long updatesWaiting) {}

  public record Downloads(long running, long waiting, long failedLastDay) {}

  public record Space(
      String location,
      long capacityBytes,
      long freeBytes,
      long reservedBytes,
      Instant reportedAt) {}

  public record Audit(long records, String hash) {
    static Audit of(AuditHead head) {
      return new Audit(head.seq(), head.hash());
    }
  }

  public record Broker(boolean connected) {}
}
