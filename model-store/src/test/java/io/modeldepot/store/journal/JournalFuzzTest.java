package io.modeldepot.store.journal;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** A journal of which a crash, a disk or a hand made something else. */
final class JournalFuzzTest {
  @Test
  void aJournalIsReadOrRefused() {
    byte[] good =
        Wire.write(JournalExamples.transferring(RequestId.of("h-1"), ModelName.of("phi-2")));
    Fuzz.of("journal")
        .seed(good)
        .refusedBy(UnreadablePayload.class)
        .run(input -> Wire.write(Wire.read(input, Journal.class)));
  }

  @Test
  void blocksAreReadOrRefused() {
    Fuzz.of("block ranges")
        .seed("0-299,304")
        .words("-", ",", "9223372036854775807", "2147483647")
        .refusedBy(IllegalArgumentException.class)
        .run(input -> BlockRanges.of(new String(input, java.nio.charset.StandardCharsets.UTF_8)));
  }
}
