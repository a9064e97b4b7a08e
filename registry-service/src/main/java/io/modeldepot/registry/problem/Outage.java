package io.modeldepot.registry.problem;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells an outage of the database, after which the same work succeeds, from an error in the work.
 */
public final class Outage {
  /** SQLSTATE classes: connection, resources, operator intervention, transaction rollback. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "40", "58");

  private static final String CONFLICT = "40";

  /** A standby, or a server that was told to take no changes for a while. */
  private static final String READ_ONLY = "25006";

  private Outage() {}

  /**
   * Whether the cause is that the database was away, restarting, full, in conflict or read-only. A
   * connection that breaks in the middle of a commit is found among the suppressed exceptions
   * alone.
   */
  public static boolean of(Throwable thrown) {
    return anywhere(thrown, e -> e instanceof SQLException sql && isOutage(sql));
  }

  /**
   * Whether two transactions were in each other's way, and this one was rolled back for it. The
   * same work again succeeds.
   */
  public static boolean isConflict(Throwable thrown) {
    return anywhere(thrown, e -> e instanceof SQLException sql && classOf(sql).equals(CONFLICT));
  }

  /** Whether it was the commit that failed: then nobody knows whether it was done. */
  public static boolean ofTheCommit(Throwable thrown) {
    return anywhere(
        thrown,
        e ->
            e instanceof RollbackException
                || e instanceof HeuristicMixedException
                || e instanceof HeuristicRollbackException
                || e instanceof SystemException);
  }

  private static boolean anywhere(Throwable thrown, Predicate<Throwable> wanted) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Throwable> toSee = new ArrayDeque<>();
    toSee.add(thrown);
    while (!toSee.isEmpty()) {
      Throwable next = toSee.remove();
      if (!seen.add(next)) {
        continue;
      }
      if (wanted.test(next)) {
        return true;
      }
      if (next.getCause() != null) {
        toSee.add(next.getCause());
      }
      toSee.addAll(List.of(next.getSuppressed()));
    }
    return false;
  }

  private static String classOf(SQLException sql) {
    String state = sql.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  private static boolean isOutage(SQLException sql) {
    return sql instanceof SQLTransientException
        || sql.getSQLState() == null
        || sql.getSQLState().equals(READ_ONLY)
        || CLASSES.contains(classOf(sql));
  }
}
