package io.modeldepot.standalone.process;

import io.modeldepot.standalone.database.Database;
import io.modeldepot.standalone.database.DatabaseMain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps PostgreSQL up. It needs no process of ours around it, so it is started from here, which
 * saves a JVM.
 */
final class DatabaseKeeper {
  private static final String NAME = "postgresql";
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int LAST_LINES = 12;

  private final Path home;
  private final Path cache;
  private final Board board;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<@Nullable Database> running = new AtomicReference<>();

  DatabaseKeeper(Path data, Board board) {
    this.home = data.resolve(NAME);
    this.cache = DatabaseMain.cacheOfUser().orElse(home.resolve("programs"));
    this.board = board;
  }

  /** Starts, and returns when connections are accepted. */
  Database start(int wantedPort) throws StartFailed {
    board.starts(NAME);
    try {
      Database database = Database.start(home, cache, wantedPort);
      running.set(database);
      board.ready(NAME, database.jdbcUrl());
      Thread.ofVirtual().name("keeper-of-" + NAME).start(this::keep);
      return database;
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new StartFailed("PostgreSQL did not start: " + e.getMessage());
    }
  }

  /** Stops in order; it is not started again. A second call waits for the first. */
  synchronized void stop() {
    stopping.countDown();
    Database database = running.getAndSet(null);
    if (database != null) {
      try {
        database.close();
      } catch (IOException e) {
        board.say("  ! PostgreSQL did not stop in order: " + e.getMessage());
      }
    }
  }

  private void keep() {
    while (stopping.getCount() > 0) {
      Database database = running.get();
      if (database == null) {
        return;
      }
      database.awaitEnd();
      if (stopping.getCount() == 0) {
        return;
      }
      Path log = home.resolve("postgresql.log");
      board.ended(NAME, 1, log, Child.lastLines(log, LAST_LINES), PAUSE);
      if (stopsWithin(PAUSE)) {
        return;
      }
      again(database);
    }
  }

  private void again(Database ended) {
    try {
      ended.close();
      Database database = Database.startOn(home, cache, ended.port());
      running.set(database);
      board.ready(NAME, database.jdbcUrl());
    } catch (IOException | SQLException e) {
      board.say("  ✗ " + e.getMessage());
      stopsWithin(PAUSE);
    }
  }

  private boolean stopsWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
