package io.modeldepot.registry.downloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** The table {@code download_progress}: the last record about a request at a location. */
@Entity
@Table(name = "download_progress")
@IdClass(ProgressRow.Key.class)
public class ProgressRow extends PanacheEntityBase {

  /** Request and location. */
  public record Key(String id, String location) {}

  @Id String id;
  @Id String location;

  /** The request whose job does the work: its own, or the one that it joined. */
  String host;

  long sequence;
  String state;

  @ColumnTransformer(write = "?::jsonb")
  String record;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected ProgressRow() {}

  @SuppressWarnings("NullAway.Init") // take() sets the rest
  ProgressRow(String id, DownloadProgressed said) {
    this.id = id;
    this.location = said.location().value();
    take(said);
  }

  final void take(DownloadProgressed said) {
    host = said.requestId().value();
    sequence = said.sequence();
    state = States.word(said.state());
    record = Json.text(said);
  }

  DownloadProgressed said() {
    return Json.value(record, DownloadProgressed.class);
  }

  /**
   * The same without files and texts of its plan: thousands of lines, no place for them in a list.
   */
  DownloadProgressed saidInShort() {
    ObjectNode said = Json.value(record, ObjectNode.class);
    if (said.path("plan") instanceof ObjectNode plan) {
      plan.remove("files");
      plan.remove("reading");
    }
    return Json.value(said.toString(), DownloadProgressed.class);
  }

  /**
   * Whether a record says something newer. Of one job the higher sequence, and its end whatever
   * sequence that has: a number that was told and could not be kept on a full disk may be told
   * again. Of two jobs, where a request joined another one, the later word; an end is never left,
   * and that a request has joined is no news once the host's progress is known.
   */
  boolean outdatedBy(DownloadProgressed said) {
    if (States.isFinal(state)) {
      return false;
    }
    if (said.requestId().value().equals(host)) {
      return said.sequence() > sequence || States.isFinal(said.state());
    }
    boolean joinsWhatIsKnown =
        said.state() == io.modeldepot.events.state.DownloadState.JOINED && !host.equals(id);
    return !joinsWhatIsKnown && said.updatedAt().isAfter(said().updatedAt());
  }
}
