package io.modeldepot.store.inspect;

import java.util.List;

/**
 * One tensor of a safetensors file.
 *
 * @param name name
 * @param dtype as the file spells it: {@code F16}, {@code BF16}, …
 * @param shape dimensions, outermost first; empty for a scalar
 * @param elements product of the dimensions
 * @param beginByte offset of its first byte, counted from the end of the header
 * @param endByte offset after its last byte
 */
public record Tensor(
    String name, String dtype, List<Long> shape, long elements, long beginByte, long endByte) {
  public Tensor {
    shape = List.copyOf(shape);
  }

  /** Length of its content, bytes. */
  public long lengthBytes() {
    return endByte - beginByte;
  }
}
