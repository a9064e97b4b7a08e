package io.modeldepot.store.manifest;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.fuzz.Fuzz;
import io.modeldepot.store.trash.TrashNote;
import org.junit.jupiter.api.Test;

/** Files of the volume's own, of which a disk or a hand made something else. */
final class StoreFileFuzzTest {
  @Test
  void aManifestIsReadOrRefused() {
    file(
            "manifest",
            """
            {"format":1,"model":"phi-2","family":"phi","commit":"%1$s",
             "source":{"kind":"huggingface","host":"hub.example","repository":"acme/phi-2","revision":"main"},
             "files":[{"path":"config.json","sizeBytes":735,"sha256":"%2$s","gitSha1":"%1$s"},
              {"path":"model.safetensors","sizeBytes":12,"sha256":"%2$s"}],
             "profile":{"architecture":"Phi","parameters":27,"weightBytesByDtype":{"BF16":54},"layers":32},
             "createdAt":"2026-11-23T09:00:00.000Z"}
            """
                .formatted("a".repeat(40), "b".repeat(64)))
        .run(input -> CanonicalJson.of(Wire.read(input, Manifest.class)));
  }

  @Test
  void whichVersionIsCurrentIsReadOrRefused() {
    file(
            "current",
            "{\"commit\":\"%s\",\"generation\":3,\"publishedAt\":\"2026-11-23T09:00:00Z\"}"
                .formatted("a".repeat(40)))
        .run(input -> CanonicalJson.of(Wire.read(input, Current.class)));
  }

  @Test
  void aNoteOfTheTrashIsReadOrRefused() {
    file(
            "trash note",
            """
            {"format":1,"kind":"version","model":"phi-2","commit":"%s","wasCurrent":true,
             "from":"models/phi/phi-2","reason":"surplus","bytes":12,"windowSeconds":60,
             "requestId":"r-1"}
            """
                .formatted("a".repeat(40)))
        .run(input -> Wire.write(Wire.read(input, TrashNote.class)));
  }

  private static Fuzz file(String name, String good) {
    return Fuzz.of(name).seed(good).refusedBy(UnreadablePayload.class);
  }
}
