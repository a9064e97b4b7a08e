package io.modeldepot.store.inspect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which safetensors files are the model. A repository may hold its weights twice (Mistral has
 * {@code consolidated.safetensors} beside the shards, others a half-precision variant), and
 * counting both would double every figure. The first rule that finds something decides:
 *
 * <ol>
 *   <li>the shards that {@code model.safetensors.index.json} names;
 *   <li>{@code model.safetensors};
 *   <li>the safetensors files of the root, {@code consolidated*} only when alone;
 *   <li>every safetensors file (pipelines keep theirs in folders).
 * </ol>
 *
 * @param paths in the repository
 * @param missing shards that the index names and the repository or this selection lacks
 */
record WeightSet(SortedSet<String> paths, SortedSet<String> missing) {
  static final String INDEX = "model.safetensors.index.json";
  private static final String SINGLE = "model.safetensors";
  private static final String SUFFIX = ".safetensors";

  static WeightSet of(ModelFiles files) throws IOException, MalformedModelFile {
    Optional<SortedSet<String>> shards = Optional.empty();
    var index = files.at(INDEX);
    if (index.isPresent()) {
      shards = Optional.of(WeightMap.shards(index.get()));
    }
    if (shards.isPresent()) {
      SortedSet<String> present = new TreeSet<>(shards.get());
      present.retainAll(files.byPath().keySet());
      SortedSet<String> missing = new TreeSet<>(shards.get());
      missing.removeAll(present);
      return new WeightSet(present, missing);
    }
    return withoutIndex(files);
  }

  /** What counts when no index can be read. */
  static WeightSet withoutIndex(ModelFiles files) {
    if (files.at(SINGLE).isPresent()) {
      return complete(List.of(SINGLE));
    }
    List<String> all = files.byPath().keySet().stream().filter(p -> p.endsWith(SUFFIX)).toList();
    List<String> root = all.stream().filter(path -> path.indexOf('/') < 0).toList();
    List<String> original = root.stream().filter(path -> !path.startsWith("consolidated")).toList();
    return complete(!original.isEmpty() ? original : !root.isEmpty() ? root : all);
  }

  private static WeightSet complete(List<String> paths) {
    return new WeightSet(new TreeSet<>(paths), new TreeSet<>());
  }
}
