package io.modeldepot.benchmarks.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that take a large file a little at a time. */
final class SlowClients {
  private static final int BITE_BYTES = 1 << 16;

  private SlowClients() {}

  /** Keeps so many connections open, each taking 64 KiB a second. */
  static void read(URI url, int clients, Duration time) throws IOException, InterruptedException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < clients; i++) {
        Socket socket = new Socket(url.getHost(), url.getPort());
        sockets.add(socket);
        socket.setReceiveBufferSize(BITE_BYTES);
        socket
            .getOutputStream()
            .write(
                "GET %s HTTP/1.1\r\nHost: bench\r\n\r\n"
                    .formatted(url.getRawPath())
                    .getBytes(StandardCharsets.US_ASCII));
      }
      byte[] bite = new byte[BITE_BYTES];
      for (long second = 0; second < time.toSeconds(); second++) {
        for (Socket socket : sockets) {
          InputStream in = socket.getInputStream();
          if (in.readNBytes(bite, 0, BITE_BYTES) < BITE_BYTES) {
            throw new IOException("A slow client was sent less than the file.");
          }
        }
        Thread.sleep(Duration.ofSeconds(1));
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
