package io.modeldepot.provenance.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.provenance.container.HeldBytes;
import io.modeldepot.provenance.pickle.AllowList;
import io.modeldepot.provenance.pickle.ImportName;
import io.modeldepot.provenance.pickle.Pickle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileScannerTest {
  private static final byte[] TENSOR = new byte[64];

  @Test
  void aCheckpointInPyTorchsFormatIsAllowed() {
    byte[] file =
        new Archive()
            .stored("archive/data.pkl", Pickle.checkpoint())
            .stored("archive/byteorder", ascii("little"))
            .stored("archive/data/0", TENSOR)
            .stored("archive/version", ascii("3\n"))
            .bytes();

    assertThat(scan("pytorch_model.bin", file))
        .isEqualTo(new FileScan("pytorch_model.bin", Verdict.ALLOWED, java.util.List.of()));
  }

  @Test
  void aCheckpointInTheOldestFormatIsAllowed() {
    assertThat(scan("model.pth", legacy(Pickle.checkpoint())).verdict()).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void aFindingNamesFilePartAndPlace() {
    byte[] file = new Archive().stored("archive/data.pkl", Pickle.attack()).bytes();

    FileScan scan = scan("pytorch_model.bin", file);

    assertThat(scan.verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(scan.findings().getFirst().inWords())
        .isEqualTo(
            "pytorch_model.bin!archive/data.pkl, byte 2: It imports os.system, which is not on the"
                + " list.");
  }

  static Stream<Arguments> hidingPlaces() throws IOException {
    byte[] attack = Pickle.attack();
    byte[] good = new Archive().stored("a/data.pkl", Pickle.checkpoint()).bytes();
    byte[] damaged = new Archive().stored("data.pkl", attack).bytes();
    byte[] cut = Arrays.copyOf(damaged, damaged.length - 40);
    return Stream.of(
        Arguments.of("alone", attack),
        Arguments.of("after a good pickle", join(Pickle.checkpoint(), attack)),
        Arguments.of("as the object of the oldest format", legacy(attack)),
        Arguments.of("as its magic number", join(attack, legacy(Pickle.checkpoint()))),
        Arguments.of("broken after it has run", join(dropLast(attack), ascii("\u00ffrubbish"))),
        Arguments.of("without its last byte", dropLast(attack)),
        Arguments.of("ZIP", damaged),
        Arguments.of("ZIP, deflated", new Archive().deflated("data.pkl", attack).bytes()),
        Arguments.of("ZIP, name that says nothing", new Archive().stored("x", attack).bytes()),
        Arguments.of(
            "ZIP, wrong checksum (CVE-2025-10156)",
            new Archive().wrongChecksums().stored("data.pkl", attack).bytes()),
        Arguments.of(
            "ZIP, deflated with a wrong checksum",
            new Archive().wrongChecksums().deflated("data.pkl", attack).bytes()),
        Arguments.of(
            "ZIP, flag of encryption (CVE-2025-1945)",
            new Archive().flags(1).stored("data.pkl", attack).bytes()),
        Arguments.of(
            "ZIP, flag of patches", new Archive().flags(0x20).stored("data.pkl", attack).bytes()),
        Arguments.of(
            "ZIP, flag of strong encryption",
            new Archive().flags(0x40).stored("data.pkl", attack).bytes()),
        Arguments.of(
            "ZIP, other name in the directory (CVE-2025-1944)",
            new Archive().otherNamesInDirectory().stored("data.pkl", attack).bytes()),
        Arguments.of(
            "ZIP, same name twice, bad first",
            new Archive()
                .stored("a/data.pkl", attack)
                .stored("a/data.pkl", Pickle.checkpoint())
                .bytes()),
        Arguments.of(
            "ZIP, same name twice, bad last",
            new Archive()
                .stored("a/data.pkl", Pickle.checkpoint())
                .stored("a/data.pkl", attack)
                .bytes()),
        Arguments.of(
            "ZIP, not in the directory",
            new Archive()
                .stored("a/data.pkl", Pickle.checkpoint())
                .unlisted("a/data.pkl", attack)
                .bytes()),
        Arguments.of("ZIP, directory cut off", cut),
        Arguments.of("ZIP, something before", join(ascii("GIF89a"), damaged)),
        Arguments.of("ZIP, something after", join(damaged, new byte[100])),
        Arguments.of("a good ZIP before a bad one", join(good, damaged)),
        Arguments.of("a bad ZIP before a good one", join(damaged, good)),
        Arguments.of("ZIP in a ZIP", new Archive().stored("inner.pt", damaged).bytes()),
        Arguments.of("ZIP in a ZIP, deflated", new Archive().deflated("inner", damaged).bytes()),
        Arguments.of("tar", tar("pickle", attack)),
        Arguments.of("tar, as a pickle by its first name", tarName(attack)),
        Arguments.of("ZIP in a tar", tar("model.ckpt", damaged)),
        Arguments.of("gzip", gzip(attack)),
        Arguments.of("tar in gzip", gzip(tar("pickle", attack))),
        Arguments.of("zlib, as joblib packs", zlib(attack)),
        Arguments.of("gzip without its end", dropLast(gzip(attack))),
        Arguments.of("array of objects of NumPy", numpy(attack)),
        Arguments.of(
            "archive of arrays of NumPy",
            new Archive().deflated("arr_0.npy", numpy(attack)).bytes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hidingPlaces")
  void anAttackIsFoundWhereverALoaderFindsIt(String place, byte[] file) {
    FileScan scan = scan("model.bin", file);

    assertThat(scan.verdict()).as(place).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(scan.findings())
        .as(place)
        .anyMatch(f -> f.imported().equals(java.util.Optional.of(new ImportName("os", "system"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.bin",
        "config.json",
        "model.safetensors",
        "weights.dat",
        "noextension",
        "a.PNG",
        "model.config",
        "data.pt.txt"
      })
  void theNameOfAFileHidesNothing(String name) {
    assertThat(scan(name, Pickle.attack()).verdict()).isEqualTo(Verdict.SUSPICIOUS);
  }

  static Stream<Arguments> archivesThatLie() {
    byte[] good = Pickle.checkpoint();
    byte[] archive = new Archive().stored("a/data.pkl", good).bytes();
    return Stream.of(
        Arguments.of(
            "flag of encryption", new Archive().flags(1).stored("a/data.pkl", good).bytes()),
        Arguments.of(
            "other names",
            new Archive().otherNamesInDirectory().stored("a/data.pkl", good).bytes()),
        Arguments.of(
            "same name twice",
            new Archive().stored("a/data.pkl", good).stored("a/data.pkl", good).bytes()),
        Arguments.of("something after it", join(archive, new byte[100])),
        Arguments.of("directory cut off", Arrays.copyOf(archive, archive.length - 30)),
        Arguments.of(
            "bytes of nobody",
            new Archive()
                .stored("a/data.pkl", good)
                .raw(new byte[1000])
                .stored("a/version", ascii("3"))
                .bytes()),
        Arguments.of("pickle cut off", new Archive().stored("a/data.pkl", dropLast(good)).bytes()),
        Arguments.of(
            "7z", join(new byte[] {0x37, 0x7a, (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c}, good)),
        Arguments.of("xz", join(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, good)),
        Arguments.of("bzip2", join(ascii("BZh91AY&SY"), good)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("archivesThatLie")
  void whatContradictsItselfOrCannotBeLookedIntoIsNotAllowed(String what, byte[] file) {
    assertThat(scan("model.bin", file).verdict()).as(what).isEqualTo(Verdict.MALFORMED);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("README.md", ascii("# A model\n\ncat\ndog\n")),
        Arguments.of("vocab.txt", ascii("cat\ndog\nelephant\n")),
        Arguments.of("notes.txt", ascii("class Model:\n    def run(self): pass\n")),
        Arguments.of("index.txt", ascii("import os\nsystem\nR\n")),
        Arguments.of("config.json", ascii("{\"architectures\": [\"LlamaForCausalLM\"]}")),
        Arguments.of("empty", new byte[0]),
        Arguments.of(
            "model.safetensors",
            join(new byte[] {(byte) 0x80, 2, 0, 0, 0, 0, 0, 0}, ascii("{\"a\":{}}"))),
        Arguments.of("bad.pt", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void whatIsNoPickleIsData(String name, byte[] file) {
    assertThat(scan(name, file).verdict()).isEqualTo(Verdict.DATA);
  }

  @Test
  void aBrokenFileWithThePickleNameIsMalformed() {
    assertThat(scan("scaler.pkl", ascii("hello")).verdict()).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void anArchiveOfArchivesWithoutEndIsMalformed() {
    byte[] file = Pickle.checkpoint();
    for (int i = 0; i < 8; i++) {
      file = new Archive().stored("inner", file).bytes();
    }

    assertThat(scan("m.pt", file).verdict()).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void whatUnpacksToMuchMoreThanItsLengthIsMalformed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(Pickle.protocol(4).op(0x8e).raw(new byte[] {0, 0, 0, 4, 0, 0, 0, 0}).unfinished());
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
      gzip.write('.');
    }
    ScanLimits tight = new ScanLimits(8 << 20, 1 << 20, 4);

    FileScan scan = scan("m.gz", out.toByteArray(), tight);

    assertThat(scan.verdict()).isEqualTo(Verdict.MALFORMED);
  }

  static FileScan scan(String name, byte[] file) {
    return scan(name, file, ScanLimits.USUAL);
  }

  static FileScan scan(String name, byte[] file, ScanLimits limits) {
    try {
      return FileScanner.scan(name, new HeldBytes(file), AllowList.ofCheckpoints(), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PyTorch before 1.6: magic number, protocol, system, object, keys, then the storages. */
  static byte[] legacy(byte[] object) {
    byte[] magic =
        Pickle.protocol(2)
            .op(0x8a)
            .op(10)
            .raw(
                new byte[] {
                  0x6c,
                  (byte) 0xfc,
                  (byte) 0x9c,
                  0x46,
                  (byte) 0xf9,
                  0x20,
                  0x6a,
                  (byte) 0xa8,
                  0x50,
                  0x19
                })
            .stop();
    byte[] version = Pickle.protocol(2).op('M').op(0xe9).op(3).stop();
    byte[] system = Pickle.protocol(2).op('}').text("little_endian").op(0x88).op('s').stop();
    byte[] keys = Pickle.protocol(2).op(']').text("0").op('a').stop();
    return join(magic, version, system, object, keys, TENSOR);
  }

  static byte[] tar(String name, byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "00000000000\0");
    header[156] = '0';
    return join(sealed(header), content, new byte[(512 - content.length % 512) % 512 + 1024]);
  }

  /** The name of the first file of a tar is the beginning of the file. */
  private static byte[] tarName(byte[] pickle) {
    byte[] tar = tar("x", ascii("nothing"));
    System.arraycopy(pickle, 0, tar, 0, pickle.length);
    return sealed(tar);
  }

  private static byte[] sealed(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += header[i] & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = ascii(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] zlib(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write(content);
    }
    return out.toByteArray();
  }

  static byte[] numpy(byte[] pickle) {
    String header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n";
    return join(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0},
        ascii(header),
        pickle);
  }

  static byte[] dropLast(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
