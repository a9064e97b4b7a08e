package io.modeldepot.backup.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What comes on a disk from another site. */
final class BundleFuzzTest {
  private static final String INDEX =
      """
      {"format":1,"id":"0123456789abcdef","createdAt":"2026-11-23T02:00:00.000Z",
       "volumeId":"00000000-0000-0001-0000-000000000002",
       "versions":[{"model":"phi-2","commit":"%1$s","family":"phi","current":true,
        "source":{"kind":"huggingface","host":"hub.example","repository":"acme/phi-2","revision":"main"},
        "sizeBytes":12,"fileCount":1,"manifest":{"sha256":"%2$s","sizeBytes":10},
        "signature":{"sha256":"%3$s","sizeBytes":5}}],
       "contents":[{"sha256":"%2$s","sizeBytes":10},{"sha256":"%3$s","sizeBytes":5}],
       "needed":[{"sha256":"%4$s","sizeBytes":12}],
       "againstVolumeId":"00000000-0000-0001-0000-000000000003",
       "partBytes":1048576,"contentBytes":15,
       "parts":[{"file":"part-00001.bin","sizeBytes":15,"sha256":"%2$s",
        "blocks":{"algorithm":"crc32c","sizeBytes":16777216,"values":"AAAAAA=="}}]}
      """
          .formatted("a".repeat(40), "b".repeat(64), "c".repeat(64), "d".repeat(64));

  @Test
  void anIndexIsReadOrRefused() {
    Fuzz.of("bundle index")
        .seed(INDEX)
        .refusedBy(BadBundle.class)
        .run(
            input -> {
              BundleIndex index = IndexFile.parse(input);
              assertThat(index.contents()).isNotEmpty();
              long bytes = 0;
              for (int part = 1; part <= index.partCount(); part++) {
                assertThat(index.lengthOf(part)).isPositive();
                bytes += index.lengthOf(part);
              }
              assertThat(bytes).isEqualTo(index.contentBytes());
              IndexFile.bytes(index);
            });
  }

  @Test
  void anInventoryIsReadOrRefused() {
    Fuzz.of("inventory")
        .seed(
            """
            model-depot-inventory 1
            volume 00000000-0000-0001-0000-000000000002
            made 2026-11-23T02:00:00.000Z
            version phi-2 %1$s %2$s current
            version phi-2 %1$s %2$s kept
            %2$s 4711
            %3$s 0
            """
                .formatted("a".repeat(40), "b".repeat(64), "c".repeat(64)))
        .words(
            "\n", " ", "-1", "9223372036854775807", "18446744073709551615", "version ", "sha256 ")
        .refusedBy(BadBundle.class)
        .run(
            input -> {
              String text = new String(input, StandardCharsets.ISO_8859_1);
              String sum = "sha256 " + Sha256.ofBytes(input) + "\n";
              byte[] whole = (text + sum).getBytes(StandardCharsets.ISO_8859_1);
              SiteInventory read = InventoryFile.read(new ByteArrayInputStream(whole));
              assertThat(read.contents().values()).allMatch(bytes -> bytes >= 0);
            });
  }
}
