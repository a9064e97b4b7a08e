package io.modeldepot.mirror.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The weights of a model cut into files of about the same size, in order.
 *
 * @param files at least one
 */
record Shards(List<Shard> files) {

  /**
   * One file.
   *
   * @param path {@code model-00001-of-00002.safetensors}, or {@code model.safetensors} when alone
   * @param tensors in the order of their content
   */
  record Shard(String path, List<TensorPlan> tensors) {
    long contentBytes() {
      return tensors.stream().mapToLong(TensorPlan::lengthBytes).sum();
    }
  }

  static Shards of(List<TensorPlan> tensors, int count) {
    long total = tensors.stream().mapToLong(TensorPlan::lengthBytes).sum();
    List<List<TensorPlan>> parts = new ArrayList<>();
    long done = 0;
    for (TensorPlan tensor : tensors) {
      if (parts.size() < count && done >= total * parts.size() / count) {
        parts.add(new ArrayList<>());
      }
      parts.getLast().add(tensor);
      done += tensor.lengthBytes();
    }
    List<Shard> files = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      files.add(new Shard(name(i + 1, parts.size()), List.copyOf(parts.get(i))));
    }
    return new Shards(files);
  }

  /** {@code model.safetensors.index.json}. */
  String index() {
    long total = files.stream().mapToLong(Shard::contentBytes).sum();
    String map =
        files.stream()
            .flatMap(
                shard ->
                    shard.tensors().stream()
                        .map(t -> "    \"%s\": \"%s\"".formatted(t.name(), shard.path())))
            .sorted()
            .collect(Collectors.joining(",\n"));
    return "{\n  \"metadata\": {\n    \"total_size\": %d\n  },\n  \"weight_map\": {\n%s\n  }\n}\n"
        .formatted(total, map);
  }

  private static String name(int number, int count) {
    return count == 1
        ? "model.safetensors"
        : String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", number, count);
  }
}
