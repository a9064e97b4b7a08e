package io.modeldepot.store.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many want the same claim at once. */
final class ContentionTest {
  @TempDir Path directory;
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
  }

  @Test
  void processesHoldAClaimOneAtATime() throws Exception {
    int processes = 3;
    int rounds = 40;
    Files.writeString(directory.resolve("number"), "0");
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      running.add(contender(rounds));
    }
    for (Process process : running) {
      assertThat(process.waitFor()).isZero();
    }

    assertThat(Files.readString(directory.resolve("number")))
        .isEqualTo(Integer.toString(processes * rounds));
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void ofManyThreadsOneMakesAClaimAndOneTakesIt() throws Exception {
    Path place = volume.layout().downloads().resolve("job");
    Set<Holder> holders = ConcurrentHashMap.newKeySet();
    Set<Integer> makers = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int number = i;
        work.add(
            () -> {
              Claims claims = new Claims(volume.store.volume(), "thread-" + number);
              if (claims.create(place)) {
                makers.add(number);
              }
              claims.take(place).ifPresent(claim -> holders.add(claim.holder()));
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        done.get();
      }
    }

    assertThat(makers).hasSize(1);
    assertThat(holders).hasSize(1);
  }

  private Process contender(int rounds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ContenderMain.class.getName(),
            directory.toString(),
            Integer.toString(rounds))
        .inheritIO()
        .start();
  }
}
