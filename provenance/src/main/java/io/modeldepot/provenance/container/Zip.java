package io.modeldepot.provenance.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A ZIP archive, read as leniently as the most lenient reader: checksums, flags and stated lengths
 * are not believed, a damaged directory does not hide what the local headers show. Whatever no
 * writer of checkpoints does is told as a fault besides.
 *
 * <p>Source: PKWARE's APPNOTE for the records; PyTorch's reader (miniz), which loads archives that
 * Python's {@code zipfile} refuses.
 */
public final class Zip {
  private static final int MOST_BETWEEN = 24; // a data descriptor with signature and long sizes
  private static final int CHUNK_BYTES = 1 << 20;

  private final Bytes zip;
  private final Allowance allowance;
  private final Set<String> faults = new LinkedHashSet<>();
  private final TreeMap<Long, Long> taken = new TreeMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  private Zip(Bytes zip, Allowance allowance) {
    this.zip = zip;
    this.allowance = allowance;
  }

  /** Whether the bytes begin as a ZIP does; for PyTorch that is what makes one. */
  public static boolean beginsAsOne(byte[] head) {
    return head.length >= 4
        && head[0] == 'P'
        && head[1] == 'K'
        && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6);
  }

  /** Everything in an archive that begins as one. */
  public static Contents read(Bytes zip, Allowance allowance) throws IOException {
    return new Zip(zip, allowance).contents(ZipDirectory.read(zip, allowance));
  }

  /** An archive behind something else, found from the end of the file as most readers do. */
  public static Optional<Contents> behind(Bytes bytes, Allowance allowance) throws IOException {
    ZipDirectory directory = ZipDirectory.read(bytes, allowance);
    return directory.entries().isEmpty()
        ? Optional.empty()
        : Optional.of(new Zip(bytes, allowance).contents(directory));
  }

  private Contents contents(ZipDirectory directory) throws IOException {
    faults.addAll(directory.faults());
    Set<Long> known = new HashSet<>();
    for (ZipEntryFields entry : directory.entries()) {
      if (known.add(entry.offset())) {
        listed(entry);
      } else {
        faults.add("Two entries of the directory share the same bytes.");
      }
    }
    between(directory.begin());
    if (!faults.isEmpty()) {
      unlisted(known);
    }
    return new Contents(parts, List.copyOf(faults));
  }

  private void listed(ZipEntryFields entry) throws IOException {
    if (offsets.putIfAbsent(entry.name(), entry.offset()) != null) {
      faults.add("The archive has two files of the same name.");
    }
    Fields header = new Fields(zip.copy(entry.offset(), ZipEntryFields.LOCAL_BYTES));
    if (header.size() < ZipEntryFields.LOCAL_BYTES || !header.signature(0, 3, 4)) {
      faults.add("The directory names a file where there is none.");
      return;
    }
    ZipEntryFields local = local(header, entry.offset());
    if (!local.name().equals(entry.name())) {
      faults.add("A file has another name than the directory says.");
    }
    if (local.method() != entry.method()) {
      faults.add("A file is packed in another way than the directory says.");
      add(entry.name(), header, entry.offset(), zip.size(), local.packing());
    }
    if (entry.saysEncrypted() || local.saysEncrypted()) {
      faults.add("A file is marked as encrypted.");
    }
    long length = entry.packedBytes();
    if (entry.method() == 0 && entry.unpackedBytes() != length) {
      faults.add("A file that is not packed has two lengths.");
      length = Math.max(length, entry.unpackedBytes());
    }
    long end = add(entry.name(), header, entry.offset(), length, entry.packing());
    if (taken.put(entry.offset(), end) != null || end > zip.size()) {
      faults.add("A file goes past the end of the archive.");
    }
  }

  private ZipEntryFields local(Fields header, long offset) throws IOException {
    Fields name = new Fields(zip.copy(offset + ZipEntryFields.LOCAL_BYTES, header.u2(26)));
    return ZipEntryFields.ofLocal(header, name.text(0, name.size()), offset);
  }

  private long add(String name, Fields header, long offset, long length, Part.Packing packing) {
    long begin = offset + ZipEntryFields.LOCAL_BYTES + header.u2(26) + header.u2(28);
    if (length > 0) {
      parts.add(new Part(name, zip.slice(begin, length), packing));
    }
    return length > Long.MAX_VALUE - begin ? Long.MAX_VALUE : begin + length;
  }

  /** Bytes that belong to nothing may hide something. */
  private void between(long directory) {
    long end = 0;
    for (Map.Entry<Long, Long> file : taken.entrySet()) {
      if (file.getKey() < end) {
        faults.add("Two files of the archive overlap.");
      } else if (file.getKey() - end > MOST_BETWEEN) {
        faults.add("There are bytes in the archive that belong to no file.");
      }
      end = Math.max(end, file.getValue());
    }
    if (!taken.isEmpty() && (directory < end || directory - end > MOST_BETWEEN)) {
      faults.add("There are bytes in the archive that belong to no file.");
    }
  }

  /** Files that a directory does not name, by their signature; read only if something is odd. */
  private void unlisted(Set<Long> known) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long at = 0; at < zip.size(); at += CHUNK_BYTES - 3) {
      int count = zip.read(at, chunk, 0, chunk.length);
      for (int i = 0; i + 4 <= count; i++) {
        boolean signature =
            chunk[i] == 'P' && chunk[i + 1] == 'K' && chunk[i + 2] == 3 && chunk[i + 3] == 4;
        if (signature && !known.contains(at + i) && !unlisted(at + i)) {
          faults.add("The archive has more files than are looked at.");
          return;
        }
      }
    }
  }

  /** Takes one more file; false if there are more than are looked at. */
  private boolean unlisted(long offset) throws IOException {
    Fields header = new Fields(zip.copy(offset, ZipEntryFields.LOCAL_BYTES));
    if (header.size() == ZipEntryFields.LOCAL_BYTES) {
      if (!allowance.entry(header.u2(26))) {
        return false;
      }
      ZipEntryFields local = local(header, offset);
      add(local.name(), header, offset, zip.size(), local.packing());
    }
    return true;
  }
}
