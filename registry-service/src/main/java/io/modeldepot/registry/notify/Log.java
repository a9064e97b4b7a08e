package io.modeldepot.registry.notify;

import io.modeldepot.registry.listing.Field;
import io.modeldepot.registry.listing.Field.Kind;
import io.modeldepot.registry.listing.Fields;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Listing;
import io.modeldepot.registry.listing.Order;
import io.modeldepot.registry.listing.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What was told to whom, as a list. */
@ApplicationScoped
public class Log {
  private static final Field ID = Field.of("id", Kind.TEXT);
  private static final Field CREATED = Field.of("created", "createdAt", Kind.AGE);
  private static final Fields FIELDS =
      new Fields(
          List.of(
              ID,
              Field.of("receiver", Kind.TEXT),
              Field.of("kind", Kind.TEXT),
              Field.of("object", Kind.TEXT),
              Field.of("state", Kind.TEXT),
              Field.of("attempts", Kind.NUMBER),
              Field.of("status", NotificationRow.STATUS, Kind.NUMBER),
              CREATED,
              Field.of("updated", "updatedAt", Kind.AGE)),
          ID,
          new Order(CREATED, true));

  private final InstantSource clock;

  Log(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A page of it, the newest first unless another order is asked for.
   *
   * @param equal what must be equal, by property: {@code receiver}, {@code kind}, {@code state}
   */
  @Transactional
  public Page<NotificationView> page(ListRequest request, Map<String, String> equal) {
    Listing listing = new Listing(FIELDS, request, clock.instant());
    equal.forEach(
        (property, value) ->
            listing.and(property + " = :" + property, Map.of(property, value), property + value));
    return listing.<NotificationRow, NotificationView>page(
        (hql, values) -> NotificationRow.find(hql, values),
        NotificationRow::value,
        NotificationView::inShort);
  }
}
