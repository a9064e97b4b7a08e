package io.modeldepot.cli.client;

import io.modeldepot.cli.output.Json;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events (WHATWG HTML, "Server-sent events") from an open answer. */
public final class EventStream implements Closeable {
  private final BufferedReader lines;
  private final Closeable connection;
  private String lastId = "";

  EventStream(InputStream in, Closeable connection) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.connection = connection;
  }

  /**
   * Waits for the next event; comments (the registry's pings) are passed over.
   *
   * @return empty when the registry ended the stream
   * @throws IOException when it broke, or nothing, not even a ping, came for longer than the
   *     registry promises
   */
  public Optional<ServerEvent> next() throws IOException {
    String topic = "message";
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (any) {
          return Optional.of(event(topic, data.toString()));
        }
        topic = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> topic = value;
        case "id" -> lastId = value;
        case "data" -> {
          data.append(any ? "\n" : "").append(value);
          any = true;
        }
        default -> {
          // a comment, or a field of a newer registry
        }
      }
    }
    return Optional.empty();
  }

  private ServerEvent event(String topic, String data) throws IOException {
    try {
      return new ServerEvent(topic, lastId, Json.read(data));
    } catch (IllegalArgumentException e) {
      throw new IOException("the event stream holds something that is no JSON", e);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
