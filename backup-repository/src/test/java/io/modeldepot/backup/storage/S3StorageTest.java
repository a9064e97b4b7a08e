package io.modeldepot.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a server that speaks S3: signatures, ranges and listings are those of the protocol. */
@SuppressWarnings("NullAway.Init") // started before all tests
final class S3StorageTest extends StorageConformance {
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private static S3Server server;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  Storage storage() {
    return server.storage(prefix());
  }

  @Test
  void aWrongSecretIsAFailureThatDoesNotTellIt() {
    Storage wrong = S3Server.storage(server.endpoint(), prefix(), "quite-wrong-secret");

    assertThatThrownBy(() -> wrong.put("config.json", new byte[1]))
        .isInstanceOf(StorageFailed.class)
        .hasMessageContaining("s3://backups/")
        .hasMessageNotContaining("quite-wrong-secret");
  }

  @Test
  void aServerThatBreaksOffInTheMiddleOfAnUploadLeavesNoObject() throws Exception {
    Storage whole = storage();
    try (BreakingOff breaking = new BreakingOff()) {
      Storage broken =
          S3Server.storage(
              URI.create("http://127.0.0.1:" + breaking.port()), prefix(), S3Server.SECRET);

      assertThatThrownBy(() -> broken.put("data/ab/pack", new byte[4 << 20]))
          .isInstanceOf(StorageFailed.class);

      assertThat(breaking.calls()).isPositive();
    }
    assertThat(whole.list("data")).isEmpty();
  }

  private static String prefix() {
    return "p" + PREFIXES.incrementAndGet();
  }

  /** Takes a part of what is sent and hangs up. */
  private static final class BreakingOff implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger calls = new AtomicInteger();

    BreakingOff() throws IOException {
      Thread unused = Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return socket.getLocalPort();
    }

    int calls() {
      return calls.get();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket caller = socket.accept()) {
          calls.incrementAndGet();
          int unused = caller.getInputStream().readNBytes(64 << 10).length;
          OutputStream out = caller.getOutputStream();
          out.flush();
        } catch (IOException e) {
          // The caller, or the test, is gone.
          continue;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
