package io.modeldepot.provenance.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PickleWalkTest {
  @Test
  void aCheckpointOfTensorsHasNoFindings() {
    PickleReport report = follow(Pickle.checkpoint());

    assertThat(report.findings()).isEmpty();
    assertThat(report.complete()).isTrue();
    assertThat(report.imports()).isEqualTo(4);
  }

  @Test
  void aFindingNamesTheImportAndItsPlace() {
    PickleReport report = follow(Pickle.attack());

    assertThat(report.findings()).hasSize(1);
    PickleFinding finding = report.findings().getFirst();
    assertThat(finding.offset()).isEqualTo(2);
    assertThat(finding.imported()).contains(new ImportName("os", "system"));
    assertThat(finding.problem()).isEqualTo("It imports os.system, which is not on the list.");
  }

  /** Ways to reach a function that scanners did not follow. */
  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of("GLOBAL, protocol 0", "os.system", ascii("cos\nsystem\n(S'id'\ntR.")),
        Arguments.of("INST, protocol 0", "os.system", ascii("(S'id'\nios\nsystem\n.")),
        Arguments.of("OBJ", "os.system", ascii("(cos\nsystem\nS'id'\no.")),
        Arguments.of(
            "NEWOBJ",
            "subprocess.Popen",
            Pickle.protocol(2).global("subprocess", "Popen").text("id").op(0x85).op(0x81).stop()),
        Arguments.of(
            "NEWOBJ_EX",
            "subprocess.Popen",
            Pickle.protocol(4)
                .global("subprocess", "Popen")
                .text("id")
                .op(0x85)
                .op('}')
                .op(0x92)
                .stop()),
        Arguments.of(
            "STACK_GLOBAL",
            "builtins.eval",
            Pickle.protocol(4).stackGlobal("builtins", "eval").callWith("1").stop()),
        Arguments.of(
            "STACK_GLOBAL of strings of protocol 0",
            "os.system",
            ascii("S'os'\nS'system'\n\u0093(S'id'\ntR.")),
        Arguments.of(
            "STACK_GLOBAL of texts from the memo, with other texts between",
            "os.system",
            Pickle.protocol(4)
                .text("os")
                .put(0)
                .text("system")
                .put(1)
                .op('0')
                .op('0')
                .text("collections")
                .text("OrderedDict")
                .op('0')
                .op('0')
                .get(0)
                .get(1)
                .op(0x93)
                .callWith("id")
                .stop()),
        Arguments.of(
            "memo entry written twice",
            "os.system",
            Pickle.protocol(4)
                .text("collections")
                .put(5)
                .op('0')
                .text("os")
                .put(5)
                .op('0')
                .get(5)
                .text("system")
                .op(0x93)
                .stop()),
        Arguments.of(
            "STACK_GLOBAL over a duplicate",
            "posix.posix",
            Pickle.protocol(4).text("posix").op('2').op(0x93).stop()),
        Arguments.of(
            "MEMOIZE counts what is remembered",
            "os.system",
            Pickle.protocol(4)
                .text("os")
                .op(0x94)
                .text("system")
                .op(0x94)
                .get(0)
                .get(1)
                .op(0x93)
                .stop()),
        Arguments.of(
            "an attribute of an import that is allowed",
            "collections.OrderedDict.__init__.__globals__",
            Pickle.protocol(4)
                .stackGlobal("collections", "OrderedDict.__init__.__globals__")
                .stop()),
        Arguments.of(
            "import before the pickle breaks",
            "os.system",
            Pickle.protocol(2).global("os", "system").callWith("id").op(0xff).unfinished()),
        Arguments.of(
            "mark dropped before the import",
            "os.system",
            Pickle.protocol(2).op('(').op('0').global("os", "system").callWith("id").stop()),
        Arguments.of(
            "FRAME that lies about its length",
            "os.system",
            Pickle.protocol(4)
                .op(0x95)
                .raw(new byte[] {-1, -1, -1, -1, -1, -1, -1, 127})
                .global("os", "system")
                .stop()),
        Arguments.of(
            "nested load of tensors",
            "torch.storage._load_from_bytes",
            Pickle.protocol(2)
                .global("torch.storage", "_load_from_bytes")
                .bytes(Pickle.attack())
                .op(0x85)
                .op('R')
                .stop()),
        Arguments.of(
            "a pickle among the bytes of another",
            "os.system",
            Pickle.protocol(3).bytes(Pickle.attack()).stop()),
        Arguments.of(
            "pickles in pickles in pickles",
            "os.system",
            Pickle.protocol(3).bytes(Pickle.protocol(3).bytes(Pickle.attack()).stop()).stop()),
        Arguments.of(
            "module in words of Python 2",
            "__builtin__.eval",
            ascii("c__builtin__\neval\n(S'1'\ntR.")),
        Arguments.of(
            "number of a memo entry as Python writes it",
            "os.system",
            ascii("S'os'\np1_0\n0g+10\nS'system'\n\u0093.")),
        Arguments.of("unicode of protocol 0", "os.system", ascii("Vos\nVsystem\n\u0093.")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void everyWayToAnImportIsFollowed(String shape, String imported, byte[] pickle) {
    PickleReport report = follow(pickle);

    assertThat(names(report)).as(shape).contains(imported);
  }

  /** Where no name can be given, that is the finding. */
  static Stream<Arguments> withoutName() {
    return Stream.of(
        Arguments.of(
            "computed name",
            Pickle.protocol(4)
                .global("collections", "OrderedDict")
                .op(')')
                .op('R')
                .text("system")
                .op(0x93)
                .stop()),
        Arguments.of(
            "bytes for a name (scanners crashed)",
            Pickle.protocol(4).op('C').op(2).lines("os").text("system").op(0x93).stop()),
        Arguments.of(
            "number for a module (scanners crashed)",
            Pickle.protocol(4).op('K').op(42).text("os").op(0x93).stop()),
        Arguments.of(
            "bytearray for a name (scanners crashed)",
            Pickle.protocol(5)
                .text("os")
                .op(0x96)
                .raw(new byte[] {6, 0, 0, 0, 0, 0, 0, 0})
                .lines("system")
                .op(0x93)
                .stop()),
        Arguments.of("escapes in a string", ascii("S'o\\x73'\nS'system'\n\u0093.")),
        Arguments.of("escapes in a unicode", ascii("Vo\\u0073\nVsystem\n\u0093.")),
        Arguments.of("EXT1", Pickle.protocol(2).op(0x82).op(7).op(')').op('R').stop()),
        Arguments.of("EXT2", Pickle.protocol(2).op(0x83).op(7).op(1).stop()),
        Arguments.of("EXT4", Pickle.protocol(2).op(0x84).raw(new byte[] {7, 0, 0, 0}).stop()),
        Arguments.of(
            "call of what a call returned",
            Pickle.protocol(2)
                .global("collections", "defaultdict")
                .op(')')
                .op('R')
                .callWith("x")
                .stop()),
        Arguments.of(
            "call of a persistent object",
            Pickle.protocol(2).text("storage").op('Q').callWith("x").stop()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutName")
  void whatCannotBeNamedIsAFinding(String shape, byte[] pickle) {
    PickleReport report = follow(pickle);

    assertThat(report.findings()).as(shape).isNotEmpty();
    assertThat(report.complete()).as(shape).isTrue();
  }

  @Test
  void settingAttributesOfAnAllowedImportIsAFinding() {
    byte[] pickle =
        Pickle.protocol(4)
            .stackGlobal("torch._utils", "_rebuild_tensor_v2")
            .op('N')
            .op('}')
            .text("__code__")
            .op('N')
            .op('s')
            .op(0x86)
            .op('b')
            .stop();

    PickleReport report = follow(pickle);

    assertThat(report.findings().getFirst().problem())
        .isEqualTo("It changes torch._utils._rebuild_tensor_v2 for the whole process.");
  }

  @Test
  void settingAttributesOfAnObjectIsNoFinding() {
    byte[] pickle =
        Pickle.protocol(2)
            .global("argparse", "Namespace")
            .op(')')
            .op(0x81)
            .op('}')
            .text("lr")
            .op('K')
            .op(1)
            .op('s')
            .op('b')
            .stop();

    assertThat(follow(pickle).findings()).isEmpty();
  }

  @Test
  void aNameThatDiffersInOneCharacterIsNotOnTheList() {
    byte[] pickle = Pickle.protocol(2).global("collections\r", "OrderedDict").stop();

    assertThat(follow(pickle).findings().getFirst().problem())
        .isEqualTo("It imports collections\\u000d.OrderedDict, which is not on the list.");
  }

  @Test
  void aPickleWithoutItsEndIsBroken() {
    byte[] whole = Pickle.checkpoint();
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);

    assertThat(follow(cut).broken()).contains("It ends in the middle.");
  }

  @Test
  void aMillionImportsAreToldOnce() {
    Pickle pickle = Pickle.protocol(2);
    for (int i = 0; i < 100_000; i++) {
      pickle.global("os", "system").op('0');
    }

    PickleReport report = follow(pickle.op('N').stop());

    assertThat(report.imports()).isEqualTo(100_000);
    assertThat(report.findings()).hasSize(1);
  }

  @Test
  void aStackThatOnlyGrowsEndsAsTooLarge() {
    byte[] pickle = new byte[5_000_000];
    java.util.Arrays.fill(pickle, (byte) 'N');

    PickleReport report = follow(pickle);

    assertThat(report.tooLarge()).isTrue();
    assertThat(report.broken()).contains("It stacks more values than are followed here.");
  }

  private static List<String> names(PickleReport report) {
    return report.findings().stream()
        .flatMap(finding -> finding.imported().stream())
        .map(ImportName::toString)
        .toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static PickleReport follow(byte[] pickle) {
    try {
      return PickleWalk.follow(
          new PickleInput(new ByteArrayInputStream(pickle), 0), AllowList.ofCheckpoints());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
