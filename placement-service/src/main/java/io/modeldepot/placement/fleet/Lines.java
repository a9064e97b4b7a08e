package io.modeldepot.placement.fleet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * On which line each value of a JSON text begins, by its pointer.
 *
 * @param byPointer lines count from 1
 */
record Lines(Map<String, Integer> byPointer) {

  /**
   * Reads all of it.
   *
   * @throws JsonProcessingException if it is no JSON, or says one member of an object twice
   */
  static Lines of(String json) throws JsonProcessingException {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = Wire.mapper().getFactory().createParser(json)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        lines.putIfAbsent(
            parser.getParsingContext().pathAsPointer().toString(),
            parser.currentTokenLocation().getLineNr());
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory can be read.", e);
    }
    return new Lines(lines);
  }

  /** The line of a value; that of what it would be in, if it is missing. */
  int of(String pointer, int otherwise) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = byPointer.get(at);
      if (line != null) {
        return line;
      }
    }
    return otherwise;
  }
}
