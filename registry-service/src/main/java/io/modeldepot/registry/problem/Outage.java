package io.modeldepot.registry.problem;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Tells an outage of the database, after which the same work succeeds, from an error in the work.
 */
public final class Outage {
  /** SQLSTATE classes: connection, resources, operator intervention, transaction rollback. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "40", "58");

  private Outage() {}

  /**
   * Whether the cause is that the database was away, restarting, full or in conflict. A connection
   * that breaks in the middle of a commit is found among the suppressed exceptions alone.
   */
  public static boolean of(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Throwable> toSee = new ArrayDeque<>();
    toSee.add(thrown);
    while (!toSee.isEmpty()) {
      Throwable next = toSee.remove();
      if (!seen.add(next)) {
        continue;
      }
      if (next instanceof SQLException sql && isOutage(sql)) {
        return true;
      }
      if (next.getCause() != null) {
        toSee.add(next.getCause());
      }
      toSee.addAll(List.of(next.getSuppressed()));
    }
    return false;
  }

  private static boolean isOutage(SQLException sql) {
    String state = sql.getSQLState();
    return sql instanceof SQLTransientException
        || state == null
        || state.length() >= 2 && CLASSES.contains(state.substring(0, 2));
  }
}
