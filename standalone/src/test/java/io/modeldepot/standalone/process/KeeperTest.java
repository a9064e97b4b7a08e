package io.modeldepot.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  @TempDir Path folder;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Board board =
      new Board(new PrintStream(shown, true, StandardCharsets.UTF_8), false);

  @Test
  void whatWaitsIsSaidAndLaterThatItIsReady() throws Exception {
    Path obstacle = Files.writeString(folder.resolve("obstacle"), "");
    Keeper keeper = keeper(Map.of("STAND_IN_WAITS_WHILE", obstacle.toString()));
    try {
      keeper.startOrGoOn();
      assertThat(shown()).contains("! placement   is not ready: The file is there.");

      Files.delete(obstacle);

      for (int i = 0; i < 300 && !shown().contains("✓ placement"); i++) {
        Thread.sleep(100);
      }
      assertThat(shown()).contains("✓ placement");
    } finally {
      keeper.kill();
    }
  }

  @Test
  void whatFailsDoesNotWait() throws Exception {
    Keeper keeper = keeper(Map.of("STAND_IN_FAILS", "true"));

    assertThatThrownBy(keeper::startOrGoOn).isInstanceOf(StartFailed.class);
  }

  private Keeper keeper(Map<String, String> environment) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    Program program =
        new Program(
            "placement",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StandInService.class.getName()),
            all,
            Program.Secrets.NONE,
            Optional.of(URI.create("http://127.0.0.1:" + port + "/q/health/ready")),
            "behind the registry",
            folder.resolve("log"),
            Duration.ofSeconds(5));
    return new Keeper(program, board, () -> {}, SOON);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}
