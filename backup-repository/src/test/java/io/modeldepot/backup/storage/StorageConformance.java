package io.modeldepot.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every place of a repository must do, run on each. */
abstract class StorageConformance {
  abstract Storage storage() throws IOException;

  @Test
  void whatWasPutIsThereWholeAndInPieces() throws IOException {
    byte[] content = new byte[3 << 20];
    new Random(4).nextBytes(content);
    Storage storage = storage();

    storage.put("data/ab/pack", content);

    assertThat(storage.get("data/ab/pack")).isEqualTo(content);
    assertThat(storage.get("data/ab/pack", 1_000_000, 10))
        .isEqualTo(java.util.Arrays.copyOfRange(content, 1_000_000, 1_000_010));
    assertThat(storage.get("data/ab/pack", content.length - 4L, 100)).hasSize(4);
    assertThat(storage.get("data/ab/pack", 5, 0)).isEmpty();
  }

  @Test
  void anObjectIsReplaced() throws IOException {
    Storage storage = storage();
    storage.put("locks/a.json", text("one"));

    storage.put("locks/a.json", text("another"));

    assertThat(new String(storage.get("locks/a.json"), StandardCharsets.UTF_8))
        .isEqualTo("another");
  }

  @Test
  void whatIsNotThereIsSaidSo() throws IOException {
    Storage storage = storage();

    assertThatThrownBy(() -> storage.get("no/such")).isInstanceOf(NoSuchObject.class);
    assertThatThrownBy(() -> storage.get("no/such", 0, 5)).isInstanceOf(NoSuchObject.class);
    assertThat(storage.list("no")).isEmpty();
    storage.delete("no/such");
  }

  @Test
  void aListIsSortedAndHasWholeNames() throws IOException {
    Storage storage = storage();
    storage.put("data/b/2", text("22"));
    storage.put("data/a/1", text("1"));
    storage.put("dataset", text("not below data"));
    storage.put("index/x.json", text("x"));

    assertThat(storage.list("data"))
        .containsExactly(new Storage.Stored("data/a/1", 1), new Storage.Stored("data/b/2", 2));
  }

  @Test
  void whatWasRemovedIsGone() throws IOException {
    Storage storage = storage();
    storage.put("snapshots/s.json", text("s"));

    storage.delete("snapshots/s.json");

    assertThat(storage.list("snapshots")).isEmpty();
    assertThatThrownBy(() -> storage.get("snapshots/s.json")).isInstanceOf(NoSuchObject.class);
  }

  @Test
  void aNameThatLeavesThePlaceIsRefused() throws IOException {
    Storage storage = storage();

    for (String name : new String[] {"../x", "/etc/passwd", "a/../b", ".hidden", "a//b", ""}) {
      assertThatThrownBy(() -> storage.put(name, text("x")))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
