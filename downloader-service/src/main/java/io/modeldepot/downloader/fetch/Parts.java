package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.transfer.InheritedBlocks;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.JournalFile;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A job's files as the journal has them, and what changes in them. Pure. */
public final class Parts {
  private Parts() {}

  /** A file that has to come in, under a part of this number. */
  public static JournalFile toFetch(Listing.Entry file, int number) {
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        file.sha256(),
        file.gitSha1(),
        Optional.empty(),
        Optional.of(name(number, 0)),
        Optional.empty(),
        Optional.empty(),
        false,
        0);
  }

  /** A file whose content is on the volume. */
  public static JournalFile toReuse(Listing.Entry file, Contents.Found here) {
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        Optional.of(here.digest()),
        file.gitSha1(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        here.blocks().map(Blocks::crc32c),
        true,
        0);
  }

  /** The same file, to be fetched from its first byte into another part. */
  static JournalFile again(JournalFile file, int number) {
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        file.sha256(),
        file.gitSha1(),
        Optional.empty(),
        Optional.of(name(number, file.failures() + 1)),
        Optional.empty(),
        Optional.empty(),
        false,
        file.failures() + 1);
  }

  /** The same file with these blocks in this part. */
  static JournalFile with(JournalFile file, String part, BlockRanges done, Optional<String> crcs) {
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        file.sha256(),
        file.gitSha1(),
        file.etag(),
        Optional.of(part),
        Optional.of(done),
        crcs,
        file.reused(),
        file.failures());
  }

  /** The same file, whole and verified. */
  static JournalFile verified(
      JournalFile file, io.modeldepot.events.terms.Sha256 digest, Blocks blocks) {
    int count = Base64.getDecoder().decode(blocks.crc32c()).length / Integer.BYTES;
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        Optional.of(digest),
        file.gitSha1(),
        file.etag(),
        file.part(),
        Optional.of(BlockRanges.first(count)),
        Optional.of(blocks.crc32c()),
        false,
        file.failures());
  }

  /** The same file, to be fetched although it was here. */
  public static JournalFile lost(JournalFile file, int number) {
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        file.gitSha1().isPresent() ? Optional.empty() : file.sha256(),
        file.gitSha1(),
        Optional.empty(),
        Optional.of(name(number, 0)),
        Optional.empty(),
        Optional.empty(),
        false,
        0);
  }

  /** What the journal says is in the part. */
  static InheritedBlocks inherited(JournalFile file) {
    Map<Integer, Integer> crcs = new TreeMap<>();
    int[] all = crcs(file);
    file.blocksDone().orElse(BlockRanges.NONE).stream()
        .filter(block -> block < all.length)
        .forEach(block -> crcs.put(block, all[block]));
    return InheritedBlocks.of(crcs);
  }

  /** CRC32C by block, 0 where none is known; as long as the journal's. */
  static int[] crcs(JournalFile file) {
    byte[] bytes = file.crc32c().map(Base64.getDecoder()::decode).orElse(new byte[0]);
    int[] crcs = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(crcs);
    return crcs;
  }

  /** CRC32C by block as the journal wants them. */
  static String encoded(int[] crcs) {
    ByteBuffer bytes = ByteBuffer.allocate(crcs.length * Integer.BYTES);
    bytes.asIntBuffer().put(crcs);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static String name(int number, int failures) {
    return String.format("parts/%04d%s", number, failures == 0 ? "" : "-" + failures);
  }
}
