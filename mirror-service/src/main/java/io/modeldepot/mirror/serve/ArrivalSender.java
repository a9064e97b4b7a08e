package io.modeldepot.mirror.serve;

import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.mirror.shelf.Arrivals;
import io.modeldepot.mirror.shelf.Arriving;
import io.modeldepot.mirror.shelf.ShelfUnavailable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jboss.logging.Logger;

/**
 * Sends a file while it is being downloaded. The headers are those that it will have; the bytes go
 * out as they come in, no faster than the client takes them. What cannot be completed is cut, never
 * completed: the client sees that bytes are missing, and asks for the rest later.
 */
@ApplicationScoped
public class ArrivalSender {
  private static final Logger LOG = Logger.getLogger(ArrivalSender.class);

  private final FileSender sender;
  private final Arrivals arrivals;
  private final Traffic traffic;
  private final ServeSettings settings;

  ArrivalSender(FileSender sender, Arrivals arrivals, Traffic traffic, ServeSettings settings) {
    this.sender = sender;
    this.arrivals = arrivals;
    this.traffic = traffic;
    this.settings = settings;
  }

  /** Answers a request for a file that the caller may read; returns when the answer is over. */
  public void send(HttpServerRequest request, Arriving arriving, ManifestFile file)
      throws IOException {
    sender.answer(
        request,
        arriving.book(),
        Content.of(file),
        (from, length) -> stream(request.response(), arriving, file, from, length));
  }

  private void stream(
      HttpServerResponse response, Arriving arriving, ManifestFile file, long from, long length) {
    String model = arriving.book().edition().model().value();
    Inflow inflow =
        new Inflow(
            () -> arrivals.supply(arriving, file), file.sizeBytes(), settings.arrivalPatience());
    traffic.began();
    traffic.answered("resolve", response.getStatusCode());
    try {
      inflow.read(from, from + length, bytes -> write(response, bytes));
      var unused = response.end();
      traffic.completed(model, length);
    } catch (IOException | ShelfUnavailable e) {
      LOG.infof("%s of %s was not sent to its end: %s", file.path(), model, e.getMessage());
      cut(response, model);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut(response, model);
    }
  }

  private void cut(HttpServerResponse response, String model) {
    traffic.broken(model);
    response.reset();
  }

  private static void write(HttpServerResponse response, ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    Outflow.write(response, Buffer.buffer(copy));
  }
}
