package io.modeldepot.store.journal;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.StoreFixture;

/** Journals to write. */
final class JournalExamples {
  private JournalExamples() {}

  static Journal transferring(RequestId id, ModelName model) {
    String json =
        """
        {"format":1,"requestId":"%s","requestIds":["%s","h-2"],"model":"%s","location":"default",
         "repository":"meta-llama/Llama-2-7b-hf","revision":"main",
         "commit":"01c7f73d771dfac7d292323805ebc428287df4f9","state":"transferring","attempt":1,
         "sequence":412,"holder":"downloader-1-9f3c21aa","totalBytes":13476954112,
         "doneBytes":5234491392,"reusedBytes":0,"fetchedBytes":5234491392,
         "files":[{"path":"model.safetensors","sizeBytes":9976576152,"part":"parts/0001",
           "blocksDone":"0-299,304","reused":false,"failures":0}],
         "createdAt":"2026-11-23T09:00:00.000Z","updatedAt":"2026-11-23T09:01:10.004Z"}"""
            .formatted(id, id, model);
    try {
      com.fasterxml.jackson.databind.node.ObjectNode node =
          (com.fasterxml.jackson.databind.node.ObjectNode)
              io.modeldepot.events.wire.Wire.mapper().readTree(json);
      node.set(
          "command",
          io.modeldepot.events.wire.Wire.mapper().valueToTree(DownloadRequested.of(model)));
      node.put("family", StoreFixture.FAMILY.value());
      return io.modeldepot.events.wire.Wire.mapper().treeToValue(node, Journal.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
