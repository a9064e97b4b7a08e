package io.modeldepot.store.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The JSON of a safetensors header, read token by token so that a header made to hurt costs no more
 * memory than what it really lists. Names are neither interned nor cached beyond the call.
 */
final class SafetensorsJson {
  /** The largest published models have fewer than 100,000 tensors in all their files together. */
  static final int MAX_TENSORS = 250_000;

  private static final int MAX_DIMENSIONS = 32;
  private static final int MAX_METADATA = 10_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNameLength(4096)
                  .maxStringLength((int) SafetensorsHeader.MAX_HEADER_BYTES)
                  .maxNumberLength(40)
                  .build())
          .build();

  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, String> metadata = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private SafetensorsJson() {}

  List<Tensor> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  static SafetensorsJson parse(FileChannel channel, long fromByte, long lengthBytes)
      throws IOException, MalformedModelFile {
    return parse(new ChannelSlice(channel, fromByte, lengthBytes));
  }

  /** Reads to the end and closes. */
  static SafetensorsJson parse(InputStream json) throws IOException, MalformedModelFile {
    SafetensorsJson header = new SafetensorsJson();
    try (json;
        JsonParser parser = FACTORY.createParser(json)) {
      header.object(parser);
      if (parser.nextToken() != null) {
        throw new MalformedModelFile("The header goes on after its JSON object.");
      }
    } catch (JsonProcessingException | CharConversionException e) {
      throw MalformedModelFile.noJson("header", e);
    }
    return header;
  }

  private void object(JsonParser parser) throws IOException, MalformedModelFile {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedModelFile("The header is not a JSON object.");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!names.add(name)) {
        throw new MalformedModelFile(
            "The name %s stands twice in the header.".formatted(MalformedModelFile.quoted(name)));
      }
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedModelFile(
            "The entry %s is not an object.".formatted(MalformedModelFile.quoted(name)));
      }
      if (name.equals("__metadata__")) {
        metadata(parser);
      } else {
        tensors.add(tensor(name, parser));
        if (tensors.size() > MAX_TENSORS) {
          throw new MalformedModelFile("The header lists more than " + MAX_TENSORS + " tensors.");
        }
      }
    }
  }

  private void metadata(JsonParser parser) throws IOException, MalformedModelFile {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw new MalformedModelFile(
            "The metadata %s is not text.".formatted(MalformedModelFile.quoted(key)));
      }
      metadata.put(key, parser.getText());
      if (metadata.size() > MAX_METADATA) {
        throw new MalformedModelFile("The header has more than " + MAX_METADATA + " metadata.");
      }
    }
  }

  private static Tensor tensor(String name, JsonParser parser)
      throws IOException, MalformedModelFile {
    String shown = MalformedModelFile.quoted(name);
    String dtype = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    boolean shaped = false;
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (!seen.add(field)) {
        throw new MalformedModelFile("Tensor %s has a field twice.".formatted(shown));
      }
      JsonToken value = parser.nextToken();
      switch (field) {
        case "dtype" -> dtype = value == JsonToken.VALUE_STRING ? parser.getText() : "";
        case "shape" -> {
          shape = numbers(shown, "shape", parser);
          shaped = true;
        }
        case "data_offsets" -> offsets = numbers(shown, "data_offsets", parser);
        default -> parser.skipChildren();
      }
    }
    if (dtype.isEmpty() || dtype.length() > 32 || !shaped || offsets.size() != 2) {
      throw new MalformedModelFile(
          "Tensor %s needs a dtype, a shape and two data_offsets.".formatted(shown));
    }
    return checked(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private static Tensor checked(String name, String dtype, List<Long> shape, long begin, long end)
      throws MalformedModelFile {
    String shown = MalformedModelFile.quoted(name);
    if (end < begin) {
      throw new MalformedModelFile(
          "Tensor %s ends at byte %d, before it begins at %d.".formatted(shown, end, begin));
    }
    try {
      long elements = 1;
      for (long dimension : shape) {
        elements = Math.multiplyExact(elements, dimension);
      }
      if (!fills(elements, dtype, end - begin)) {
        throw new MalformedModelFile(
            "Tensor %s has %d elements of %s, which do not fill its %d bytes."
                .formatted(shown, elements, MalformedModelFile.quoted(dtype), end - begin));
      }
      return new Tensor(name, dtype, shape, elements, begin, end);
    } catch (ArithmeticException e) {
      throw new MalformedModelFile("Tensor %s has a shape too large to be real.".formatted(shown));
    }
  }

  /** Of a type we do not know, an element takes at least one bit. */
  private static boolean fills(long elements, String dtype, long lengthBytes) {
    OptionalInt bits = Dtype.bits(dtype);
    if (bits.isEmpty()) {
      return elements / 8 <= lengthBytes;
    }
    long contentBits = Math.multiplyExact(elements, bits.getAsInt());
    return contentBits % 8 == 0 && contentBits / 8 == lengthBytes;
  }

  private static List<Long> numbers(String tensor, String field, JsonParser parser)
      throws IOException, MalformedModelFile {
    List<Long> numbers = new ArrayList<>(4);
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < MAX_DIMENSIONS) {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
            || parser.getLongValue() < 0) {
          throw new MalformedModelFile(
              "Tensor %s has a %s that is negative or beyond 2^63.".formatted(tensor, field));
        }
        numbers.add(parser.getLongValue());
      }
      if (parser.currentToken() == JsonToken.END_ARRAY) {
        return numbers;
      }
    }
    throw new MalformedModelFile(
        "Tensor %s has a %s that is no list of at most %d whole numbers."
            .formatted(tensor, field, MAX_DIMENSIONS));
  }
}
