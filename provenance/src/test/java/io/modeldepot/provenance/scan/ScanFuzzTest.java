package io.modeldepot.provenance.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.fuzz.Fuzz;
import io.modeldepot.fuzz.Limits;
import io.modeldepot.provenance.pickle.Pickle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that were damaged, or made to hurt whoever looks into them. */
class ScanFuzzTest {
  private static final ScanLimits TIGHT = new ScanLimits(1 << 20, 1 << 16, 3);

  @Test
  void everyDamagedFileGetsAnAnswer() throws IOException {
    Fuzz.of("file scan")
        .seed(Pickle.attack())
        .seed(Pickle.checkpoint())
        .seed(FileScannerTest.legacy(Pickle.checkpoint()))
        .seed(
            new Archive()
                .stored("a/data.pkl", Pickle.checkpoint())
                .stored("a/version", new byte[2])
                .bytes())
        .seed(new Archive().deflated("a/data.pkl", Pickle.attack()).bytes())
        .seed(FileScannerTest.tar("pickle", Pickle.attack()))
        .seed(FileScannerTest.gzip(Pickle.attack()))
        .seed(FileScannerTest.numpy(Pickle.attack()))
        .words("PK\3\4", "PK\1\2", "PK\5\6", "PK\6\6", "PK\6\7", "\u0080\4", "cos\nsystem\n", ".")
        .run(
            input -> {
              FileScan scan = FileScannerTest.scan("model.bin", input, TIGHT);
              assertThat(scan.findings()).hasSizeLessThanOrEqualTo(100);
              assertThat(scan.verdict().allowed()).isEqualTo(scan.findings().isEmpty());
            });
  }

  /** Whatever is put behind an attack, the attack is found: it has run by then. */
  @Test
  void rubbishBehindAnAttackHidesNothing() {
    long first = Long.getLong("scan.seed", System.nanoTime());
    for (long seed = first; seed < first + 2_000; seed++) {
      byte[] rubbish = new byte[200];
      new Random(seed).nextBytes(rubbish);
      byte[] file = FileScannerTest.join(FileScannerTest.dropLast(Pickle.attack()), rubbish);

      assertThat(FileScannerTest.scan("model.bin", file, TIGHT).verdict())
          .as("seed %d", seed)
          .isEqualTo(Verdict.SUSPICIOUS);
    }
  }

  /** Every end record of the comment points at a directory of its own, all over the same names. */
  @Test
  void namesThatAreListedOverAndOverTakeNoMemory() {
    String name = "n".repeat(60_000);
    Archive archive = new Archive();
    for (int i = 0; i < 40; i++) {
      archive.stored(name + i, new byte[] {1});
    }
    Fuzz.of("zip of many ends")
        .seed(manyEnds(archive.bytes(), 46 + name.length() + 1))
        .oneIn(100)
        .limits(new Limits(Duration.ofSeconds(20), 512L << 20, 0))
        .run(
            input -> {
              FileScan scan = FileScannerTest.scan("model.bin", input, ScanLimits.USUAL);
              assertThat(scan.verdict()).isNotEqualTo(Verdict.ALLOWED);
            });
  }

  private static byte[] manyEnds(byte[] zip, int entryBytes) {
    int ends = 1_500;
    ByteBuffer last = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int directory = last.getInt(zip.length - 6);
    byte[] all = Arrays.copyOf(zip, zip.length + ends * 22);
    ByteBuffer out = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(zip.length - 2, (short) (ends * 22));
    for (int i = 0; i < ends; i++) {
      int at = zip.length + i * 22;
      out.putInt(at, 0x06054b50)
          .putInt(at + 12, 0)
          .putInt(at + 16, directory + i % 30 * entryBytes)
          .putShort(at + 20, (short) ((ends - 1 - i) * 22));
    }
    return all;
  }

  /** A ZIP in a ZIP in a ZIP, each of which lists as much as it can; the heap is the limit. */
  @Test
  void containersInContainersShareWhatMayBeHeld() {
    byte[] inner = new byte[0];
    for (int depth = 0; depth < 3; depth++) {
      Archive archive = new Archive().deflated("inner.zip", inner);
      for (int i = 0; i < 60_000; i++) {
        archive.stored("f" + i, new byte[0]);
      }
      inner = archive.bytes();
    }
    Fuzz.of("zip in zip")
        .seed(inner)
        .oneIn(1_000)
        .limits(new Limits(Duration.ofSeconds(30), 16L << 30, 0))
        .run(input -> FileScannerTest.scan("model.bin", input, ScanLimits.USUAL));
  }
}
