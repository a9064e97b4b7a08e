package io.modeldepot.backup.snapshot;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.LockFile;
import io.modeldepot.backup.repository.RepositoryConfig;
import io.modeldepot.backup.repository.SummedJson;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.seal.WrappedKey;
import io.modeldepot.backup.seal.WrongKey;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Objects of a repository, as whoever can write to where it lies may have made them. */
final class SnapshotFuzzTest {
  private static final String SNAPSHOT =
      """
      {"format":1,"id":"b-3f9c21aa","time":"2026-11-23T02:00:00.000Z","location":"default",
       "volumeId":"1f","scope":{"kind":"family","family":"phi"},"requestId":"r-1",
       "versions":[{"current":true,"generation":3,"signature":"c2ln",
        "manifest":{"format":1,"model":"phi-2","family":"phi","commit":"%1$s",
         "source":{"kind":"huggingface","host":"hub.example","repository":"acme/phi-2"},
         "files":[{"path":"config.json","sizeBytes":2,"sha256":"%2$s"}],
         "createdAt":"2026-11-23T09:00:00.000Z"}}],
       "contents":{"%2$s":{"sizeBytes":2,"blocks":["%2$s"]}},
       "registry":{"sha256":"%2$s","auditSeq":3,"auditHash":"ab"},
       "leftOut":[],"totals":{"files":1,"models":1,"versions":1,"rawBytes":2,"addedBytes":2,
        "milliseconds":12}}
      """
          .formatted("a".repeat(40), "b".repeat(64));

  @Test
  void aSnapshotIsReadOrDamagedAlsoWithItsDigestMadeAnew() {
    Fuzz.of("backup snapshot")
        .seed(SNAPSHOT.strip())
        .refusedBy(DamagedObject.class)
        .run(
            input -> {
              Snapshot read = SummedJson.read(summed(input), Snapshot.class, "snapshots/x");
              read.versions().forEach(SavedVersion::signatureFile);
              read.contents().values().forEach(content -> content.blocks().forEach(b -> b.bytes()));
              Wire.write(read);
            });
  }

  /** Instead of the last brace, as {@link SummedJson} does it. */
  private static byte[] summed(byte[] json) {
    byte[] body = Arrays.copyOf(json, Math.max(0, json.length - 1));
    byte[] tail =
        (",\"sha256\":\"" + Sha256.ofBytes(body) + "\"}").getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(body, body.length + tail.length);
    System.arraycopy(tail, 0, whole, body.length, tail.length);
    return whole;
  }

  @Test
  void aWrappedKeyOpensOrIsWrong() {
    OperatorKey operator = OperatorKey.of(new byte[32]);
    Fuzz.of("wrapped key")
        .seed(Wire.write(WrappedKey.fresh(operator)))
        .refusedBy(UnreadablePayload.class, WrongKey.class)
        .run(input -> Wire.read(input, WrappedKey.class).open(operator));
  }

  @Test
  void theSmallObjectsAreReadOrRefused() {
    Fuzz.of("repository config")
        .seed(
            "{\"format\":1,\"id\":\"x\",\"blockBytes\":16777216,\"cipher\":\"none\",\"kdf\":\"none\","
                + "\"createdAt\":\"2026-11-23T02:00:00Z\"}")
        .refusedBy(UnreadablePayload.class)
        .run(input -> Wire.read(input, RepositoryConfig.class).sealed());
    Fuzz.of("repository lock")
        .seed(
            "{\"format\":1,\"holder\":\"h\",\"host\":\"a\",\"machine\":\"m\",\"pid\":1,\"started\":2,"
                + "\"purpose\":\"backup\",\"since\":\"2026-11-23T02:00:00Z\",\"counter\":3}")
        .refusedBy(UnreadablePayload.class)
        .run(input -> Wire.write(Wire.read(input, LockFile.class)));
  }
}
