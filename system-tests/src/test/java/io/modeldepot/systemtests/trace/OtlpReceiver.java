package io.modeldepot.systemtests.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * Receives spans as a collector does: {@code POST /v1/traces} with an {@code
 * ExportTraceServiceRequest} in protobuf. It reads the few fields that tests ask about
 * (opentelemetry-proto 1.x: resource_spans=1, resource=1, scope_spans=2, spans=2; of a span
 * trace_id=1, span_id=2, parent_span_id=4, name=5).
 */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final StringBuffer everything = new StringBuffer();

  /**
   * A span.
   *
   * @param service who did it
   * @param parent span it follows from, empty for the first
   */
  record ReceivedSpan(String service, String trace, String id, String parent, String name) {}

  /** A field of a protobuf message: a number, and its bytes if it has any. */
  private record Field(int number, byte[] bytes) {}

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /** One on any port. */
  public static OtlpReceiver start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      OtlpReceiver receiver = new OtlpReceiver(server);
      server.createContext("/v1/traces", receiver::receive);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to it is exported. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The spans of a trace. */
  List<ReceivedSpan> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** Every byte that came, for tests about what must not come. */
  public String everything() {
    return everything.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      everything.append(new String(body, StandardCharsets.ISO_8859_1));
      for (byte[] one : values(body, 1)) {
        String service = service(one);
        for (byte[] scope : values(one, 2)) {
          values(scope, 2).forEach(span -> spans.add(span(service, span)));
        }
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static ReceivedSpan span(String service, byte[] span) {
    return new ReceivedSpan(
        service,
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        values(span, 5).stream().map(OtlpReceiver::text).findFirst().orElse(""));
  }

  /** resource.attributes=1: key=1, value=2 (string_value=1). */
  private static String service(byte[] resourceSpans) {
    for (byte[] resource : values(resourceSpans, 1)) {
      for (byte[] attribute : values(resource, 1)) {
        if (text(values(attribute, 1).getFirst()).equals("service.name")) {
          return text(values(values(attribute, 2).getFirst(), 1).getFirst());
        }
      }
    }
    return "";
  }

  private static String hex(byte[] message, int number) {
    return values(message, number).stream().map(HexFormat.of()::formatHex).findFirst().orElse("");
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static List<byte[]> values(byte[] message, int number) {
    return fields(message).stream()
        .filter(field -> field.number() == number)
        .map(Field::bytes)
        .toList();
  }

  /** Protobuf's wire format: varint 0, 64 bit 1, length-delimited 2, 32 bit 5. */
  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      long tag = varint(in);
      int length =
          switch ((int) (tag & 7)) {
            case 0 -> {
              long unused = varint(in);
              yield 0;
            }
            case 1 -> 8;
            case 2 -> (int) varint(in);
            case 5 -> 4;
            default -> throw new IllegalArgumentException("Not a protobuf message.");
          };
      byte[] bytes = new byte[length];
      in.get(bytes);
      fields.add(new Field((int) (tag >>> 3), bytes));
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
