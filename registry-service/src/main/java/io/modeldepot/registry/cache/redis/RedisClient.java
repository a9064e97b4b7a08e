package io.modeldepot.registry.cache.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges with a Redis, each within the time allowed: looking up its name, connecting and logging
 * in are part of that. Keeps a few connections. Safe for threads.
 */
final class RedisClient implements AutoCloseable {
  private static final int MOST_IDLE = 4;

  private final RedisAddress address;
  private final Optional<String> password;
  private final Duration timeout;
  private final ConcurrentLinkedDeque<RedisConnection> idle = new ConcurrentLinkedDeque<>();

  RedisClient(RedisAddress address, Optional<String> password, Duration timeout) {
    this.address = address;
    this.password = password;
    this.timeout = timeout;
  }

  /** What is said over a connection. */
  @FunctionalInterface
  interface Exchange<T> {
    T over(RedisConnection connection) throws IOException;
  }

  /**
   * Exchanges once. Over a connection that lay idle and turns out to have ended, once more over a
   * new one.
   *
   * @throws IOException if Redis is not there, refuses, or takes too long
   */
  <T> T exchange(Exchange<T> what) throws IOException, InterruptedException {
    RedisConnection kept = idle.pollFirst();
    if (kept != null) {
      try {
        return inTime(kept, what, false);
      } catch (TooLate | RedisConnection.Refused e) {
        throw e;
      } catch (IOException e) {
        closeIdle();
      }
    }
    return inTime(new RedisConnection(), what, true);
  }

  private static final class TooLate extends IOException {
    private static final long serialVersionUID = 1L;

    TooLate(Duration timeout) {
      super("it does not answer within " + timeout.toMillis() + " ms");
    }
  }

  private <T> T inTime(RedisConnection connection, Exchange<T> what, boolean isNew)
      throws IOException, InterruptedException {
    CompletableFuture<T> end = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            if (isNew) {
              connection.open(address, password);
            }
            end.complete(what.over(connection));
          } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
    boolean good = false;
    try {
      T result = end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      good = true;
      return result;
    } catch (TimeoutException e) {
      throw new TooLate(timeout);
    } catch (ExecutionException e) {
      throw asIo(e.getCause());
    } finally {
      giveBack(connection, good);
    }
  }

  private static IOException asIo(@Nullable Throwable cause) {
    return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
  }

  private void giveBack(RedisConnection connection, boolean good) {
    if (good && idle.size() < MOST_IDLE) {
      idle.addFirst(connection);
    } else {
      connection.close();
    }
  }

  private void closeIdle() {
    for (RedisConnection one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
      one.close();
    }
  }

  @Override
  public void close() {
    closeIdle();
  }
}
