package io.modeldepot.store.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The {@code weight_map} of an index: tensor to shard. It is read token by token and only the names
 * of shards are kept, so that an index made to hurt costs no more memory than a real one.
 */
final class WeightMap {
  /** The largest published models have a few hundred shards. */
  static final int MAX_SHARDS = 10_000;

  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_NAME_CHARACTERS = 1024;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNameLength(4096)
                  .maxStringLength(1 << 20)
                  .maxNumberLength(100)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  private WeightMap() {}

  /**
   * The shards that an index names.
   *
   * @throws MalformedModelFile if it is too long, no JSON object, or has no map of names
   */
  static SortedSet<String> shards(Path index) throws IOException, MalformedModelFile {
    try (InputStream in = Files.newInputStream(index, LinkOption.NOFOLLOW_LINKS);
        JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedModelFile("The file is not a JSON object.");
      }
      SortedSet<String> shards = new TreeSet<>();
      boolean found = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals("weight_map");
        JsonToken value = parser.nextToken();
        if (wanted && value == JsonToken.START_OBJECT) {
          collect(parser, shards);
          found = true;
        } else {
          parser.skipChildren();
        }
      }
      if (!found) {
        throw new MalformedModelFile("The index has no weight_map.");
      }
      return shards;
    } catch (JsonProcessingException | CharConversionException e) {
      throw MalformedModelFile.noJson("file", e);
    }
  }

  private static void collect(JsonParser parser, SortedSet<String> shards)
      throws IOException, MalformedModelFile {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.nextToken() != JsonToken.VALUE_STRING
          || parser.getTextLength() > MAX_NAME_CHARACTERS) {
        throw new MalformedModelFile("The index maps a tensor to something that is no file name.");
      }
      shards.add(parser.getText());
      if (shards.size() > MAX_SHARDS) {
        throw new MalformedModelFile("The index names more than " + MAX_SHARDS + " shards.");
      }
    }
  }
}
