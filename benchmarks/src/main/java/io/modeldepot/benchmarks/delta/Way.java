package io.modeldepot.benchmarks.delta;

import com.github.luben.zstd.ZstdCompressCtx;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.Chunker;
import io.modeldepot.store.chunk.Overlap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A way to find what a file shares with the one before. */
interface Way {
  /** As the table names it. */
  String name();

  /**
   * Compares.
   *
   * @return bytes to move, the list included
   */
  Cost cost(SmallModel base, byte[] baseFile, SmallModel next, byte[] nextFile);

  /**
   * What an update costs.
   *
   * @param movedBytes over the network
   * @param listBytes of them for the list, 0 where there is none
   */
  record Cost(long movedBytes, long listBytes) {}

  /** All of them, in the order of the table. */
  static List<Way> all() {
    return List.of(
        new Listed("blocks of 16 MiB at fixed places", f -> Chunker.every(f.length, 16 << 20)),
        new Listed("blocks of 64 KiB at fixed places", f -> Chunker.every(f.length, 64 << 10)),
        new Listed("cut by content, 64 KiB", f -> Chunker.byContent(f.length, 64 << 10)),
        new Listed("cut by content, 256 KiB", f -> Chunker.byContent(f.length, 256 << 10)),
        new Listed("cut by content, 1 MiB", f -> Chunker.byContent(f.length, 1 << 20)),
        new WholeTensors(),
        new Listed("cut at tensors, then every 64 KiB", f -> new Chunker(f.length)),
        new Planes(1),
        new Planes(3));
  }

  /** Lists of pieces. */
  record Listed(String name, Function<byte[], Chunker> chunker) implements Way {
    private static final Sha256 ANY = Sha256.of("0".repeat(64));
    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    public Cost cost(SmallModel base, byte[] baseFile, SmallModel next, byte[] nextFile) {
      ChunkList target = list(nextFile);
      long shared = Overlap.of(list(baseFile), target).sharedBytes();
      long list = target.bytes().length;
      return new Cost(nextFile.length - shared + list, list);
    }

    ChunkList list(byte[] file) {
      Chunker pieces = chunker.apply(file);
      for (int at = 0; at < file.length; at += BUFFER_BYTES) {
        pieces.update(file, at, Math.min(BUFFER_BYTES, file.length - at));
      }
      return pieces.finish(ANY);
    }
  }

  /** A digest for every tensor: as good as comparing them, which is what this does. */
  record WholeTensors() implements Way {
    @Override
    public String name() {
      return "a digest for every tensor";
    }

    @Override
    public Cost cost(SmallModel base, byte[] baseFile, SmallModel next, byte[] nextFile) {
      long moved = nextFile.length;
      for (Map.Entry<String, short[]> tensor : next.tensors().entrySet()) {
        short[] now = tensor.getValue();
        moved -= Arrays.equals(base.tensors().get(tensor.getKey()), now) ? 2L * now.length : 0;
      }
      long list = 11L * next.tensors().size();
      return new Cost(moved + list, list);
    }
  }

  /**
   * What changed in every value, byte plane by byte plane, compressed; needs both at the sender.
   */
  record Planes(int level) implements Way {
    private static final int VALUES = 1 << 20;

    @Override
    public String name() {
      return "XOR of both, planes, zstd -" + level;
    }

    @Override
    public Cost cost(SmallModel base, byte[] baseFile, SmallModel next, byte[] nextFile) {
      long moved = 0;
      try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
        zstd.setLevel(level);
        for (Map.Entry<String, short[]> tensor : next.tensors().entrySet()) {
          short[] before = base.tensors().getOrDefault(tensor.getKey(), new short[0]);
          moved += compressed(zstd, before, tensor.getValue());
        }
      }
      long content = next.tensors().values().stream().mapToLong(it -> 2L * it.length).sum();
      return new Cost(moved + nextFile.length - content, 0);
    }

    private static long compressed(ZstdCompressCtx zstd, short[] before, short[] after) {
      long sum = 0;
      for (int from = 0; from < after.length; from += VALUES) {
        int count = Math.min(VALUES, after.length - from);
        byte[] planes = new byte[2 * count];
        for (int i = 0; i < count; i++) {
          int old = from + i < before.length ? before[from + i] : 0;
          int difference = old ^ after[from + i];
          planes[i] = (byte) difference;
          planes[count + i] = (byte) (difference >>> 8);
        }
        sum += zstd.compress(planes).length;
      }
      return sum;
    }
  }
}
