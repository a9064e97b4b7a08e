package io.modeldepot.provenance.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The directories of a ZIP that some reader would take: readers look for the end record from the
 * end of the file, and disagree where there are several or where it states another place.
 *
 * @param entries of all directories, in order
 * @param faults sentences
 * @param begin where the one directory begins; the file's end when there is none
 */
record ZipDirectory(List<ZipEntryFields> entries, List<String> faults, long begin) {
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  static ZipDirectory read(Bytes zip, Allowance allowance) throws IOException {
    int tailBytes = (int) Math.min(zip.size(), END_BYTES + LONGEST_COMMENT);
    long tailAt = zip.size() - tailBytes;
    Fields tail = new Fields(zip.copy(tailAt, tailBytes));
    List<ZipEntryFields> entries = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    List<Long> begins = new ArrayList<>();
    boolean last = true;
    for (int at = tail.size() - END_BYTES; at >= 0; at--) {
      if (!tail.signature(at, 5, 6)) {
        continue;
      }
      boolean fits = at + END_BYTES + tail.u2(at + 20) == tail.size();
      if (fits || last) {
        if (!fits) {
          faults.add("There are bytes after the end of the archive.");
        }
        new One(zip, allowance, entries, faults, begins).read(tail, at, tailAt + at);
      }
      last = false;
    }
    if (begins.isEmpty()) {
      faults.add("The archive has no directory that can be read.");
    } else if (begins.stream().distinct().count() > 1) {
      faults.add("The archive has several directories; readers disagree which one counts.");
    }
    return new ZipDirectory(entries, faults, begins.isEmpty() ? zip.size() : begins.getFirst());
  }

  /** Reading of one directory, by one end record. */
  private record One(
      Bytes zip,
      Allowance allowance,
      List<ZipEntryFields> entries,
      List<String> faults,
      List<Long> begins) {
    void read(Fields tail, int at, long end) throws IOException {
      long size = tail.u4(at + 12);
      long stated = tail.u4(at + 16);
      long behind = end;
      Fields locator = new Fields(zip.copy(Math.max(0, end - 20), 20));
      if (end >= 20 && locator.signature(0, 6, 7)) {
        long at64 = locator.u8(8);
        Fields end64 = new Fields(zip.copy(at64, 56));
        if (end64.size() == 56 && end64.signature(0, 6, 6)) {
          size = end64.u8(40);
          stated = end64.u8(48);
          behind = at64;
        } else {
          faults.add("The archive's 64-bit end record is not where it should be.");
        }
      }
      directory(stated);
      if (behind - size != stated) {
        faults.add("The archive's directory is not where its end record says.");
        if (behind >= size) {
          directory(behind - size);
        }
      }
    }

    /** Nothing new stands where another end record pointed already. */
    private void directory(long begin) throws IOException {
      if (begins.contains(begin)) {
        return;
      }
      long at = begin;
      int count = 0;
      Fields header = new Fields(zip.copy(at, ZipEntryFields.CENTRAL_BYTES));
      while (header.size() == ZipEntryFields.CENTRAL_BYTES && header.signature(0, 1, 2)) {
        int nameBytes = header.u2(28);
        if (!allowance.entry(nameBytes)) {
          faults.add("The archive has more files than are looked at.");
          return;
        }
        int extraBytes = header.u2(30);
        Fields rest = new Fields(zip.copy(at + header.size(), nameBytes + extraBytes));
        String name = rest.text(0, nameBytes);
        Fields extra = new Fields(zip.copy(at + header.size() + nameBytes, extraBytes));
        entries.add(ZipEntryFields.ofCentral(header, extra, name));
        count++;
        at += (long) header.size() + nameBytes + extraBytes + header.u2(32);
        header = new Fields(zip.copy(at, ZipEntryFields.CENTRAL_BYTES));
      }
      if (count > 0) {
        begins.add(begin);
      }
    }
  }
}
