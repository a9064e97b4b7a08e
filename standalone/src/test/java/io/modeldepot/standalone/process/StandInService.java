package io.modeldepot.standalone.process;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stands in for a service: answers that it is ready, unless told to fail or to wait. */
public final class StandInService {
  private StandInService() {}

  /** Runs until ended. */
  public static void main(String[] args) throws Exception {
    if ("true".equals(System.getenv("STAND_IN_FAILS"))) {
      System.err.println("This service has a reason to fail.");
      System.exit(3);
    }
    int port = Integer.parseInt(System.getenv().getOrDefault("QUARKUS_HTTP_PORT", "0"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          String wait = System.getenv("STAND_IN_WAITS_WHILE");
          if (wait != null && Files.exists(Path.of(wait))) {
            byte[] why =
                "{\"status\":\"DOWN\",\"checks\":[{\"data\":{\"why\":\"The file is there.\"}}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, why.length);
            exchange.getResponseBody().write(why);
          } else {
            exchange.sendResponseHeaders(200, -1);
          }
          exchange.close();
        });
    server.start();
    new CountDownLatch(1).await();
  }
}
