package io.modeldepot.provenance.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.provenance.pickle.Pickle;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files damaged at random. A failure names the seed; {@code -Dscan.seed=…} runs it again. */
class FuzzTest {
  private static final int ROUNDS = 20_000;
  private static final ScanLimits TIGHT = new ScanLimits(1 << 20, 1 << 16, 3);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Test
  void everyDamagedFileGetsAnAnswerInTime() throws IOException {
    List<byte[]> seeds =
        List.of(
            Pickle.attack(),
            Pickle.checkpoint(),
            FileScannerTest.legacy(Pickle.checkpoint()),
            new Archive()
                .stored("a/data.pkl", Pickle.checkpoint())
                .stored("a/version", new byte[2])
                .bytes(),
            new Archive().deflated("a/data.pkl", Pickle.attack()).bytes(),
            FileScannerTest.tar("pickle", Pickle.attack()),
            FileScannerTest.gzip(Pickle.attack()),
            FileScannerTest.numpy(Pickle.attack()));
    long first = Long.getLong("scan.seed", System.nanoTime());
    long rounds = Long.getLong("scan.seed") == null ? ROUNDS : 1;
    for (long seed = first; seed < first + rounds; seed++) {
      byte[] file = damaged(seeds, new Random(seed));
      long start = System.nanoTime();

      FileScan scan = scanned(file, seed);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("seed %d", seed)
          .isLessThan(LONGEST);
      assertThat(scan.findings()).as("seed %d", seed).hasSizeLessThanOrEqualTo(100);
      assertThat(scan.verdict().allowed()).as("seed %d", seed).isEqualTo(scan.findings().isEmpty());
    }
  }

  /** Whatever is put behind an attack, the attack is found: it has run by then. */
  @Test
  void rubbishBehindAnAttackHidesNothing() {
    long first = Long.getLong("scan.seed", System.nanoTime());
    for (long seed = first; seed < first + 2_000; seed++) {
      byte[] rubbish = new byte[200];
      new Random(seed).nextBytes(rubbish);
      byte[] file = FileScannerTest.join(FileScannerTest.dropLast(Pickle.attack()), rubbish);

      assertThat(scanned(file, seed).verdict()).as("seed %d", seed).isEqualTo(Verdict.SUSPICIOUS);
    }
  }

  private static FileScan scanned(byte[] file, long seed) {
    try {
      return FileScannerTest.scan("model.bin", file, TIGHT);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static byte[] damaged(List<byte[]> seeds, Random random) {
    byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      file[random.nextInt(file.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(file, 1 + random.nextInt(file.length)) : file;
  }
}
