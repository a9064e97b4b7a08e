package io.modeldepot.mirror.serve;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ExecutionException;

/** Writes no faster than the client takes it: the thread waits, which is a virtual one. */
final class Outflow {
  private Outflow() {}

  /**
   * Writes, and returns when it is written.
   *
   * @param bytes not to be changed any more
   * @throws Inflow.Cut if the client left, or the mirror stops
   */
  static void write(HttpServerResponse response, Buffer bytes) throws Inflow.Cut {
    try {
      response.write(bytes).toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException | IllegalStateException e) {
      throw new Inflow.Cut("the client left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Inflow.Cut("the mirror stops");
    }
  }
}
