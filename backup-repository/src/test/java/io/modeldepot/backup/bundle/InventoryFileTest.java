package io.modeldepot.backup.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.Depot;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class InventoryFileTest {
  private static final int MIB = 1 << 20;

  @Test
  void aHundredThousandContentsAreReadAsTheyWereWrittenInLessThan8MiB() throws Exception {
    SiteInventory large = inventory(100_000, 2_000);

    byte[] file = written(large);

    assertThat(file.length).isLessThan(8 * MIB);
    assertThat(InventoryFile.read(new ByteArrayInputStream(file))).isEqualTo(large);
  }

  @Test
  void aFlippedBitOrAMissingEndAnywhereIsNoticed() throws Exception {
    byte[] whole = written(inventory(3, 2));
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      assertRefused("byte " + at, flipped);
      assertRefused("cut at " + at, java.util.Arrays.copyOf(whole, at));
    }
    assertRefused("more", java.util.Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void aLaterFormatIsNamed() {
    byte[] later = "model-depot-inventory 2\nanything\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> InventoryFile.read(new ByteArrayInputStream(later)))
        .isInstanceOf(BadBundle.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("format 1");
  }

  private static void assertRefused(String what, byte[] file) {
    assertThatThrownBy(() -> InventoryFile.read(new ByteArrayInputStream(file)))
        .as(what)
        .isInstanceOf(BadBundle.class);
  }

  private static SiteInventory inventory(int contents, int versions) {
    Random random = new Random(7);
    Map<Sha256, Long> sizes = new TreeMap<>();
    for (int i = 0; i < contents; i++) {
      sizes.put(Sha256.ofText("content " + i), random.nextLong(1L << 33));
    }
    List<SiteInventory.Held> held = new ArrayList<>();
    for (int i = 0; i < versions; i++) {
      held.add(
          new SiteInventory.Held(
              ModelName.of("model-" + i / 2),
              CommitId.of("%040x".formatted(i)),
              Sha256.ofText("files " + i),
              i % 2 == 0));
    }
    return new SiteInventory(new UUID(1, 2), Depot.NOW, held, sizes);
  }

  private static byte[] written(SiteInventory inventory) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InventoryFile.write(inventory, out);
    return out.toByteArray();
  }
}
