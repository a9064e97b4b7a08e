package io.modeldepot.store.chunk;

import io.modeldepot.store.inspect.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Cuts at places that are known beforehand, and every so many bytes between them. */
final class FixedCuts implements Cuts {
  private final long[] places;
  private final int mostBytes;
  private long at;
  private int next;
  private int length;
  private boolean atCut;

  /**
   * @param at where in the file the first byte is that will be seen
   * @param places ascending offsets in the file, none before {@code at}
   * @param mostBytes the longest piece
   */
  FixedCuts(long at, long[] places, int mostBytes) {
    this.at = at;
    this.places = places.clone();
    this.mostBytes = mostBytes;
  }

  /** Every so many bytes from the start of the file. */
  static FixedCuts every(int bytes) {
    return new FixedCuts(0, new long[0], bytes);
  }

  /**
   * At the beginning and the end of every tensor of at least {@code leastBytes}, so that what an
   * insertion moves keeps its pieces; smaller ones share pieces with their neighbours.
   *
   * @param start where the first tensor begins in the file
   */
  static FixedCuts at(long start, List<Tensor> tensors, int leastBytes, int mostBytes) {
    List<Long> places = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (tensor.lengthBytes() >= leastBytes) {
        places.add(start + tensor.beginByte());
        places.add(start + tensor.endByte());
      }
    }
    return new FixedCuts(
        start, places.stream().mapToLong(Long::longValue).distinct().toArray(), mostBytes);
  }

  @Override
  public int take(byte[] bytes, int offset, int count) {
    if (atCut) {
      length = 0;
      atCut = false;
    }
    while (next < places.length && places[next] <= at) {
      next++;
    }
    long end = next < places.length ? places[next] : Long.MAX_VALUE;
    int taken = (int) Math.min(Math.min(count, mostBytes - length), end - at);
    at += taken;
    length += taken;
    atCut = length == mostBytes || at == end;
    return taken;
  }

  @Override
  public boolean isAtCut() {
    return atCut;
  }
}
