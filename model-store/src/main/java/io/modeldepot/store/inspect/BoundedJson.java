package io.modeldepot.store.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Small JSON files of a model, as a tree; a long or deep one is refused before it is taken in. */
final class BoundedJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .build();

  private BoundedJson() {}

  /**
   * @param maxBytes the longest file that is read
   * @return a JSON object
   * @throws MalformedModelFile if it is longer, or no JSON object
   */
  static JsonNode object(Path file, long maxBytes) throws IOException, MalformedModelFile {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes((int) maxBytes + 1);
    }
    if (bytes.length > maxBytes) {
      throw new MalformedModelFile(
          "The file has more than the %d bytes that are read.".formatted(maxBytes));
    }
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw new MalformedModelFile("The file is not a JSON object.");
      }
      return node;
    } catch (JsonProcessingException | CharConversionException e) {
      throw MalformedModelFile.noJson("file", e);
    }
  }
}
