package io.modeldepot.mirror.demo;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A tensor to be written.
 *
 * @param name as the model's code calls it
 * @param shape outermost first
 */
record TensorPlan(String name, List<Integer> shape) {
  static TensorPlan of(String name, Integer... shape) {
    return new TensorPlan(name, List.of(shape));
  }

  long lengthBytes() {
    return shape.stream().mapToLong(Integer::longValue).reduce(Element.BYTES, Math::multiplyExact);
  }

  /** Its entry in a safetensors header, beginning at this byte. */
  String headerEntry(Element element, long beginByte) {
    String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
        .formatted(name, element, dimensions, beginByte, beginByte + lengthBytes());
  }
}
