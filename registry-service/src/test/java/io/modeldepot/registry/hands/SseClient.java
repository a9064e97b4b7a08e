package io.modeldepot.registry.hands;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client of server-sent events that reads lines, as curl -N would show them. */
public final class SseClient implements AutoCloseable {
  private static final int LONGEST_MILLIS = 20_000;

  private final HttpURLConnection connection;
  private final BufferedReader lines;
  private String lastId = "";

  private SseClient(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  /** One event. */
  public record Event(String name, String id, String data, String comment) {}

  /** Connects; with a cursor as one that comes back. */
  public static SseClient open(URI events, String query, String lastEventId) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(events + "?" + query).toURL().openConnection();
    connection.setReadTimeout(LONGEST_MILLIS);
    connection.setRequestProperty("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      connection.setRequestProperty("Last-Event-ID", lastEventId);
    }
    return new SseClient(connection);
  }

  /** Waits for the greeting; returns the cursor of now. */
  public String connected() throws IOException {
    return read().id();
  }

  /** The next event that has data. */
  public Event next() throws IOException {
    while (true) {
      Event event = read();
      if (!event.data().isEmpty()) {
        return event;
      }
    }
  }

  /** Waits for this comment; returns the cursor that came with it. */
  public String comment(String text) throws IOException {
    while (true) {
      Event event = read();
      if (event.comment().equals(text)) {
        return event.id();
      }
    }
  }

  /** Waits until the server ends the stream; returns the last cursor that it sent. */
  public String lastCursorBeforeTheEnd() throws IOException {
    try {
      while (true) {
        read();
      }
    } catch (EOFException e) {
      return lastId;
    }
  }

  private Event read() throws IOException {
    String name = "";
    String id = "";
    String comment = "";
    StringBuilder data = new StringBuilder();
    boolean any = false;
    String line;
    while ((line = lines.readLine()) != null) {
      if (line.isEmpty() && any) {
        return new Event(name, id, data.toString(), comment);
      }
      any |= !line.isEmpty();
      if (line.startsWith(":")) {
        comment = line.substring(1).strip();
      } else if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("id:")) {
        id = line.substring("id:".length()).strip();
        lastId = id;
      } else if (line.startsWith("data:")) {
        data.append(line.substring("data:".length()).strip());
      }
    }
    throw new EOFException("The stream ended.");
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
