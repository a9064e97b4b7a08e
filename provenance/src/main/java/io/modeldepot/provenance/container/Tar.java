package io.modeldepot.provenance.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tar archive, the oldest form of PyTorch's files and that of NeMo's. Told by the checksum of its
 * first header, as Python tells it: the word {@code ustar} is not in all of them.
 */
public final class Tar {
  private static final int BLOCK = 512;
  private static final int MAX_RECORDS_BYTES = 1 << 20;

  private Tar() {}

  /** Whether the bytes begin with a header of a tar archive. */
  public static boolean beginsAsOne(byte[] head) {
    if (head.length < BLOCK) {
      return false;
    }
    long stated = octal(head, 148, 8);
    long unsigned = 8 * ' ';
    long signed = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      if (i < 148 || i >= 156) {
        unsigned += head[i] & 0xff;
        signed += head[i];
      }
    }
    return stated > 0 && (stated == unsigned || stated == signed);
  }

  /** The files of an archive. Where a header is damaged, what follows is a fault. */
  public static Contents read(Bytes tar, Allowance allowance) throws IOException {
    List<Part> parts = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    long at = 0;
    while (at + BLOCK <= tar.size()) {
      byte[] header = tar.copy(at, BLOCK);
      if (!beginsAsOne(header)) {
        rest(tar, at, header, parts, faults);
        break;
      }
      String name = name(header);
      if (!allowance.entry(name.length())) {
        faults.add("The archive has more files than are looked at.");
        break;
      }
      long size = number(header, 124, 12);
      if (size < 0 || size > tar.size() - at - BLOCK) {
        faults.add("A file goes past the end of the archive.");
        size = tar.size() - at - BLOCK;
      }
      if (restates(header, tar.copy(at + BLOCK, (int) Math.min(size, MAX_RECORDS_BYTES)))) {
        faults.add("A record of the archive states lengths a second time.");
      }
      if (size > 0) {
        parts.add(new Part(name, tar.slice(at + BLOCK, size), Part.Packing.STORED));
      }
      at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return new Contents(parts, faults);
  }

  /** Extended records may overrule a header's length; no writer of models needs it. */
  private static boolean restates(byte[] header, byte[] records) {
    boolean extended = header[156] == 'x' || header[156] == 'g' || header[156] == 'X';
    String text = new String(records, StandardCharsets.ISO_8859_1);
    return header[156] == 'S' || extended && (text.contains("size=") || text.contains("sparse"));
  }

  private static void rest(
      Bytes tar, long at, byte[] header, List<Part> parts, List<String> faults) {
    for (byte b : header) {
      if (b != 0) {
        faults.add("The archive has a damaged header.");
        parts.add(new Part("", tar.slice(at, tar.size() - at), Part.Packing.STORED));
        return;
      }
    }
  }

  private static String name(byte[] header) {
    int end = 0;
    while (end < 100 && header[end] != 0) {
      end++;
    }
    return new String(header, 0, end, StandardCharsets.UTF_8);
  }

  /** Octal digits, or binary where the first bit says so. */
  private static long number(byte[] header, int at, int length) {
    if ((header[at] & 0x80) == 0) {
      return octal(header, at, length);
    }
    long value = header[at] & 0x7f;
    for (int i = 1; i < length; i++) {
      if (value >= 1L << 54) {
        return Long.MAX_VALUE;
      }
      value = value << 8 | header[at + i] & 0xff;
    }
    return value;
  }

  private static long octal(byte[] header, int at, int length) {
    long value = 0;
    boolean any = false;
    for (int i = at; i < at + length; i++) {
      int c = header[i];
      if (c >= '0' && c <= '7') {
        value = value << 3 | c - '0';
        any = true;
      } else if (any || c != ' ') {
        break;
      }
    }
    return any || header[at] == 0 ? value : -1;
  }
}
