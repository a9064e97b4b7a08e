package io.modeldepot.backup.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.BrokenSeal;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.util.List;

/**
 * {@code index/<id>.json.zst}: what packs say of themselves, gathered so that it is read at once.
 */
final class IndexFile {
  static final String FOLDER = "index";
  private static final String SUFFIX = ".json.zst";
  private static final int LEVEL = 3;
  private static final int FORMAT = 2;

  /** Half of an index are digests, which no packing makes shorter than a half. */
  private static final long MOST_RATIO = 64;

  private static final long MOST_BYTES = 1 << 20;

  private IndexFile() {}

  /**
   * The whole file.
   *
   * @param format 2; 1 was without a digest
   * @param packs what it says of packs
   */
  record Content(
      @JsonProperty(required = true) int format,
      @JsonProperty(required = true) List<PackLines> packs) {
    Content {
      packs = List.copyOf(packs);
    }
  }

  /**
   * One pack in it.
   *
   * @param pack the pack's name
   * @param sizeBytes of the pack
   * @param blocks its blocks
   */
  record PackLines(
      @JsonProperty(required = true) String pack,
      @JsonProperty(required = true) long sizeBytes,
      @JsonProperty(required = true) List<Line> blocks) {
    PackLines {
      Components.required(pack, "pack");
      blocks = List.copyOf(blocks);
    }
  }

  /** One block in it. */
  record Line(
      @JsonProperty(required = true) BlockId id,
      @JsonProperty(required = true) int offset,
      @JsonProperty(required = true) int length,
      @JsonProperty(required = true) int rawLength) {
    Line {
      Components.required(id, "id");
    }
  }

  static void put(Storage storage, Seal seal, String id, List<Pack> packs) throws IOException {
    List<PackLines> lines =
        packs.stream()
            .map(
                pack ->
                    new PackLines(
                        pack.name(),
                        pack.sizeBytes(),
                        pack.entries().stream()
                            .map(e -> new Line(e.id(), e.offset(), e.length(), e.rawLength()))
                            .toList()))
            .toList();
    byte[] packed;
    try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true)) {
      packed = zstd.compress(Wire.write(new Content(FORMAT, lines)));
    }
    String name = FOLDER + "/" + id + SUFFIX;
    byte[] summed = Summed.of(packed);
    storage.put(name, seal.seal(summed, 0, summed.length, name));
  }

  /**
   * What an index file says.
   *
   * @throws DamagedObject if it says nothing
   */
  static List<Pack> read(Storage storage, Seal seal, String name) throws IOException {
    byte[] sealed = storage.get(name);
    try {
      byte[] opened = seal.open(sealed, 0, sealed.length, name);
      boolean isSummed = Summed.is(opened);
      byte[] packed = isSummed ? Summed.content(opened, name) : opened;
      long size = packed.length == 0 ? -1 : Zstd.getFrameContentSize(packed);
      if (size < 0 || size > MOST_BYTES + MOST_RATIO * packed.length) {
        throw new DamagedObject(name, "it cannot be as long as it says");
      }
      byte[] json = Zstd.decompress(packed, Math.toIntExact(size));
      Content content = Wire.read(json, Content.class);
      if (content.format() >= FORMAT && !isSummed) {
        throw new DamagedObject(name, "its digest is missing");
      }
      List<Pack> packs = content.packs().stream().map(IndexFile::pack).toList();
      for (Pack pack : packs) {
        if (!pack.entries().stream().allMatch(entry -> entry.isWithin(pack.sizeBytes()))) {
          throw new DamagedObject(name, "it names a frame outside of " + pack.name());
        }
      }
      return packs;
    } catch (BrokenSeal
        | UnreadablePayload
        | ZstdException
        | ArithmeticException
        | NegativeArraySizeException e) {
      throw new DamagedObject(name, "it cannot be read", e);
    }
  }

  private static Pack pack(PackLines lines) {
    return new Pack(
        lines.pack(),
        lines.sizeBytes(),
        lines.blocks().stream()
            .map(l -> new PackEntry(l.id(), l.offset(), l.length(), l.rawLength()))
            .toList());
  }
}
