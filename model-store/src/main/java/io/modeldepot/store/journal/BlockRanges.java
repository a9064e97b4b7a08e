package io.modeldepot.store.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.BitSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A set of blocks of 16 MiB, written as {@code 0-299,304}. Cannot be changed. Numbers have at most
 * seven digits, which is 150 TiB, so that no text makes a set that fills the memory.
 *
 * @param text sorted, ranges that touch are joined; "" is none
 */
public record BlockRanges(@JsonValue String text) {
  private static final Pattern FORM =
      Pattern.compile("|[0-9]{1,7}(-[0-9]{1,7})?(,[0-9]{1,7}(-[0-9]{1,7})?)*");

  /** No block. After the form, which its construction needs. */
  public static final BlockRanges NONE = new BlockRanges("");

  /** Refuses another form, and a set that could be written shorter. */
  public BlockRanges {
    if (!FORM.matcher(text).matches() || !text(parse(text)).equals(text)) {
      throw new IllegalArgumentException("No set of blocks: " + text);
    }
  }

  /** As JSON is read. */
  @JsonCreator
  public static BlockRanges of(String text) {
    return text.isEmpty() ? NONE : new BlockRanges(text);
  }

  /** The blocks whose bit is set. */
  public static BlockRanges of(BitSet blocks) {
    return of(text(blocks));
  }

  /** The first so many blocks. */
  public static BlockRanges first(int count) {
    BitSet blocks = new BitSet(count);
    blocks.set(0, count);
    return of(blocks);
  }

  /** A new set of bits, the caller's own. */
  public BitSet toBits() {
    return parse(text);
  }

  /** The blocks in order. */
  public IntStream stream() {
    return toBits().stream();
  }

  /** Whether a block is in the set. */
  public boolean contains(int block) {
    return toBits().get(block);
  }

  /** How many blocks. */
  public int count() {
    return toBits().cardinality();
  }

  private static BitSet parse(String text) {
    BitSet blocks = new BitSet();
    for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
      if (to < from) {
        throw new IllegalArgumentException("No set of blocks: " + text);
      }
      blocks.set(from, to + 1);
    }
    return blocks;
  }

  private static String text(BitSet blocks) {
    StringBuilder text = new StringBuilder();
    for (int from = blocks.nextSetBit(0); from >= 0; ) {
      int end = blocks.nextClearBit(from);
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(from);
      if (end - 1 > from) {
        text.append('-').append(end - 1);
      }
      from = blocks.nextSetBit(end);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
