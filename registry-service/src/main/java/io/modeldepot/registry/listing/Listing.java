package io.modeldepot.registry.listing;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A list's question in HQL: conditions, an order that is total, and the place to go on from. Pages
 * are cut by value, not by number, so rows that come or go between two pages neither repeat nor
 * hide another.
 */
public final class Listing {
  private static final int MOST = 500;

  private final Fields fields;
  private final Order order;
  private final int limit;
  private final Optional<String> cursor;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private final StringBuilder question = new StringBuilder();

  /**
   * Reads what the caller asks for.
   *
   * @throws io.modeldepot.registry.problem.ProblemException {@code bad-request}, saying what cannot
   *     be read
   */
  public Listing(Fields fields, ListRequest request, Instant now) {
    this.fields = fields;
    long wanted = Values.number(request.limit);
    if (wanted < 1 || wanted > MOST) {
      throw Values.refused("limit must be 1 to " + MOST + ".");
    }
    this.limit = (int) wanted;
    this.order = request.sort == null ? fields.standard() : Order.parse(request.sort, fields);
    this.cursor = Optional.ofNullable(request.cursor);
    question.append(order.field().name()).append(order.word());
    for (String filter : request.filter == null ? List.<String>of() : request.filter) {
      Condition condition = Condition.parse(filter, fields, now);
      String parameter = "f" + parameters.size();
      and(condition.hql(parameter), Map.of(parameter, condition.value()), filter);
    }
  }

  /**
   * Adds a condition of the resource's own.
   *
   * @param hql with named parameters
   * @param values of the parameters
   * @param asked what the caller wrote; a cursor is good for the same words only
   */
  public Listing and(String hql, Map<String, Object> values, String asked) {
    conditions.add("(" + hql + ")");
    parameters.putAll(values);
    question.append('\u0001').append(asked);
    return this;
  }

  /**
   * Fetches the page.
   *
   * @param find the entity's {@code find}
   * @param sortValue a row's value of a field, by the field's property
   * @param show a row as it is shown
   */
  public <E, T> Page<T> page(
      BiFunction<String, Map<String, Object>, PanacheQuery<E>> find,
      BiFunction<E, String, Object> sortValue,
      Function<E, T> show) {
    String by = order.field().property();
    String id = fields.id().property();
    List<String> where = new ArrayList<>(conditions);
    Map<String, Object> values = new HashMap<>(parameters);
    cursor.ifPresent(
        text -> {
          Cursor from = Cursor.parse(text, question.toString(), order, fields.id());
          String beyond = order.descending() ? "<" : ">";
          where.add("(%1$s %2$s :cv or (%1$s = :cv and %3$s %2$s :ci))".formatted(by, beyond, id));
          values.put("cv", from.value());
          values.put("ci", from.id());
        });
    String hql =
        (where.isEmpty() ? "" : String.join(" and ", where))
            + " order by "
            + by
            + " "
            + order.word()
            + (by.equals(id) ? "" : ", " + id + " " + order.word());
    List<E> rows = find.apply(hql.strip(), values).range(0, limit).list();
    boolean more = rows.size() > limit;
    List<E> shown = more ? rows.subList(0, limit) : rows;
    Optional<String> next =
        more
            ? Optional.of(
                new Cursor(
                        question.toString(),
                        sortValue.apply(shown.getLast(), by),
                        sortValue.apply(shown.getLast(), id))
                    .text(order, fields.id()))
            : Optional.empty();
    return new Page<>(shown.stream().map(show).toList(), next);
  }
}
